using System.Collections.Immutable;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IoTGateway.Broker.Delivery;

/// <summary>A session with subscriptions that can match readings.</summary>
/// <param name="clientId">Whose session.</param>
/// <param name="session">The session in the MQTT server.</param>
internal sealed class ReadingSubscriber(string clientId, MqttSessionStatus session)
{
    private readonly byte[] _utf8ClientId = Encoding.UTF8.GetBytes(clientId);

    /// <summary>Whose session.</summary>
    public string ClientId { get; } = clientId;

    /// <summary>The session in the MQTT server.</summary>
    public MqttSessionStatus Session { get; } = session;

    /// <summary>Its filters. Replaced as a whole, under the lock of the subscribers.</summary>
    public ImmutableArray<ReadingFilter> Filters { get; set; } = [];

    /// <summary>Since when its queue has been full, as a timestamp of the clock; 0 while it is not. Of the copier.</summary>
    public long FullSinceTimestamp { get; set; }

    /// <summary>With which QoS the subscriber wants a reading; null if it does not.</summary>
    public MqttQualityOfServiceLevel? Wants(string topic, ReadOnlySpan<byte> publisher, int publishedWith)
    {
        MqttQualityOfServiceLevel? wanted = null;
        foreach (var filter in Filters)
        {
            if ((wanted is null || filter.QualityOfService > wanted)
                && MqttTopicFilterComparer.Compare(topic, filter.Filter) == MqttTopicFilterCompareResult.IsMatch
                && !(filter.NoLocal && publisher.SequenceEqual(_utf8ClientId)))
            {
                wanted = filter.QualityOfService;
            }
        }

        return wanted is { } most ? (MqttQualityOfServiceLevel)Math.Min((int)most, publishedWith) : null;
    }
}
