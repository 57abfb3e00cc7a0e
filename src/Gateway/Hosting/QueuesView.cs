using IoTGateway.Broker;
using IoTGateway.Control;

namespace IoTGateway.Hosting;

/// <summary>The durable queues at one moment.</summary>
/// <param name="Start">The log is kept from this address on.</param>
/// <param name="End">Everything before this address is durable.</param>
/// <param name="Topics">How many topics there are.</param>
/// <param name="Consumers">How far each consumer is.</param>
/// <param name="Broker">What the broker has done since the start.</param>
/// <param name="Rows">The topic that was asked for, with each consumer; null if none was.</param>
internal sealed record QueuesView(long Start, long End, int Topics, IReadOnlyList<ConsumerView> Consumers, BrokerCounters Broker, IReadOnlyList<QueueRow>? Rows);
