namespace IoTGateway.Rules;

/// <summary>What one rule did in a backtest.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Raises">How often it was raised.</param>
/// <param name="RaisesPerPatientDay">The same, divided by the recorded days of all patients; 0 where nothing was recorded.</param>
/// <param name="Raised">How long it stood, over all patients: active or clearing, until the end of each patient's recording at most.</param>
/// <param name="MedianDuration">The median of how long it stood at a time; null where it was never raised.</param>
/// <param name="ShortLived">How often it stood for less than 30 s: a nuisance, most of the time.</param>
/// <param name="MissedSustained">How often its condition held for 60 s or longer without a raise (its <c>for</c> was not over).</param>
public sealed record BacktestRuleSummary(
    AlertRule Rule, int Raises, double RaisesPerPatientDay, TimeSpan Raised, TimeSpan? MedianDuration, int ShortLived, int MissedSustained)
{
    /// <summary>What is short: such an alert has mostly ended before anybody could look.</summary>
    public static readonly TimeSpan ShortBelow = TimeSpan.FromSeconds(30);

    /// <summary>The share of raises that stood for less than 30 s, from 0 to 1; null where there was none.</summary>
    public double? ShortShare => Raises > 0 ? (double)ShortLived / Raises : null;
}
