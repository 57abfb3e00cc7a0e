namespace IoTGateway.Rules.Language;

/// <summary>A value over a window of time: <c>average(spo2, 1 min)</c>.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Function">What is asked.</param>
/// <param name="Signal">The signal.</param>
/// <param name="SignalSpan">Where its name stands.</param>
/// <param name="Length">How far back it looks.</param>
/// <param name="LengthSpan">Where the length stands.</param>
internal sealed record WindowExpression(
    TextSpan Span, WindowFunction Function, string Signal, TextSpan SignalSpan, TimeSpan Length, TextSpan LengthSpan) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) =>
        $"{Function.ToString().ToLowerInvariant()}({Signal}, {Durations.Print(Length)})";
}
