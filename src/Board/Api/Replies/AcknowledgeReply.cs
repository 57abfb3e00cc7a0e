namespace IoTGateway.Board.Api.Replies;

/// <summary>What became of an acknowledgement.</summary>
/// <param name="Result">"acknowledged", "alreadyAcknowledged" or "stale".</param>
/// <param name="Sentence">The same for a person.</param>
/// <param name="Alert">The alert as it is now; absent where it has ended.</param>
internal sealed record AcknowledgeReply(string Result, string Sentence, AlertReply? Alert);
