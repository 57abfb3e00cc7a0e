namespace IoTGateway.Rules.Language;

/// <summary>An expression as written, before it is known what its names mean.</summary>
/// <param name="Span">Where it stands in its text.</param>
internal abstract record Expression(TextSpan Span)
{
    /// <summary>Prints it in one agreed spelling, with every operation in parentheses; the same text parses to the same tree.</summary>
    /// <param name="substitute">Says what to print instead of a part; null (or a null answer) for the part itself.</param>
    public string Print(Func<Expression, string?>? substitute = null) => substitute?.Invoke(this) ?? PrintParts(substitute);

    /// <summary>Prints this kind of expression.</summary>
    protected abstract string PrintParts(Func<Expression, string?>? substitute);
}
