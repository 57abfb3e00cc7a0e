using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>Writes a rule set much as it would stand in a file, for people who have to understand a failure.</summary>
internal static class RuleSetText
{
    public static string Of(RuleSetSketch set)
    {
        var text = new StringBuilder();
        Section(text, "limits", set.Limits.Select(limit =>
            string.Create(CultureInfo.InvariantCulture, $"{limit.Name}: {{ value: {limit.Value:R}, allowed: {limit.AllowedLow:R} to {limit.AllowedHigh:R} }}")));
        Section(text, "overrides", set.Overrides.Select(Override));
        Section(text, "derive", set.Derived.Select(Derived));
        Section(text, "rules", set.Rules.Select(Rule));
        return text.ToString();
    }

    private static void Section(StringBuilder text, string name, IEnumerable<string> lines)
    {
        foreach (var (line, index) in lines.Select((line, index) => (line, index)))
        {
            text.Append(index == 0 ? $"{name}:\n" : "").Append("  ").Append(line).Append('\n');
        }
    }

    private static string Override(OverrideDefinition it)
    {
        var limits = it.Limits.Select(limit => string.Create(CultureInfo.InvariantCulture, $"{limit.Limit}: {limit.Value:R}"));
        var uses = it.Uses.Select(use => $"{use.Derived}: {use.Instead}");
        return $"- {{ for: {it.Scope} [{string.Join(", ", it.Names)}], limits: {{ {string.Join(", ", limits)} }}, use: {{ {string.Join(", ", uses)} }} }}";
    }

    private static string Derived(DerivedDefinition derived)
    {
        var valid = derived.ValidFor is { } span ? $", valid for: {Durations.Format(span)}" : "";
        var what = derived switch
        {
            ExpressionDefinition it => $"value: {it.Value.Print()}",
            ScoreDefinition it => string.Create(
                CultureInfo.InvariantCulture,
                $"score: [{string.Join(", ", it.Rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Condition.Print()}: {row.Points:R}")))}], round: {it.Round:R}"),
            _ => $"add: [{string.Join(", ", ((SumDefinition)derived).Parts)}]",
        };
        return $"{derived.Name}: {{ {what}{valid} }}";
    }

    private static string Rule(RuleSketch rule)
    {
        var text = new StringBuilder($"- alert: {rule.Name}\n");
        foreach (var level in rule.Levels)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {level.Priority.ToString().ToLowerInvariant()}: {{ when: {level.When.Print()}, for: {Durations.Format(level.For)} }}\n");
        }

        Line(text, "clear when", rule.ClearWhen?.Print());
        Line(text, "clear after", rule.ClearAfter == TimeSpan.Zero ? null : Durations.Format(rule.ClearAfter));
        Line(text, "suppressed by", List(rule.SuppressedBy));
        Line(text, "was", List(rule.Was));
        Line(text, "only in wards", List(rule.OnlyIn.Wards));
        Line(text, "only in tags", List(rule.OnlyIn.Tags));
        Line(text, "only in populations", List([.. rule.OnlyIn.Populations.Select(population => population.ToString())]));
        return text.ToString().TrimEnd();
    }

    private static string? List(ImmutableArray<string> names) => names.IsEmpty ? null : $"[{string.Join(", ", names)}]";

    private static void Line(StringBuilder text, string key, string? value) => text.Append(value is null ? "" : $"    {key}: {value}\n");
}
