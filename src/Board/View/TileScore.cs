namespace IoTGateway.Board.View;

/// <summary>The early-warning score of a tile.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">The total: "7", or "\u2265 3" where parameters are missing.</param>
/// <param name="Band">"low", "low-medium", "medium", "high" or "incomplete".</param>
/// <param name="Trend">"up" or "down" where the total changed within the last hour; null where it did not.</param>
/// <param name="Total">The total, to sort by; at least so much where parameters are missing.</param>
internal sealed record TileScore(string Name, string Text, string Band, string? Trend, int Total);
