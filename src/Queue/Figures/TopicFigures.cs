namespace IoTGateway.Queue.Figures;

/// <summary>How one topic stands with one consumer.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="LastSequence">The number of its newest record; also how many there ever were.</param>
/// <param name="AppendedPerSecond">Records appended a second, over the last half to whole minute.</param>
/// <param name="Consumer">The consumer's name.</param>
/// <param name="Depth">How many records it has not delivered; null while that is being found out after a start.</param>
/// <param name="OldestUnixMilliseconds">When the oldest of them was appended; null if there is none, or it is not near enough to be looked for.</param>
/// <param name="DeliveredPerSecond">Records delivered a second; null while that is not known.</param>
public sealed record TopicFigures(
    string Topic, long LastSequence, double AppendedPerSecond, string Consumer, long? Depth, long? OldestUnixMilliseconds, double? DeliveredPerSecond);
