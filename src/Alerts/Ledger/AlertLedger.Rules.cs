using IoTGateway.Alerts.Ledger;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <content>What other rules make of the alerts that stand, where the engine has nothing to say: other names, rules that are tried first or no longer.</content>
public sealed partial class AlertLedger
{
    /// <summary>
    /// Brings the standing alerts in line with a rule set, before the engine says what it makes of it.
    /// <code>
    /// the rule                          what stands
    /// has another name (<c>was</c>)     ends under the old name and goes on, acknowledged if it was, under the new one
    /// is only tried from now on         ends; what a person has still to see (latched, or no rule evaluates it) stays
    /// was only tried until now          ends unseen and begins as an alert
    /// has another <c>re-alarm after</c>  calls again by that, if it is acknowledged
    /// </code>
    /// </summary>
    internal void FollowRules(IReadOnlyList<AlertRule> rules, Instant time, AlertContext context, ICollection<AlertEvent> output)
    {
        var bySlug = rules.ToDictionary(rule => rule.Slug, StringComparer.Ordinal);
        var byOldName = new Dictionary<string, AlertRule>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            foreach (var name in rule.Was)
            {
                byOldName.TryAdd(name, rule);
            }
        }

        foreach (var patient in Patients)
        {
            ForEach(patient, last =>
            {
                if (bySlug.TryGetValue(last.Status.Slug, out var rule))
                {
                    FollowShadow(last, rule, time, context, output);
                    FollowReAlarm(patient, rule.Slug, time, context, output);
                }
                else if (byOldName.TryGetValue(last.Status.Alert, out var renamed))
                {
                    Rename(last, renamed, time, context, output);
                    FollowReAlarm(patient, renamed.Slug, time, context, output);
                }
            });
        }
    }

    private void FollowShadow(AlertEvent last, AlertRule rule, Instant time, AlertContext context, ICollection<AlertEvent> output)
    {
        var status = last.Status;
        if (status.Shadow == rule.Shadow || (rule.Shadow && (status.State == AlertState.Latched || status.Orphaned)))
        {
            return;
        }

        End(last, time, rule.Shadow ? "the rule is only tried from now on" : "the rule is in earnest now", context, output);
        BeginAs(last.Status, rule, time, context, output);
    }

    private void Rename(AlertEvent last, AlertRule rule, Instant time, AlertContext context, ICollection<AlertEvent> output)
    {
        if (rule.Shadow && (last.Status.State == AlertState.Latched || last.Status.Orphaned))
        {
            return;
        }

        if (FindEvent(last.Status.Patient, rule.Slug) is { } namesake)
        {
            End(namesake, time, $"the alert '{last.Status.Alert}' has this name now", context, output);
        }

        End(last, time, $"the alert is called '{rule.Name}' now", context, output);
        BeginAs(last.Status, rule, time, context, output);
    }

    /// <summary>The alert goes on as an episode of its own, in the state in which it was.</summary>
    private void BeginAs(AlertStatus before, AlertRule rule, Instant time, AlertContext context, ICollection<AlertEvent> output)
    {
        var number = EpisodeCount + 1;
        var status = before with
        {
            Id = before.Patient + ":" + rule.Slug,
            Episode = EpisodeId.Of(time, number),
            Alert = rule.Name,
            Slug = rule.Slug,
            Shadow = rule.Shadow,
            Changed = time,
            RuleSet = context.RuleSet,
        };
        EmitBeginning(number, Held(status, context), time, context, output);
    }
}
