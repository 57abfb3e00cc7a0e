namespace IoTGateway.Board.Api.Replies;

/// <summary>The rules in force.</summary>
/// <param name="Version">The version in force; empty if there are none.</param>
/// <param name="Valid">Whether the files on disk are the rules in force.</param>
/// <param name="Errors">Why they are not: each with file, line and column.</param>
/// <param name="BehindSeconds">How far the rules are behind what is durable, in seconds.</param>
/// <param name="Notes">What there is to know besides: a rule set waits for approval, or a person has put another one into force than that of the files.</param>
internal sealed record RulesReply(string Version, bool Valid, IReadOnlyList<string> Errors, double BehindSeconds, IReadOnlyList<string> Notes);
