using IoTGateway.Broker.Topics;
using MQTTnet;

namespace IoTGateway.Broker.Connections;

/// <summary>What a client wants published when its connection breaks.</summary>
/// <param name="Use">What the gateway does with it.</param>
/// <param name="Utf8Topic">Its topic in UTF-8.</param>
/// <param name="Message">The message.</param>
internal sealed record WillMessage(TopicUse Use, byte[] Utf8Topic, MqttApplicationMessage Message);
