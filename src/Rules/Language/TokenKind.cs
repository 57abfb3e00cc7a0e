namespace IoTGateway.Rules.Language;

/// <summary>The kinds of words an expression is made of.</summary>
internal enum TokenKind
{
    /// <summary>Behind the last word.</summary>
    End,

    /// <summary>A number, with its unit if it has one.</summary>
    Number,

    /// <summary>A name or a keyword.</summary>
    Word,

    /// <summary>Text in quotes.</summary>
    Text,

    /// <summary>A comparison, an arithmetic sign, a parenthesis or a comma.</summary>
    Sign,
}
