using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Processing;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Ledger;

/// <summary>
/// What the ledger has to know beside the alerts: what holds back those of a patient, and what the rules in force say of calling again. It is not part of
/// the ledger's state: care is a projection of its own, and the rules are the engine's.
/// </summary>
internal sealed class AlertPolicies(Func<string, PatientHold> holdOf)
{
    /// <summary>Nothing is held back, and every alert calls again after the usual time.</summary>
    public static readonly AlertPolicies Default = new(_ => PatientHold.None);

    private Dictionary<string, AlertRule> _rules = Of([]);

    /// <summary>What holds back the alerts of a patient.</summary>
    public PatientHold HoldOf(string patient) => holdOf(patient);

    /// <summary>How long after an acknowledgement an alert calls again; null: never.</summary>
    public TimeSpan? ReAlarmAfter(string slug) => _rules.TryGetValue(slug, out var rule) ? rule.ReAlarmAfter : AlertRule.DefaultReAlarm;

    /// <summary>Whether an alert ends a care pause while it is raised at high priority, and calls.</summary>
    public bool BreaksPause(AlertStatus alert) =>
        alert is { Priority: AlertPriority.High, State: AlertState.Active or AlertState.Clearing, Shadow: false, Suppressed: false }
        && _rules.TryGetValue(alert.Slug, out var rule) && rule.BreaksPause;

    /// <summary>Other rules come into force.</summary>
    public void Follow(IReadOnlyList<AlertRule> rules) => _rules = Of(rules);

    private static Dictionary<string, AlertRule> Of(IReadOnlyList<AlertRule> rules)
    {
        var bySlug = BuiltInAlerts.All.ToDictionary(rule => rule.Slug, StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            bySlug[rule.Slug] = rule;
        }

        return bySlug;
    }
}
