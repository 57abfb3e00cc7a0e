using IoTGateway.Broker;
using IoTGateway.Control;
using IoTGateway.Queue;

namespace IoTGateway.Hosting;

/// <summary><c>GET /api/queues</c>: how far each consumer is, and what the broker has done; with <c>?topic=</c> also that topic.</summary>
internal static class QueuesApi
{
    public static QueuesView List(DurableLog log, QueueControl control, string? topic, MqttBroker broker)
    {
        // No topic has an empty name, so without one only the consumers are listed.
        var listing = control.List(topic ?? "");
        var consumers = listing.Consumers.Select(consumer => new ConsumerView(
            consumer.Name,
            log.Consumers.FirstOrDefault(status => status.Name == consumer.Name)?.Position.Address ?? 0,
            consumer.Depth,
            consumer.OldestAgeSeconds,
            consumer.Trouble,
            consumer.Paused));
        return new QueuesView(log.Start.Address, log.End.Address, log.TopicCount, [.. consumers], broker.Counters, topic is null ? null : listing.Rows);
    }
}
