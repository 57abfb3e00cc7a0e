namespace IoTGateway.Rules.Language;

/// <summary>The opposite of a condition.</summary>
internal sealed record NotExpression(TextSpan Span, Expression Operand) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) => $"(not {Operand.Print(substitute)})";
}
