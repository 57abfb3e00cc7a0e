namespace IoTGateway.Rules.Language;

/// <summary>Another alert of the same patient stands: <c>alert "NEWS2 urgent" is active</c>, also with <c>is not</c>.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Alert">The alert's name.</param>
/// <param name="AlertSpan">Where the name stands, quotes included.</param>
/// <param name="Not">Whether it says <c>is not</c>.</param>
internal sealed record AlertActiveExpression(TextSpan Span, string Alert, TextSpan AlertSpan, bool Not) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) => $"(alert \"{Alert}\" is {(Not ? "not " : "")}active)";
}
