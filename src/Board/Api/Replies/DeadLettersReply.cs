namespace IoTGateway.Board.Api.Replies;

/// <summary>The newest dead letters.</summary>
/// <param name="Letters">Newest first.</param>
/// <param name="More">Whether there are more.</param>
internal sealed record DeadLettersReply(IReadOnlyList<DeadLetterReply> Letters, bool More);
