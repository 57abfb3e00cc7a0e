namespace IoTGateway.Rules.Language;

/// <summary>Two conditions joined by <c>and</c> or <c>or</c>.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="IsAnd">Whether by <c>and</c>.</param>
/// <param name="Left">The left side.</param>
/// <param name="Right">The right side.</param>
internal sealed record LogicalExpression(TextSpan Span, bool IsAnd, Expression Left, Expression Right) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) => $"({Left.Print(substitute)} {(IsAnd ? "and" : "or")} {Right.Print(substitute)})";
}
