namespace IoTGateway.Rules.Language;

/// <summary>The spellings of the comparisons.</summary>
internal static class ComparisonSigns
{
    /// <summary>As it is written.</summary>
    public static string Shown(this ComparisonSign sign) => sign switch
    {
        ComparisonSign.Less => "<",
        ComparisonSign.AtMost => "<=",
        ComparisonSign.Greater => ">",
        ComparisonSign.AtLeast => ">=",
        ComparisonSign.Equal => "=",
        _ => "!=",
    };

    /// <summary>The comparison a token stands for; null for any other token.</summary>
    public static ComparisonSign? Of(Token token) => token.Kind != TokenKind.Sign ? null : token.Text switch
    {
        "<" => ComparisonSign.Less,
        "<=" => ComparisonSign.AtMost,
        ">" => ComparisonSign.Greater,
        ">=" => ComparisonSign.AtLeast,
        "=" => ComparisonSign.Equal,
        "!=" => ComparisonSign.NotEqual,
        _ => null,
    };

    /// <summary>The same comparison read from right to left: <c>90 &gt; spo2</c> is <c>spo2 &lt; 90</c>.</summary>
    public static ComparisonSign Mirrored(this ComparisonSign sign) => sign switch
    {
        ComparisonSign.Less => ComparisonSign.Greater,
        ComparisonSign.AtMost => ComparisonSign.AtLeast,
        ComparisonSign.Greater => ComparisonSign.Less,
        ComparisonSign.AtLeast => ComparisonSign.AtMost,
        _ => sign,
    };
}
