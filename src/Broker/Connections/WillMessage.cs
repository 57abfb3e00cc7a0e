using IoTGateway.Broker.Delivery;
using IoTGateway.Broker.Sessions;
using IoTGateway.Broker.Topics;

namespace IoTGateway.Broker.Connections;

/// <summary>What a client wants published when its connection breaks.</summary>
/// <param name="Use">What the gateway does with it.</param>
/// <param name="Utf8Topic">Its topic in UTF-8.</param>
/// <param name="Message">The message.</param>
/// <param name="ContentType">Its content type in UTF-8; empty where there is none.</param>
/// <param name="ExpirySeconds">How long subscribers may get it after it is published; null for ever.</param>
/// <param name="DelaySeconds">How long it waits for the client to come back (MQTT 5, 3.1.3.2.2).</param>
internal sealed record WillMessage(TopicUse Use, byte[] Utf8Topic, Message Message, byte[] ContentType, uint? ExpirySeconds, uint DelaySeconds)
{
    /// <summary>Who wanted it; set when the session has begun.</summary>
    public Session? Session { get; init; }
}
