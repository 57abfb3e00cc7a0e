using System.Globalization;
using IoTGateway.Rules.Checking;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>
/// Reads what stands for the numbers or letters of one row of a score table: <c>&lt;= 91</c>, <c>92 to 93</c>, <c>&gt;= 96</c>, <c>3</c>, <c>is A</c>,
/// <c>is not A</c>, <c>is on</c>.
/// </summary>
internal sealed class BandReader(Vocabulary vocabulary, DiagnosticBag diagnostics)
{
    private const string Forms = "write for example `\"<= 91\"`, `\"92 to 93\"`, `\">= 96\"`, or for letters `is A`, `is not A`";

    /// <summary>The condition a row stands for; null when a mistake was reported.</summary>
    /// <param name="node">The row's text.</param>
    /// <param name="input">What is looked up; its span is empty, as it stands elsewhere.</param>
    public Expression? Read(ConfigNode node, Expression input)
    {
        if (node.Kind != ConfigKind.Text || string.IsNullOrWhiteSpace(node.Text))
        {
            diagnostics.Error(node, Codes.Shape, "a band of numbers is wanted here", Forms);
            return null;
        }

        try
        {
            var condition = Parse(node.Text, input);
            return new ExpressionChecker(vocabulary, node, diagnostics).CheckCondition(condition) ? condition : null;
        }
        catch (ExpressionException mistake)
        {
            diagnostics.Error(node, mistake);
            return null;
        }
    }

    /// <summary>The numbers a condition of <see cref="Read"/> stands for; null if it is for letters.</summary>
    public static Band? BandOf(Expression condition, ConfigNode node) => condition switch
    {
        BetweenExpression between => new Band(Exact(between.Low), true, Exact(between.High), true, node),
        ComparisonExpression { Sign: ComparisonSign.Less } less => new Band(null, true, Exact(less.Right), false, node),
        ComparisonExpression { Sign: ComparisonSign.AtMost } most => new Band(null, true, Exact(most.Right), true, node),
        ComparisonExpression { Sign: ComparisonSign.Greater } greater => new Band(Exact(greater.Right), false, null, true, node),
        ComparisonExpression { Sign: ComparisonSign.AtLeast } least => new Band(Exact(least.Right), true, null, true, node),
        ComparisonExpression equal => new Band(Exact(equal.Right), true, Exact(equal.Right), true, node),
        _ => null,
    };

    private static Expression Parse(string text, Expression input)
    {
        var to = text.IndexOf(" to ", StringComparison.Ordinal);
        if (to > 0)
        {
            var low = Number(text[..to], 0);
            return new BetweenExpression(new TextSpan(0, text.Length), input, low, Number(text[(to + 4)..], to + 4));
        }

        // As a comparison it needs its left side; the two letters are taken off the places again.
        const string Side = "x ";
        Expression read;
        try
        {
            var first = text.AsSpan().TrimStart();
            read = first.Length > 0 && (char.IsAsciiDigit(first[0]) || first[0] == '-')
                ? new ComparisonExpression(new TextSpan(0, text.Length), ComparisonSign.Equal, input, Number(text, 0))
                : Shift(ExpressionParser.Parse(Side + text), -Side.Length);
        }
        catch (ExpressionException mistake) when (mistake.Code != Codes.Number)
        {
            var letter = text.Trim();
            throw new ExpressionException(
                Codes.Range, $"'{letter}' is no band", new TextSpan(0, Math.Max(1, text.Length)),
                letter is "on" or "off" || (letter.Length == 1 && char.IsAsciiLetterUpper(letter[0])) ? $"write `is {letter}`" : Forms);
        }

        return read switch
        {
            ComparisonExpression { Left: NameExpression, Sign: not ComparisonSign.NotEqual, Right: NumberExpression or NegativeExpression { Operand: NumberExpression } } comparison =>
                comparison with { Left = input },
            IsExpression { What: not ("missing" or "no value") } test when input is NameExpression name => test with { Name = name.Name },
            _ => throw new ExpressionException(Codes.Range, $"'{text.Trim()}' is no band", new TextSpan(0, text.Length), Forms),
        };
    }

    private static Expression Number(string text, int offset)
    {
        try
        {
            if (ExpressionParser.Parse(text) is var number and (NumberExpression or NegativeExpression { Operand: NumberExpression }))
            {
                return Shift(number, offset);
            }
        }
        catch (ExpressionException mistake) when (mistake.Code is Codes.Number or Codes.Unit)
        {
            throw new ExpressionException(mistake.Code, mistake.Message, mistake.Span with { Start = mistake.Span.Start + offset }, mistake.Help);
        }
        catch (ExpressionException)
        {
            // Told below.
        }

        throw new ExpressionException(Codes.Range, $"'{text.Trim()}' is no number", new TextSpan(offset, Math.Max(1, text.Length)), Forms);
    }

    private static Expression Shift(Expression expression, int offset)
    {
        var span = expression.Span with { Start = Math.Max(0, expression.Span.Start + offset) };
        return expression switch
        {
            NegativeExpression negative => negative with { Span = span, Operand = Shift(negative.Operand, offset) },
            ComparisonExpression comparison => comparison with { Span = span, Right = Shift(comparison.Right, offset) },
            IsExpression test => test with
            {
                Span = span,
                NameSpan = default,
                WhatSpan = test.WhatSpan with { Start = Math.Max(0, test.WhatSpan.Start + offset) },
            },
            _ => expression with { Span = span },
        };
    }

    private static decimal Exact(Expression number) => number switch
    {
        NegativeExpression negative => -Exact(negative.Operand),
        _ => decimal.Parse(((NumberExpression)number).Digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture),
    };
}
