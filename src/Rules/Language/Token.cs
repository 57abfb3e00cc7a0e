namespace IoTGateway.Rules.Language;

/// <summary>One word of an expression.</summary>
/// <param name="Kind">Which kind of word.</param>
/// <param name="Text">As written; of a number without its unit.</param>
/// <param name="Span">Where it stands, unit included.</param>
/// <param name="Number">The number.</param>
/// <param name="Unit">The number's unit; empty if it has none.</param>
internal readonly record struct Token(TokenKind Kind, string Text, TextSpan Span, double Number = 0, string Unit = "")
{
    /// <summary>Whether it is this sign.</summary>
    public bool IsSign(string sign) => Kind == TokenKind.Sign && Text == sign;

    /// <summary>Whether it is this keyword.</summary>
    public bool IsWord(string word) => Kind == TokenKind.Word && Text == word;
}
