using System.Text.RegularExpressions;

namespace IoTGateway.Rules;

/// <summary>The words of a rule's conditions: the names of signals, derived signals and limits are among them.</summary>
internal static class RuleWords
{
    // No generated code: the mutants of the tests are compiled without generators.
    private static readonly Regex Words = new("[a-z][a-z0-9_]*", RegexOptions.CultureInvariant);

    /// <summary>All words of its conditions, those of every level and of <c>clear when</c>.</summary>
    public static HashSet<string> Of(AlertRule rule)
    {
        var texts = rule.Levels.Select(level => level.When).Append(rule.When).Append(rule.ClearWhen ?? "");
        return [.. texts.SelectMany(text => Words.Matches(text)).Select(match => match.Value)];
    }
}
