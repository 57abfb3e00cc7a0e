using System.Text.RegularExpressions;

namespace IoTGateway.Rules;

/// <summary>The words of a rule's conditions: the names of signals, derived signals and limits are among them.</summary>
internal static partial class RuleWords
{
    /// <summary>All words of its conditions, those of every level and of <c>clear when</c>.</summary>
    public static HashSet<string> Of(AlertRule rule)
    {
        var texts = rule.Levels.Select(level => level.When).Append(rule.When).Append(rule.ClearWhen ?? "");
        return [.. texts.SelectMany(text => Word().Matches(text)).Select(match => match.Value)];
    }

    [GeneratedRegex("[a-z][a-z0-9_]*")]
    private static partial Regex Word();
}
