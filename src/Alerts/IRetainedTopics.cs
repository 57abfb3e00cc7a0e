namespace IoTGateway.Alerts;

/// <summary>How alerts reach MQTT subscribers; implemented by the broker.</summary>
public interface IRetainedTopics
{
    /// <summary>Publishes a retained message (QoS 1): present subscribers get it now, later ones when they subscribe. An empty payload removes it.</summary>
    ValueTask RetainAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation);

    /// <summary>Publishes a message that is not retained (QoS 1).</summary>
    ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation);
}
