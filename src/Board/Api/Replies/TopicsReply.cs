namespace IoTGateway.Board.Api.Replies;

/// <summary>Topics with their consumers.</summary>
/// <param name="Matching">How many rows match in all.</param>
/// <param name="Offset">The place of the first row.</param>
/// <param name="Rows">At most as many as were asked for.</param>
internal sealed record TopicsReply(int Matching, int Offset, IReadOnlyList<TopicReply> Rows);
