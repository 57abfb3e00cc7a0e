namespace IoTGateway.Board.Api.Replies;

/// <summary>The rules in force.</summary>
/// <param name="Version">The version in force; empty if there are none.</param>
/// <param name="Valid">Whether the files on disk are the rules in force.</param>
/// <param name="Errors">Why they are not: each with file, line and column.</param>
/// <param name="BehindSeconds">How far the rules are behind what is durable, in seconds.</param>
internal sealed record RulesReply(string Version, bool Valid, IReadOnlyList<string> Errors, double BehindSeconds);
