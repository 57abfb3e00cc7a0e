using IoTGateway.Broker.Packets;
using MQTTnet.Packets;

namespace IoTGateway.Broker.Connections;

/// <summary>A CONNECT that was read, or why it cannot be accepted.</summary>
/// <param name="Packet">The packet; null where it is refused.</param>
/// <param name="ReturnCode">The CONNACK code of MQTT 3.1.1 for a refusal.</param>
/// <param name="Reason">The reason code of MQTT 5 for a refusal; success where the connection just ends.</param>
internal readonly record struct ConnectRequest(MqttConnectPacket? Packet, byte ReturnCode, ReasonCode Reason)
{
    /// <summary>MQTT 3.1.1, 3.2.2.3: the protocol version is not spoken here.</summary>
    public const byte UnacceptableVersion = 1;

    /// <summary>MQTT 3.1.1, 3.2.2.3: the client id is not allowed.</summary>
    public const byte IdentifierRejected = 2;

    /// <summary>MQTT 3.1.1, 3.2.2.3: not now.</summary>
    public const byte Unavailable = 3;

    /// <summary>MQTT 3.1.1, 3.2.2.3: not this client.</summary>
    public const byte NotAuthorized = 5;

    /// <summary>The connection ends without an answer: what came is no CONNECT.</summary>
    public static ConnectRequest Ended { get; } = new(null, 0, ReasonCode.Success);

    /// <summary>The CONNECT is answered with a refusal.</summary>
    public static ConnectRequest Refused(byte returnCode, ReasonCode reason) => new(null, returnCode, reason);
}
