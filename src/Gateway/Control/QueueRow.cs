namespace IoTGateway.Control;

/// <summary>A row of <c>queue list</c>: one topic with one consumer.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="Records">The number of its newest record.</param>
/// <param name="AppendedPerSecond">Records appended a second; null for a gateway that is stopped.</param>
/// <param name="Consumer">The consumer's name.</param>
/// <param name="Depth">How many records it has still to deliver, parked ones included; null while that is being found out.</param>
/// <param name="OldestAgeSeconds">How old the oldest of them is; null if there is none.</param>
/// <param name="DeliveredPerSecond">Records delivered a second; null for a gateway that is stopped.</param>
/// <param name="Parked">How many of them are parked: they failed and are tried again.</param>
internal sealed record QueueRow(
    string Topic, long Records, double? AppendedPerSecond, string Consumer, long? Depth, double? OldestAgeSeconds, double? DeliveredPerSecond, long Parked);
