using IoTGateway.Queue;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Ledger;

/// <summary>The circumstances of an input of the ledger.</summary>
/// <param name="Input">Where its record stands in the log; for a tick, how far the log had been consumed.</param>
/// <param name="Recorded">When it was recorded, or the time of the tick.</param>
/// <param name="RuleSet">The version of the rule set in force; empty if there is none.</param>
internal readonly record struct AlertContext(LogPosition Input, Instant Recorded, string RuleSet)
{
    /// <summary>What holds alerts back and when they call again.</summary>
    public AlertPolicies Policies
    {
        get => field ?? AlertPolicies.Default;
        init;
    }
}
