namespace IoTGateway.Board.Api.Replies;

/// <summary>A care pause.</summary>
/// <param name="By">Who.</param>
/// <param name="Since">Since when, ISO 8601 in UTC.</param>
/// <param name="Until">When it ends by itself, ISO 8601 in UTC.</param>
internal sealed record CarePauseReply(string By, string Since, string Until);
