namespace IoTGateway.Board.Api.Replies;

/// <summary>What checking rule files gave.</summary>
/// <param name="Valid">Whether they could come into force.</param>
/// <param name="Version">The version they would have; absent if they are not valid.</param>
/// <param name="Diagnostics">Errors and warnings of all files.</param>
internal sealed record RuleCheckReply(bool Valid, string? Version, IReadOnlyList<DiagnosticReply> Diagnostics);
