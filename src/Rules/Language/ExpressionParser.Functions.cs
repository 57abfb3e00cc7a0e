using System.Collections.Immutable;

namespace IoTGateway.Rules.Language;

internal sealed partial class ExpressionParser
{
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromHours(24);

    /// <summary><c>average(spo2, 1 min)</c>, behind its first word.</summary>
    private WindowExpression ReadWindow(Token word, WindowFunction function)
    {
        if (!Current.IsSign("("))
        {
            throw new ExpressionException(
                Codes.Syntax, $"`{word.Text}` wants a signal and how far it looks back", word.Span, $"write for example `{word.Text}(spo2, 1 min)`");
        }

        Take();
        var signal = TakeName("the name of a signal");
        if (!Current.IsSign(","))
        {
            throw Current.IsSign(")")
                ? new ExpressionException(
                    Codes.Duration, $"`{word.Text}` has to say how far it looks back", Current.Span, $"write for example `{word.Text}({signal.Text}, 1 min)`")
                : Unexpected("`,` and a duration");
        }

        Take();
        var (length, span) = ReadDuration();
        Expect(")");
        if (length < ShortestWindow || length > LongestWindow)
        {
            throw new ExpressionException(
                Codes.Duration, $"a window is from {Durations.Format(ShortestWindow)} to {Durations.Format(LongestWindow)} long", span);
        }

        return new WindowExpression(word.Span.To(Behind), function, signal.Text, signal.Span, length, span);
    }

    /// <summary>A duration as far as the next bracket or comma.</summary>
    private (TimeSpan Length, TextSpan Span) ReadDuration()
    {
        var first = Current.Span;
        if (Current.Kind == TokenKind.End || Current.IsSign(")"))
        {
            throw Unexpected("a duration such as `1 min`");
        }

        // A sign of its own, as in `-5 s`, is shown as part of what is no duration.
        var last = Current.Kind == TokenKind.Sign ? Take().Span : first;
        while (Current.Kind is TokenKind.Number or TokenKind.Word)
        {
            last = Take().Span;
        }

        var span = first.To(last);
        try
        {
            return (Durations.Parse(_text.Substring(span.Start, span.Length)), span);
        }
        catch (ExpressionException mistake)
        {
            throw new ExpressionException(mistake.Code, mistake.Message, mistake.Span with { Start = mistake.Span.Start + span.Start }, mistake.Help);
        }
    }

    /// <summary><c>at least 2 of (hr &gt; 120, rr &gt; 25)</c>, behind its first word.</summary>
    private AtLeastExpression ReadAtLeast(Token at)
    {
        const string Example = "write for example `at least 2 of (hr > 120, rr > 25, sbp < 90)`";
        if (!Current.IsWord("least"))
        {
            throw new ExpressionException(Codes.Syntax, "`at` is followed by `least`", at.Span, Example);
        }

        Take();
        var number = Current;
        if (number.Kind != TokenKind.Number || number.Unit.Length > 0 || number.Number != Math.Floor(number.Number))
        {
            throw new ExpressionException(Codes.Syntax, "`at least` wants a whole number of conditions", number.Span, Example);
        }

        Take();
        if (!Current.IsWord("of"))
        {
            throw Unexpected("`of` and the conditions in brackets");
        }

        Take();
        Expect("(");
        var operands = ImmutableArray.CreateBuilder<Expression>();
        operands.Add(Read(0));
        while (Current.IsSign(","))
        {
            Take();
            operands.Add(Read(0));
        }

        if (!Current.IsSign(")"))
        {
            throw Unexpected("`,` and another condition, or `)`");
        }

        Take();
        return number.Number >= 1 && number.Number <= operands.Count
            ? new AtLeastExpression(at.Span.To(Behind), (int)number.Number, number.Span, operands.ToImmutable())
            : throw new ExpressionException(
                Codes.Impossible, $"of {operands.Count} {(operands.Count == 1 ? "condition" : "conditions")}, {number.Text} can never be asked for", number.Span,
                operands.Count == 1 ? "write at least two conditions, separated by commas" : $"write a number from 1 to {operands.Count}");
    }

    /// <summary><c>alert "SpO2 low" is active</c>, behind its first word.</summary>
    private AlertActiveExpression ReadAlertActive(Token word)
    {
        const string Example = "write for example `alert \"SpO2 low\" is active`";
        var name = Current;
        if (name.Kind != TokenKind.Text)
        {
            throw new ExpressionException(Codes.Syntax, "`alert` is followed by an alert's name in double quotes", word.Span, Example);
        }

        Take();
        if (!Current.IsWord("is"))
        {
            throw Unexpected("`is active` or `is not active`");
        }

        Take();
        var not = Current.IsWord("not");
        if (not)
        {
            Take();
        }

        if (!Current.IsWord("active"))
        {
            throw Unexpected("`active`");
        }

        Take();
        return new AlertActiveExpression(word.Span.To(Behind), name.Text.Trim(), name.Span, not);
    }

    /// <summary>The window word somebody meant who took another one.</summary>
    private static string? OtherWindow(string word) => word.ToLowerInvariant() switch
    {
        "avg" or "mean" or "median" => "did you mean `average`?",
        "min" or "minimum" or "least" => "did you mean `lowest`?",
        "max" or "maximum" => "did you mean `highest`?",
        "increase" or "delta" or "change" => "did you mean `rise`?",
        "decrease" or "drop" => "did you mean `fall`?",
        _ => null,
    };
}
