namespace IoTGateway.Rules.Language;

/// <summary>Plus, minus, times, divided by.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Sign">One of <c>+ - * /</c>.</param>
/// <param name="Left">The left side.</param>
/// <param name="Right">The right side.</param>
internal sealed record ArithmeticExpression(TextSpan Span, char Sign, Expression Left, Expression Right) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) => $"({Left.Print(substitute)} {Sign} {Right.Print(substitute)})";
}
