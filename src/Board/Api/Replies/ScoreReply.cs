namespace IoTGateway.Board.Api.Replies;

/// <summary>An early-warning score.</summary>
/// <param name="Name">Its name, for example NEWS2.</param>
/// <param name="Lowest">The total; where parameters are missing, what it is at least.</param>
/// <param name="Highest">What it is at most; the same where it is complete.</param>
/// <param name="Band">The band in words: "low", "low-medium", "medium", "high" or "incomplete".</param>
internal sealed record ScoreReply(string Name, int Lowest, int Highest, string Band);
