namespace IoTGateway.Rules;

/// <summary>What one rule did in a backtest.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Raises">How often it was raised.</param>
/// <param name="RaisesPerPatientDay">The same, divided by the recorded days of all patients; 0 where nothing was recorded.</param>
/// <param name="Raised">How long it stood, over all patients: active or clearing, until the end of the recording at most.</param>
public sealed record BacktestRuleSummary(AlertRule Rule, int Raises, double RaisesPerPatientDay, TimeSpan Raised);
