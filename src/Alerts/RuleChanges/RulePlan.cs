using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Processing;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>What would become of the live alerts if a rule set came into force now.</summary>
/// <param name="Version">The version of that set.</param>
/// <param name="Rules">What is different, rule by rule.</param>
/// <param name="Alerts">What would become of each alert, what ends first.</param>
public sealed record RulePlan(string Version, ImmutableArray<RuleDifference> Rules, ImmutableArray<AlertEffect> Alerts)
{
    // Who decides sees the worst first; the log must not be filled.
    private const int LinesAtMost = 200;

    /// <summary>The limits set at the bedside that would end, by ward and bed.</summary>
    public ImmutableArray<LimitEffect> Limits { get; init; } = [];

    /// <summary>Why a person has to approve it; empty if nobody has to.</summary>
    public ImmutableArray<string> ApprovalReasons { get; } =
    [
        .. Rules.Where(rule => rule.IsRemoved).Select(rule => $"nobody would be warned by '{rule.Subject}' any more"),
        .. Alerts.Where(alert => alert is { Kind: AlertEffectKind.Ended, Priority: AlertPriority.High }).Select(alert => $"the high alert '{alert.Alert}' at {PlaceOf(alert)} would end"),
        .. Alerts.Where(alert => alert is { Kind: AlertEffectKind.Unknown, Priority: AlertPriority.High }).Select(alert => $"it is not known what becomes of the high alert '{alert.Alert}' at {PlaceOf(alert)}"),
    ];

    /// <summary>Whether it waits for a person: it removes a rule, or ends an active alert of high priority.</summary>
    public bool NeedsApproval => !ApprovalReasons.IsEmpty;

    /// <summary>Makes a plan.</summary>
    /// <param name="host">The state of the rules, of no use afterwards; null where it is not known: then only what has no rule any more is sure.</param>
    /// <param name="before">The rules in force.</param>
    /// <param name="candidate">The rules that may come into force.</param>
    /// <param name="standing">The alerts that stand.</param>
    /// <param name="care">How the patients are cared for: the last change of each.</param>
    internal static RulePlan Make(RuleHost? host, RuleSet before, RuleSet candidate, IEnumerable<AlertStatus> standing, IEnumerable<CareEvent> care)
    {
        var limits = care.SelectMany(last => EffectsOn(last, candidate, host)).ToList();
        var said = new Dictionary<(string Patient, string Slug), AlertTransition>();
        foreach (var transition in host?.Try(candidate) ?? [])
        {
            said[(transition.Patient, transition.Rule.Slug)] = transition;
        }

        var effects = new List<AlertEffect>();
        foreach (var alert in standing.Where(alert => !alert.Shadow))
        {
            if (EffectOn(alert, candidate, host is null ? null : said) is { } effect)
            {
                effects.Add(effect);
            }
        }

        effects.AddRange(said.Values.Where(transition => transition is { State: AlertState.Active, Rule.Shadow: false }).Select(transition => Raised(transition, host!)));
        return new RulePlan(
            candidate.Version,
            RuleDifferences.Between(before, candidate),
            [.. effects.OrderByDescending(effect => effect.Kind).ThenByDescending(effect => effect.Priority).ThenBy(effect => effect.Ward, StringComparer.Ordinal).ThenBy(effect => effect.Bed, StringComparer.Ordinal)])
        {
            Limits = [.. limits.OrderBy(limit => limit.Ward, StringComparer.Ordinal).ThenBy(limit => limit.Bed, StringComparer.Ordinal)],
        };
    }

    /// <summary>The plan as people read it, without patients: what is different about the rules, and what becomes of the alerts, by bed.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine(Rules.IsEmpty ? "The rules are the same." : "Rules:");
        Append(text, Rules.Select(rule => $"  {rule.Subject}: {rule.Words}"));
        var kept = Alerts.Count(alert => alert.Kind == AlertEffectKind.Kept);
        text.AppendLine(CultureInfo.InvariantCulture, $"Alerts: {Alerts.Length - kept} would be touched, {kept} kept.");
        Append(text, Alerts.Where(alert => alert.Kind != AlertEffectKind.Kept).Select(Line));
        if (!Limits.IsEmpty)
        {
            text.AppendLine("Limits set at the bedside that would end:");
            Append(text, Limits.Select(limit => $"  {PlaceOf(limit.Ward, limit.Bed, limit.Patient)}: {limit.Limit} = {OrderWords.Number(limit.Value)}, set by {limit.By}: {limit.Why}"));
        }

        if (NeedsApproval)
        {
            text.AppendLine("Needs approval:");
            Append(text, ApprovalReasons.Select(reason => $"  {reason}"));
        }

        return text.ToString().TrimEnd();
    }

    private static AlertEffect? EffectOn(AlertStatus alert, RuleSet candidate, Dictionary<(string Patient, string Slug), AlertTransition>? said)
    {
        var rule = candidate.Rules.FirstOrDefault(rule => rule.Slug == alert.Slug) ?? candidate.Rules.FirstOrDefault(rule => rule.Was.Contains(alert.Alert));
        AlertTransition? transition = null;
        said?.Remove((alert.Patient, rule?.Slug ?? alert.Slug), out transition);
        if (alert.State == AlertState.Latched || alert.Orphaned || alert.Patient == BuiltInAlerts.Gateway || alert.Slug == BuiltInAlerts.RulesStopped.Slug)
        {
            // These stay until a person has seen them, or are the gateway's own.
            return Of(alert, AlertEffectKind.Kept, "");
        }

        if (rule is null || rule.Shadow)
        {
            return alert.State == AlertState.Pending ? null : Of(alert, AlertEffectKind.Ended, rule is null ? "rule removed" : "the rule is only tried from now on");
        }

        if (said is null)
        {
            return alert.State == AlertState.Pending ? null : Of(alert, AlertEffectKind.Unknown, "the state of the rules could not be read");
        }

        if (transition is null)
        {
            return alert.State == AlertState.Pending ? null : Of(alert, AlertEffectKind.Kept, "");
        }

        return (transition.State, alert.State) switch
        {
            (AlertState.Ended, AlertState.Pending) => null,
            (AlertState.Ended, _) => Of(alert, AlertEffectKind.Ended, transition.Reason),
            (AlertState.Pending, AlertState.Pending) => Of(alert, AlertEffectKind.BeginsAnew, transition.Reason),
            (_, AlertState.Pending) => Of(alert, AlertEffectKind.Raised, transition.Reason),
            _ => Of(alert, AlertEffectKind.Changed, transition.Reason),
        };
    }

    private static IEnumerable<LimitEffect> EffectsOn(CareEvent last, RuleSet candidate, RuleHost? host)
    {
        // Since the last change the patient may have come to another bed.
        var place = host?.FindPatient(last.Patient)?.Place ?? new AlertPlace(last.Ward, last.Bed);
        foreach (var limit in last.Care.Limits)
        {
            if (limit.WhyEndedBy(candidate) is { } why)
            {
                yield return new LimitEffect(limit.Limit, limit.Value, limit.By, place.Ward, place.Bed, last.Patient, why);
            }
        }
    }

    private static AlertEffect Of(AlertStatus alert, AlertEffectKind kind, string why) => new(kind, alert.Alert, alert.Priority, alert.Ward, alert.Bed, alert.Patient, why);

    private static AlertEffect Raised(AlertTransition transition, RuleHost host)
    {
        var place = host.FindPatient(transition.Patient)?.Place;
        return new AlertEffect(
            AlertEffectKind.Raised, transition.Rule.Name, transition.Priority, place?.Ward ?? "", place?.Bed ?? "", transition.Patient, transition.Reason);
    }

    private static string Line(AlertEffect effect)
    {
        var words = effect.Kind switch
        {
            AlertEffectKind.Ended => "would end",
            AlertEffectKind.Unknown => "may end",
            AlertEffectKind.Raised => "would be raised",
            AlertEffectKind.BeginsAnew => "would wait anew",
            _ => "would stay, changed",
        };
        return $"  {PlaceOf(effect)}: {effect.Alert} ({effect.Priority.ToString().ToLowerInvariant()}) {words}{(effect.Why.Length > 0 ? ": " + effect.Why : "")}";
    }

    private static string PlaceOf(AlertEffect effect) => PlaceOf(effect.Ward, effect.Bed, effect.Patient);

    private static string PlaceOf(string ward, string bed, string patient) => $"{ward} {(bed.Length > 0 ? bed : patient)}";

    private static void Append(StringBuilder text, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        foreach (var line in all.Take(LinesAtMost))
        {
            text.AppendLine(line);
        }

        if (all.Count > LinesAtMost)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  and {all.Count - LinesAtMost} more");
        }
    }
}
