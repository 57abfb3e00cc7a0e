namespace IoTGateway.Board.Api.Replies;

/// <summary>What happened, newest first.</summary>
/// <param name="From">The first instant, ISO 8601 in UTC.</param>
/// <param name="To">The instant behind the last, ISO 8601 in UTC.</param>
/// <param name="Entries">The entries.</param>
/// <param name="More">Whether there were more than were asked for.</param>
internal sealed record TimelineReply(string From, string To, IReadOnlyList<TimelineEntryReply> Entries, bool More);
