using IoTGateway.Readings;

namespace IoTGateway.Alerts;

/// <summary>The wards at one moment.</summary>
/// <param name="Time">When it was taken.</param>
/// <param name="AlertVersion">Grows with every change of an alert.</param>
/// <param name="Tiles">The beds in their fixed order, then unassigned devices by name.</param>
/// <param name="RuleSet">The version of the rules in force; empty if there are none.</param>
/// <param name="RuleErrors">Why the rule files on disk are not the rules in force; empty if they are.</param>
/// <param name="RulesBehind">How far the rules are behind what is durable.</param>
/// <param name="AlertsComplete">Whether the alert ledger has caught up after the start.</param>
public sealed record WardSnapshot(
    Instant Time,
    long AlertVersion,
    IReadOnlyList<TileView> Tiles,
    string RuleSet,
    IReadOnlyList<string> RuleErrors,
    TimeSpan RulesBehind,
    bool AlertsComplete)
{
    /// <summary>What people have to know of the rule sets beside the errors, in sentences: one waits for approval, or the files are not what is in force.</summary>
    public IReadOnlyList<string> RuleNotes { get; init; } = [];
}
