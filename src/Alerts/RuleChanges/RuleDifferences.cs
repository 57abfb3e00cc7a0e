using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>Says in words what is different between two rule sets, rule by rule.</summary>
internal static class RuleDifferences
{
    /// <summary>
    /// The differences: of the rules in the order of the files, then what is gone, then limits, overrides and signals, then files that differ in
    /// nothing of that.
    /// </summary>
    public static ImmutableArray<RuleDifference> Between(RuleSet before, RuleSet after)
    {
        var differences = ImmutableArray.CreateBuilder<RuleDifference>();
        var gone = before.Rules.ToDictionary(rule => rule.Name, StringComparer.Ordinal);
        var explained = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in after.Rules)
        {
            var name = gone.ContainsKey(rule.Name) ? rule.Name : rule.Was.FirstOrDefault(gone.ContainsKey);
            if (name is null)
            {
                differences.Add(new RuleDifference(rule.Name, IsRemoved: false, rule.Shadow ? "new, only tried" : "new"));
                explained.Add(rule.File);
                continue;
            }

            gone.Remove(name, out var old);
            var words = Words(old!, rule).Concat(RuleSetChanges.OfRule(before, old!, after, rule)).ToList();
            if (words.Count > 0)
            {
                explained.UnionWith([old!.File, rule.File]);
                differences.Add(new RuleDifference(rule.Name, rule.Shadow && !old!.Shadow, string.Join(", ", words)));
            }
        }

        foreach (var rule in before.Rules.Where(rule => gone.ContainsKey(rule.Name)))
        {
            differences.Add(new RuleDifference(rule.Name, IsRemoved: !rule.Shadow, rule.Shadow ? "removed (it was only tried)" : "removed"));
            explained.Add(rule.File);
        }

        foreach (var setting in RuleSetChanges.OfSettings(before, after))
        {
            differences.Add(new RuleDifference(setting.Subject, IsRemoved: false, setting.Words));
            explained.UnionWith(setting.Files);
        }

        differences.AddRange(OfFiles(before, after, [.. explained.Select(file => Path.GetFileName(file))]));
        return differences.DrainToImmutable();
    }

    /// <summary>Files that came or went, and those whose text is another one although nothing that was found different stands in them.</summary>
    private static IEnumerable<RuleDifference> OfFiles(RuleSet before, RuleSet after, HashSet<string> explained)
    {
        var texts = before.Files.ToDictionary(file => Path.GetFileName(file.Name), file => file.Text, StringComparer.Ordinal);
        foreach (var file in after.Files)
        {
            var name = Path.GetFileName(file.Name);
            if (!texts.Remove(name, out var text))
            {
                yield return new RuleDifference(name, IsRemoved: false, "a new file");
            }
            else if (text != file.Text && !explained.Contains(name))
            {
                yield return new RuleDifference(name, IsRemoved: false, "another text, but the same rules, limits and signals (comments, spelling or order)");
            }
        }

        foreach (var name in texts.Keys.Order(StringComparer.Ordinal))
        {
            yield return new RuleDifference(name, IsRemoved: false, "the file is gone");
        }
    }

    private static IEnumerable<string> Words(AlertRule old, AlertRule rule)
    {
        if (old.Name != rule.Name)
        {
            yield return $"was called {old.Name}";
        }

        if (old.Shadow != rule.Shadow)
        {
            yield return rule.Shadow ? "only tried from now on" : "no longer only tried";
        }

        if (old.Levels.Length > 1 || rule.Levels.Length > 1)
        {
            foreach (var words in OfLevels(old, rule))
            {
                yield return words;
            }
        }
        else
        {
            foreach (var words in Change("priority", Word(old.Priority), Word(rule.Priority)).Concat(Change("when", old.When, rule.When)).Concat(Change("for", Span(old.For), Span(rule.For))))
            {
                yield return words;
            }
        }

        string[] rest =
        [
            .. Change("clear when", old.ClearWhen ?? "not when", rule.ClearWhen ?? "not when"),
            .. Change("clear after", Span(old.ClearAfter), Span(rule.ClearAfter)),
            .. Change("kind", Word(old.Kind), Word(rule.Kind)),
            .. Change("latch", old.Latch ? "yes" : "no", rule.Latch ? "yes" : "no"),
            .. Change("escalation", Stages(old), Stages(rule)),
            .. Change("re-alarm after", ReAlarm(old), ReAlarm(rule)),
            .. Change("breaks pause", old.BreaksPause ? "yes" : "no", rule.BreaksPause ? "yes" : "no"),
        ];
        foreach (var words in rest)
        {
            yield return words;
        }
    }

    private static IEnumerable<string> OfLevels(AlertRule old, AlertRule rule)
    {
        foreach (var priority in new[] { AlertPriority.Low, AlertPriority.Medium, AlertPriority.High })
        {
            var (before, after) = (Level(old, priority), Level(rule, priority));
            if (before is null != after is null)
            {
                yield return $"level {Word(priority)} {(after is null ? "removed" : "new")}";
            }
            else if (before is not null && after is not null)
            {
                foreach (var words in Change($"{Word(priority)} when", before.When, after.When).Concat(Change($"{Word(priority)} for", Span(before.For), Span(after.For))))
                {
                    yield return words;
                }
            }
        }
    }

    private static AlertLevel? Level(AlertRule rule, AlertPriority priority) => rule.Levels.Length > 1
        ? rule.Levels.FirstOrDefault(level => level.Priority == priority)
        : rule.Priority == priority ? new AlertLevel(priority, rule.When, rule.For) : null;

    private static IEnumerable<string> Change(string what, string before, string after) => before == after ? [] : [$"{what} {before} -> {after}"];

    private static string Stages(AlertRule rule) =>
        rule.Escalation.IsEmpty ? "none" : string.Join(" and ", rule.Escalation.Select(stage => $"{stage.Notify} after {Span(stage.After)}"));

    private static string ReAlarm(AlertRule rule) => rule.ReAlarmAfter is { } after ? Span(after) : "never";

    private static string Word(AlertPriority priority) => priority.ToString().ToLowerInvariant();

    private static string Word(AlertKind kind) => kind.ToString().ToLowerInvariant();

    private static string Span(TimeSpan span) => span switch
    {
        { TotalMilliseconds: 0 } => "0 s",
        _ when span.TotalHours % 1 == 0 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours} h"),
        _ when span.TotalMinutes % 1 == 0 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds} s"),
    };
}
