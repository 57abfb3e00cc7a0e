namespace IoTGateway.Board.Api.Replies;

/// <summary>A part of a condition.</summary>
/// <param name="Text">The part as written.</param>
/// <param name="Value">What it amounts to: true, false, unknown, or a number with its unit.</param>
/// <param name="Origin">Where it comes from; empty for nowhere.</param>
/// <param name="Parts">What it is made of.</param>
internal sealed record ExplanationPartReply(string Text, string Value, string Origin, IReadOnlyList<ExplanationPartReply> Parts);
