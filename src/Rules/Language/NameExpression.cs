namespace IoTGateway.Rules.Language;

/// <summary>A signal or a derived signal.</summary>
internal sealed record NameExpression(TextSpan Span, string Name) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) => Name;
}
