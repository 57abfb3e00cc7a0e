namespace IoTGateway.Rules.Tests.Backtesting.Recordings;

/// <summary>
/// One patient beyond one threshold: what a monitor without delay, hysteresis and average calls an alarm. It lasts from the first value beyond the
/// limit to the first one that is not, or to the last value there is.
/// </summary>
/// <param name="Patient">The patient's place in the recording.</param>
/// <param name="Threshold">Beyond what.</param>
/// <param name="From">The time of the first value beyond the limit, in milliseconds of the recording.</param>
/// <param name="To">The time at which it was over.</param>
internal sealed record Exceedance(int Patient, Threshold Threshold, long From, long To)
{
    /// <summary>What is no artefact any more: an alert has to stand at some time within it.</summary>
    public static readonly TimeSpan Sustained = TimeSpan.FromSeconds(60);

    /// <summary>Whether it lasted that long.</summary>
    public bool IsSustained => To - From >= Sustained.TotalMilliseconds;

    /// <summary>Whether the alert of this very threshold, at its level or a more urgent one, stands at some time within it.</summary>
    public bool IsTold(IEnumerable<Standing> standing) => standing.Any(alert =>
        alert.Patient == Patient && alert.Rule == Threshold.Rule && alert.Priority >= Threshold.Priority && alert.From <= To && alert.To >= From);
}
