namespace IoTGateway.Rules.Language;

/// <summary>A range with both ends included: <c>spo2 between 85 and 90</c>.</summary>
internal sealed record BetweenExpression(TextSpan Span, Expression Operand, Expression Low, Expression High) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) =>
        $"({Operand.Print(substitute)} between {Low.Print(substitute)} and {High.Print(substitute)})";
}
