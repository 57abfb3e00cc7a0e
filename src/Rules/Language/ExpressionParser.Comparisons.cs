namespace IoTGateway.Rules.Language;

internal sealed partial class ExpressionParser
{
    private Expression ReadComparison(Expression left, Token token)
    {
        Expression comparison = token.Text switch
        {
            "is" => ReadIs(left),
            "between" => ReadBetween(left),
            _ => ReadSigned(left, token),
        };

        if (StrengthOf(Current) == ComparisonStrength)
        {
            throw Chained(comparison);
        }

        return comparison;
    }

    private ComparisonExpression ReadSigned(Expression left, Token token)
    {
        var right = Read(ComparisonStrength);
        return new ComparisonExpression(left.Span.To(right.Span), ComparisonSigns.Of(token)!.Value, left, right);
    }

    private BetweenExpression ReadBetween(Expression left)
    {
        var low = Read(ComparisonStrength);
        if (!Current.IsWord("and"))
        {
            throw Unexpected("`and` and the upper end");
        }

        Take();
        var high = Read(ComparisonStrength);
        return new BetweenExpression(left.Span.To(high.Span), left, low, high);
    }

    private IsExpression ReadIs(Expression left)
    {
        if (left is not NameExpression signal)
        {
            throw new ExpressionException(Codes.Syntax, "`is` follows the name of a signal", left.Span, "write for example `spo2 is missing`");
        }

        var not = Current.IsWord("not");
        if (not)
        {
            Take();
        }

        if (Current.IsWord("active"))
        {
            throw new ExpressionException(
                Codes.Syntax, "only an alert is active", left.Span.To(Current.Span), "write for example `alert \"SpO2 low\" is active`, the name in quotes");
        }

        if (Current.Kind != TokenKind.Word || (IsKeyword(Current.Text) && Current.Text is not ("missing" or "on" or "off")))
        {
            throw Unexpected("`missing`, `no value`, `on`, `off` or a letter");
        }

        var what = Take();
        if (what.Text == "no" && Current.IsWord("value"))
        {
            var value = Take();
            var both = what.Span.To(value.Span);
            return new IsExpression(left.Span.To(both), signal.Name, signal.Span, not, "no value", both);
        }

        return new IsExpression(left.Span.To(what.Span), signal.Name, signal.Span, not, what.Text, what.Span);
    }

    /// <summary><c>85 &lt; spo2 &lt; 90</c> means nothing here; where both signs point the same way, the range that was meant is named.</summary>
    private ExpressionException Chained(Expression first)
    {
        var second = Current;
        string? help = "join two comparisons with `and`";
        if (first is ComparisonExpression { Left: var left, Right: NameExpression middle, Sign: var sign } && ComparisonSigns.Of(second) is { } next
            && _tokens[_at + 1] is { Kind: TokenKind.Number } last && (IsRising(sign) && IsRising(next) || IsRising(sign.Mirrored()) && IsRising(next.Mirrored())))
        {
            var (name, from, to) = (middle.Name, left.Print(), Shown(last));
            help = (sign, next) switch
            {
                // The ends of `between` belong to it.
                (ComparisonSign.AtMost, ComparisonSign.AtMost) => $"write `{name} between {from} and {to}`",
                (ComparisonSign.AtLeast, ComparisonSign.AtLeast) => $"write `{name} between {to} and {from}`",
                _ => $"write `{name} {sign.Mirrored().Shown()} {from} and {name} {second.Text} {to}`",
            };
        }

        return new ExpressionException(Codes.Chained, "comparisons cannot be chained", second.Span, help);
    }

    private static bool IsRising(ComparisonSign sign) => sign is ComparisonSign.Less or ComparisonSign.AtMost;
}
