namespace IoTGateway.Rules.Language;

/// <summary>One comparison: <c>spo2 &lt; limit spo2_low</c>.</summary>
internal sealed record ComparisonExpression(TextSpan Span, ComparisonSign Sign, Expression Left, Expression Right) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) => $"({Left.Print(substitute)} {Sign.Shown()} {Right.Print(substitute)})";
}
