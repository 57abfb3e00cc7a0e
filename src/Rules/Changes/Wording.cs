using System.Globalization;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Changes;

/// <summary>How differences are written.</summary>
internal static class Wording
{
    /// <summary>"what before -> after"; nothing if they are the same.</summary>
    public static IEnumerable<string> Change(string what, string before, string after) => before == after ? [] : [$"{what} {before} -> {after}"];

    /// <summary>A number as it stands in rule files.</summary>
    public static string Of(double number) => number.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>A duration; "not said" for none.</summary>
    public static string Of(TimeSpan? span) => span is { } time ? Durations.Print(time) : "not said";

    /// <summary>An expression, without the parentheses around the whole of it.</summary>
    public static string Of(Expression expression)
    {
        var text = expression.Print();
        return expression is ArithmeticExpression or LogicalExpression or ComparisonExpression or BetweenExpression or IsExpression && text.StartsWith('(') && text.EndsWith(')') ? text[1..^1] : text;
    }

    /// <summary>A few names, and how many more there are.</summary>
    public static string Few(IReadOnlyCollection<string> names)
    {
        const int Most = 6;
        return names.Count <= Most ? string.Join(", ", names) : FormattableString.Invariant($"{string.Join(", ", names.Take(Most))} and {names.Count - Most} more");
    }
}
