using IoTGateway.Control;

namespace IoTGateway.Commands;

/// <summary>What <c>queue show</c> prints.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="FirstSequence">The oldest record that is kept; null if none is.</param>
/// <param name="LastSequence">The newest record.</param>
/// <param name="LastReceived">When the last records were received, newest last.</param>
/// <param name="Consumers">The topic with each consumer.</param>
/// <param name="Parked">Where it is parked.</param>
internal sealed record QueueShowView(
    string Topic, long? FirstSequence, long LastSequence, IReadOnlyList<DateTimeOffset> LastReceived, IReadOnlyList<QueueRow> Consumers, IReadOnlyList<ParkedRow> Parked);
