namespace IoTGateway.Queue;

/// <summary>How much one consumer has still to see of one topic.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="LastSequence">The number of its newest record.</param>
/// <param name="Consumer">The consumer's name.</param>
/// <param name="Depth">How many records it has still to see.</param>
/// <param name="OldestUnixMilliseconds">When the oldest of them was appended; null if there is none.</param>
public sealed record TopicDepth(string Topic, long LastSequence, string Consumer, long Depth, long? OldestUnixMilliseconds);
