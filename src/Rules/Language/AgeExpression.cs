namespace IoTGateway.Rules.Language;

/// <summary>How old a signal's value is; in messages only: <c>age spo2</c>.</summary>
internal sealed record AgeExpression(TextSpan Span, string Name, TextSpan NameSpan) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) => $"age {Name}";
}
