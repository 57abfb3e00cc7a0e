using System.Collections.Immutable;
using IoTGateway.Alerts.Processing;
using IoTGateway.Notifications.Plan;
using IoTGateway.Rules;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Notifications.Files;

/// <summary>Turns <c>roster.yaml</c> and <c>notifications.yaml</c> into a plan, or into errors: both or nothing.</summary>
public static class NotificationFiles
{
    /// <summary>Reads and checks the two together, and gives all errors at once.</summary>
    /// <param name="roster">The roster.</param>
    /// <param name="notifications">The notification rules.</param>
    /// <param name="zone">The site's time zone.</param>
    /// <param name="known">What stands in other files.</param>
    /// <param name="withSecrets">Whether a secret that cannot be had is an error; not where the files come from the log, as the last good ones.</param>
    public static NotificationFilesResult Load(RuleFile roster, RuleFile notifications, TimeZoneInfo zone, KnownNames known, bool withSecrets)
    {
        ArgumentNullException.ThrowIfNull(known);
        var diagnostics = new DiagnosticBag();
        var references = new List<Reference>();
        var people = new RosterReader(diagnostics, references);
        var channels = new ChannelsReader(diagnostics, references, withSecrets);
        var routes = new RoutesReader(diagnostics, references);
        if (Root(roster, diagnostics, "a roster", "people:", NotificationKeys.Roster) is { } rosterRoot)
        {
            people.Read(rosterRoot);
        }

        if (Root(notifications, diagnostics, "a file of notification rules", "channels:", NotificationKeys.Notifications) is { } root)
        {
            var reader = new MappingReader(root, diagnostics, "a file of notification rules", NotificationKeys.Notifications);
            channels.Read(reader);
            routes.Read(reader);
        }

        if (!diagnostics.HasUnreadableFile)
        {
            new ReferenceCheck(diagnostics, people, channels, known).Check(references);
        }

        return new NotificationFilesResult(
            diagnostics.HasErrors
                ? null
                : new NotificationPlan
                {
                    Zone = zone,
                    People = people.People.ToImmutableSortedDictionary(StringComparer.Ordinal),
                    Wards = people.Wards.ToImmutableSortedDictionary(StringComparer.Ordinal),
                    Channels = channels.Channels.ToImmutableSortedDictionary(StringComparer.Ordinal),
                    Routes = [.. routes.Routes],
                    DefaultEscalation = [.. routes.DefaultEscalation],
                    GroupWithin = routes.GroupWithin,
                    FloodPagesPerMinute = routes.FloodPagesPerMinute,
                    Heartbeat = channels.Heartbeat,
                },
            diagnostics.Sorted());
    }

    /// <summary>
    /// What a plan leaves open together with the rules and the census: a role of <c>escalate</c> that no roster has, an hour in which an alert of high
    /// priority would reach nobody, and a ward of the census without a roster. Not as an error: a route for an alert that no rule raises (any more).
    /// </summary>
    public static IReadOnlyList<Diagnostic> FindGaps(NotificationPlan plan, KnownNames known)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(known);
        var gaps = new List<Diagnostic>();
        var roles = plan.Wards.Values.SelectMany(ward => ward.Roles).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var rule in known.Rules ?? [])
        {
            foreach (var stage in rule.Escalation.Where(stage => !roles.Contains(stage.Notify)))
            {
                gaps.Add(new Diagnostic(
                    rule.File, rule.Line, 1, true, NotificationCodes.UnknownRole, $"'{rule.Name}' is escalated to '{stage.Notify}', a role that no roster has", "", 1,
                    Suggestions.DidYouMean(stage.Notify, roles) ?? (roles.Count == 0 ? null : $"the rosters have {string.Join(", ", roles)}")));
            }
        }

        gaps.AddRange(Coverage.FindGaps(plan, known.Rules ?? []));
        var file = plan.Wards.Values.FirstOrDefault()?.File ?? "roster";
        gaps.AddRange(known.CensusWards.Where(ward => !plan.Wards.ContainsKey(ward)).Order(StringComparer.Ordinal).Select(ward => new Diagnostic(
            file, 1, 1, true, NotificationCodes.UnknownWard, $"the ward '{ward}' of the census has no roster: nobody is told of its alerts but by the board and MQTT", "", 1,
            Suggestions.DidYouMean(ward, plan.Wards.Keys) ?? "add it to `roster`")));
        gaps.AddRange(FindUnknownAlerts(plan, known.Rules ?? []));
        return gaps;
    }

    /// <summary>Where there are no rules at all, that is what has to be told.</summary>
    private static IEnumerable<Diagnostic> FindUnknownAlerts(NotificationPlan plan, IReadOnlyCollection<AlertRule> rules)
    {
        var names = rules.Select(rule => rule.Name).Concat(GatewayAlerts).ToHashSet(StringComparer.Ordinal);
        foreach (var route in rules.Count == 0 ? [] : plan.Routes)
        {
            foreach (var alert in route.Alerts.Where(alert => !names.Contains(alert)))
            {
                var renamed = rules.FirstOrDefault(rule => rule.Was.Contains(alert));
                var words = renamed is null ? "which no rule raises" : $"which is called '{renamed.Name}' now";
                yield return new Diagnostic(
                    route.File, route.Line, 1, false, NotificationCodes.UnknownAlert, $"the route '{route.Name}' is for the alert '{alert}', {words}: it tells nobody of it", "", 1,
                    renamed is null ? Suggestions.DidYouMean(alert, names) : $"write `{renamed.Name}`");
            }
        }
    }

    private static ConfigNode? Root(RuleFile file, DiagnosticBag diagnostics, string what, string section, string[] keys)
    {
        var source = new SourceText(file);
        if (YamlReader.Read(source, diagnostics, what) is not { } root)
        {
            if (!diagnostics.HasUnreadableFile)
            {
                diagnostics.Add(source.At(0, 1, true, Codes.Version, "the file is empty", $"begin it with `version: 1`, then `{section}`"));
            }

            return null;
        }

        if (root.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(root, Codes.Shape, $"this is not {what}", $"it begins with `version: 1`, then `{section}`");
            return null;
        }

        var reader = new MappingReader(root, new DiagnosticBag(), what, keys);
        if (reader.Node("version") is not { } version)
        {
            diagnostics.Error(root, Codes.Version, "the file does not say in which version of the language it is written", "write `version: 1` in its first line");
        }
        else if (version.Text != "1")
        {
            diagnostics.Error(version, Codes.Version, $"this gateway knows version 1 of the language, not '{version.Text}'", "write `version: 1`");
        }

        return root;
    }

    /// <summary>The names of the gateway's own alerts.</summary>
    internal static IReadOnlyList<string> GatewayAlerts { get; } = [.. BuiltInAlerts.All.Select(alert => alert.Name)];
}
