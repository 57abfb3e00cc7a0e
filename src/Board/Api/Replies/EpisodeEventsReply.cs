namespace IoTGateway.Board.Api.Replies;

/// <summary>Everything that happened to one episode.</summary>
/// <param name="Episode">The episode.</param>
/// <param name="Events">Oldest first.</param>
/// <param name="Escalation">Who has been told; absent where nothing is known of it.</param>
internal sealed record EpisodeEventsReply(string Episode, IReadOnlyList<EpisodeEventReply> Events, EscalationReply? Escalation);
