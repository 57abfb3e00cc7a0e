using IoTGateway.Broker;

namespace IoTGateway.Hosting;

/// <summary>The durable queues at one moment.</summary>
/// <param name="Start">The log is kept from this address on.</param>
/// <param name="End">Everything before this address is durable.</param>
/// <param name="Topics">How many topics there are.</param>
/// <param name="Consumers">How far each consumer is.</param>
/// <param name="Broker">What the broker has done since the start.</param>
internal sealed record QueuesView(long Start, long End, int Topics, IReadOnlyList<ConsumerView> Consumers, BrokerCounters Broker);
