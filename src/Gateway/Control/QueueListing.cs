namespace IoTGateway.Control;

/// <summary>The queues of a running gateway.</summary>
/// <param name="Consumers">Each consumer as a whole.</param>
/// <param name="Refused">Messages the broker has refused since the start.</param>
/// <param name="Rows">Each topic with each consumer.</param>
/// <param name="Parked">The topics that sinks have parked.</param>
internal sealed record QueueListing(
    IReadOnlyList<ConsumerState> Consumers, long Refused, IReadOnlyList<QueueRow> Rows, IReadOnlyList<ParkedRow> Parked);
