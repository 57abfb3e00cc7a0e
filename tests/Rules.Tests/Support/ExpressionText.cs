using System.Text.RegularExpressions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Tests.Support;

/// <summary>
/// Reads expressions of the whole language: windows, <c>at least .. of</c> and <c>alert ".." is active</c> are put in where the parser of the files has
/// been given a name in their place.
/// </summary>
internal static partial class ExpressionText
{
    public static Expression Parse(string text)
    {
        var parts = new Dictionary<string, Expression>(StringComparer.Ordinal);
        string Keep(Expression part, string suffix)
        {
            var name = $"part_{parts.Count}";
            parts.Add(name, part);
            return name + suffix;
        }

        text = Window().Replace(text, match => Keep(
            new WindowExpression(
                default, Enum.Parse<WindowFunction>(match.Groups[1].Value, ignoreCase: true), match.Groups[2].Value, default,
                Durations.Parse(match.Groups[3].Value), default), ""));
        text = AlertActive().Replace(text, match => Keep(new AlertActiveExpression(default, match.Groups[1].Value, default, match.Groups[2].Length > 0), " = 1"));
        while (AtLeast().Match(text) is { Success: true } match)
        {
            var end = Closing(text, match.Index + match.Length);
            var operands = Split(text[(match.Index + match.Length)..end]).Select(operand => Put(ExpressionParser.Parse(operand), parts));
            var some = new AtLeastExpression(default, int.Parse(match.Groups[1].Value, null), default, [.. operands]);
            text = text[..match.Index] + Keep(some, " = 1") + text[(end + 1)..];
        }

        return Put(ExpressionParser.Parse(text), parts);
    }

    private static Expression Put(Expression expression, Dictionary<string, Expression> parts) => expression switch
    {
        NameExpression name when parts.TryGetValue(name.Name, out var part) => part,
        ComparisonExpression { Left: NameExpression name } when parts.TryGetValue(name.Name, out var part) && part is AlertActiveExpression or AtLeastExpression => part,
        ComparisonExpression comparison => comparison with { Left = Put(comparison.Left, parts), Right = Put(comparison.Right, parts) },
        LogicalExpression logical => logical with { Left = Put(logical.Left, parts), Right = Put(logical.Right, parts) },
        ArithmeticExpression arithmetic => arithmetic with { Left = Put(arithmetic.Left, parts), Right = Put(arithmetic.Right, parts) },
        BetweenExpression between => between with { Operand = Put(between.Operand, parts), Low = Put(between.Low, parts), High = Put(between.High, parts) },
        NotExpression not => not with { Operand = Put(not.Operand, parts) },
        NegativeExpression negative => negative with { Operand = Put(negative.Operand, parts) },
        _ => expression,
    };

    private static int Closing(string text, int from)
    {
        var depth = 1;
        var at = from;
        for (; depth > 0; at++)
        {
            depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
        }

        return at - 1;
    }

    private static IEnumerable<string> Split(string operands)
    {
        var depth = 0;
        var from = 0;
        for (var at = 0; at < operands.Length; at++)
        {
            depth += operands[at] == '(' ? 1 : operands[at] == ')' ? -1 : 0;
            if (operands[at] == ',' && depth == 0)
            {
                yield return operands[from..at];
                from = at + 1;
            }
        }

        yield return operands[from..];
    }

    [GeneratedRegex(@"\b(average|lowest|highest|rise|fall|count)\((\w+), ([^)]+)\)")]
    private static partial Regex Window();

    [GeneratedRegex("alert \"([^\"]+)\" is (not )?active")]
    private static partial Regex AlertActive();

    [GeneratedRegex(@"at least (\d+) of \(")]
    private static partial Regex AtLeast();
}
