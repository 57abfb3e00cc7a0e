namespace IoTGateway.Board.Api.Replies;

/// <summary>A census file that waits.</summary>
/// <param name="Since">Since when, ISO 8601 in UTC.</param>
/// <param name="Differences">What would change, a sentence each.</param>
internal sealed record CensusImportReply(string Since, IReadOnlyList<string> Differences);
