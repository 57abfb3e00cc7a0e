using IoTGateway.Broker;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Storage;

namespace IoTGateway.Hosting;

/// <summary><c>GET /api/queues</c>: how far each consumer is, and what the broker has done.</summary>
internal static class QueuesApi
{
    public static QueuesView List(DurableLog log, IReadOnlyList<StorageConsumer> storage, MqttBroker broker, TimeProvider clock)
    {
        var now = Instant.Now(clock);
        var consumers = log.Consumers.Select(consumer => new ConsumerView(
            consumer.Name,
            consumer.Position.Address,
            consumer.Depth,
            consumer.OldestUnixMilliseconds is { } oldest ? Math.Max(0, (now - new Instant(oldest)).TotalSeconds) : null,
            storage.FirstOrDefault(sink => sink.Name == consumer.Name)?.SinkState.LastError));
        return new QueuesView(log.Start.Address, log.End.Address, log.Topics.Count, [.. consumers], broker.Counters);
    }
}
