namespace IoTGateway.Board.Api.Replies;

/// <summary>One topic with one consumer.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Consumer">The consumer.</param>
/// <param name="Records">The number of the newest record.</param>
/// <param name="AppendedPerSecond">Records appended a second.</param>
/// <param name="Depth">How many are still to be delivered; absent while that is being found out.</param>
/// <param name="OldestAgeSeconds">How old the oldest of them is; absent if there is none.</param>
/// <param name="DeliveredPerSecond">Records delivered a second.</param>
/// <param name="Parked">How many failed and are tried again.</param>
internal sealed record TopicReply(
    string Topic,
    string Consumer,
    long Records,
    double? AppendedPerSecond,
    long? Depth,
    double? OldestAgeSeconds,
    double? DeliveredPerSecond,
    long Parked);
