namespace IoTGateway.Rules.Language;

/// <summary>A number, with its unit if it has one: <c>90 %</c>.</summary>
/// <param name="Span">Where it stands, unit included.</param>
/// <param name="Value">The number.</param>
/// <param name="Digits">The number as written.</param>
/// <param name="Unit">The unit as written; empty if there is none.</param>
internal sealed record NumberExpression(TextSpan Span, double Value, string Digits, string Unit) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) => Unit.Length == 0 ? Digits : $"{Digits} {Unit}";
}
