namespace IoTGateway.Board.Ports;

/// <summary>One topic with one consumer.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="Consumer">The consumer's name.</param>
/// <param name="Records">The number of its newest record.</param>
/// <param name="AppendedPerSecond">Records appended a second; null where not known.</param>
/// <param name="Depth">How many records are still to be delivered; null while that is being found out.</param>
/// <param name="OldestAge">How old the oldest of them is; null if there is none.</param>
/// <param name="DeliveredPerSecond">Records delivered a second; null where not known.</param>
/// <param name="Parked">How many of them failed and are tried again.</param>
public sealed record TopicRow(
    string Topic,
    string Consumer,
    long Records,
    double? AppendedPerSecond,
    long? Depth,
    TimeSpan? OldestAge,
    double? DeliveredPerSecond,
    long Parked);
