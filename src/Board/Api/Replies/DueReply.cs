namespace IoTGateway.Board.Api.Replies;

/// <summary>An observation that a person has to take again.</summary>
/// <param name="Signal">The signal's id.</param>
/// <param name="Name">The signal's name.</param>
/// <param name="Last">When it was last taken, ISO 8601 in UTC; absent: never.</param>
/// <param name="Due">Until when it counts, ISO 8601 in UTC; absent: now.</param>
internal sealed record DueReply(string Signal, string Name, string? Last, string? Due);
