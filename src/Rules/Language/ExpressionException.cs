namespace IoTGateway.Rules.Language;

/// <summary>Carries the first mistake of an expression out of the parser; never leaves this project.</summary>
internal sealed class ExpressionException(string code, string message, TextSpan span, string? help = null) : Exception(message)
{
    /// <summary>The diagnostic's code.</summary>
    public string Code { get; } = code;

    /// <summary>What is meant, within the expression.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>What to do.</summary>
    public string? Help { get; } = help;
}
