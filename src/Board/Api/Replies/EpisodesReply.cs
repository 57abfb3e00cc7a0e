namespace IoTGateway.Board.Api.Replies;

/// <summary>A page of the history of the alerts.</summary>
/// <param name="Episodes">Newest first.</param>
/// <param name="Before">Ask with <c>before</c> for the next page; absent at the end.</param>
internal sealed record EpisodesReply(IReadOnlyList<EpisodeReply> Episodes, long? Before);
