namespace IoTGateway.Rules.Language;

/// <summary>What a signal is: <c>is missing</c>, <c>is no value</c>, <c>is A</c>, <c>is on</c>, each also with <c>not</c>.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Name">The signal.</param>
/// <param name="NameSpan">Where its name stands.</param>
/// <param name="Not">Whether it says <c>is not</c>.</param>
/// <param name="What"><c>missing</c>, <c>no value</c>, <c>on</c>, <c>off</c>, or letters.</param>
/// <param name="WhatSpan">Where that stands.</param>
internal sealed record IsExpression(TextSpan Span, string Name, TextSpan NameSpan, bool Not, string What, TextSpan WhatSpan) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) => $"({Name} is {(Not ? "not " : "")}{What})";
}
