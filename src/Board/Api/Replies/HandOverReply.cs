namespace IoTGateway.Board.Api.Replies;

/// <summary>What a shift hands over to the next.</summary>
/// <param name="From">The first instant, ISO 8601 in UTC.</param>
/// <param name="To">Until when, ISO 8601 in UTC.</param>
/// <param name="Ward">The ward; absent: all.</param>
/// <param name="Archive">Whether there is an archive: without one only what stands now is told.</param>
/// <param name="Beds">The occupied beds in their fixed order.</param>
/// <param name="More">Whether there were more entries than are told.</param>
internal sealed record HandOverReply(string From, string To, string? Ward, bool Archive, IReadOnlyList<HandOverBedReply> Beds, bool More);
