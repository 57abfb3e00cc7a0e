namespace IoTGateway.Rules.Language;

/// <summary>Unary minus.</summary>
internal sealed record NegativeExpression(TextSpan Span, Expression Operand) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) => $"(-{Operand.Print(substitute)})";
}
