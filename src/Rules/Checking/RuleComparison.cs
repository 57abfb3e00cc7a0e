using System.Globalization;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Checking;

/// <summary>Finds rules that can never say anything another rule has not said.</summary>
internal static class RuleComparison
{
    /// <summary>Warns of them.</summary>
    public static void Warn(IReadOnlyList<RuleText> rules, DiagnosticBag diagnostics)
    {
        var byCondition = rules
            .SelectMany(rule => rule.Definition.Levels.Select(level => (Key: Canonical(level.When), Rule: rule, Level: level)))
            .GroupBy(one => one.Key).Where(group => group.Skip(1).Any());
        foreach (var group in byCondition)
        {
            var candidates = group.ToList();
            foreach (var (_, rule, level) in candidates.Where(one => one.Rule.Definition.Levels.Length == 1 && !one.Rule.Definition.Rule.Shadow))
            {
                if (candidates.Find(one => IsAhead(one.Rule.Definition, one.Level, rule.Definition, level)) is { Rule: { } ahead })
                {
                    diagnostics.Warn(
                        rule.When[0], new TextSpan(0, rule.When[0].Text.TrimEnd().Length), Codes.Shadowed,
                        $"whenever this holds, '{ahead.Definition.Rule.Name}' stands too, and no less urgent",
                        $"see {ahead.Name.Place}; remove one of the two, or give them different conditions");
                }
            }
        }
    }

    /// <summary>Whether one rule is raised no later than another, is no less urgent, ends with it, and is for all its patients.</summary>
    private static bool IsAhead(RuleDefinition one, LevelDefinition level, RuleDefinition other, LevelDefinition otherLevel)
    {
        if (one == other || one.Rule.Shadow || one.Rule.Kind != other.Rule.Kind || level.For > otherLevel.For || level.Priority < otherLevel.Priority
            || one.Rule.ClearAfter != other.Rule.ClearAfter || Canonical(one.ClearWhen) != Canonical(other.ClearWhen)
            || (other.Rule.Latch && !one.Rule.Latch) || !Covers(one.OnlyIn, other.OnlyIn))
        {
            return false;
        }

        // Of two that are alike in everything, the later one is told.
        return level.For < otherLevel.For || level.Priority > otherLevel.Priority || one.Rule.Latch != other.Rule.Latch
            || !Covers(other.OnlyIn, one.OnlyIn) || one.Rule.Index < other.Rule.Index;
    }

    private static bool Covers(Applicability one, Applicability other) =>
        Covers(one.Wards, other.Wards) && Covers(one.Tags, other.Tags) && Covers(one.Populations, other.Populations);

    private static bool Covers<T>(IReadOnlyCollection<T> names, IReadOnlyCollection<T> others) =>
        names.Count == 0 || (others.Count > 0 && others.All(names.Contains));

    private static string Canonical(Expression? condition) => condition?.Print(part => part switch
    {
        NumberExpression number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    }) ?? "";
}
