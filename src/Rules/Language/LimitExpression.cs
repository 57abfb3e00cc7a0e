namespace IoTGateway.Rules.Language;

/// <summary>A named limit: <c>limit spo2_low</c>.</summary>
internal sealed record LimitExpression(TextSpan Span, string Name, TextSpan NameSpan) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) => $"limit {Name}";
}
