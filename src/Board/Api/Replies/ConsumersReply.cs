namespace IoTGateway.Board.Api.Replies;

/// <summary>The consumers of the durable queues.</summary>
/// <param name="Topics">How many topics there are.</param>
/// <param name="TopicsMost">How many there may be.</param>
/// <param name="Refused">Messages the broker has refused since the start.</param>
/// <param name="Consumers">Each consumer as a whole.</param>
internal sealed record ConsumersReply(int Topics, int TopicsMost, long Refused, IReadOnlyList<ConsumerReply> Consumers);
