using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IoTGateway.FirmwareSim.Device;

/// <summary>One message in the in-flight store of a device.</summary>
internal sealed class StoredMessage(string topic, ReadOnlyMemory<byte> payload, DeliveryQuality quality, bool retain)
{
    /// <summary>The topic it is published on.</summary>
    public string Topic { get; } = topic;

    /// <summary>The bytes; not copied, so the caller leaves them alone until the message is acknowledged.</summary>
    public ReadOnlyMemory<byte> Payload { get; } = payload;

    /// <summary>Its delivery promise.</summary>
    public DeliveryQuality Quality { get; } = quality;

    /// <summary>Whether the receiver keeps it as the last message of its topic.</summary>
    public bool Retain { get; } = retain;

    /// <summary>Whether it tells of the device (birth, end), not a reading: it takes no room from the readings and is counted apart.</summary>
    public bool IsStatus { get; init; }

    /// <summary>How far its delivery has come.</summary>
    public DeliveryStage Stage { get; set; }

    /// <summary>The packet id while in flight; 0 while waiting.</summary>
    public ushort PacketId { get; set; }

    /// <summary>Its place in the order of first sending on this session: the order in which what is unacknowledged is sent again.</summary>
    public long SendOrder { get; set; }

    /// <summary>Its place in the order of PUBREC: the order in which PUBREL is sent again.</summary>
    public long ReceiveOrder { get; set; }

    /// <summary>Whether it was ever written to a connection, under this or an earlier packet id.</summary>
    public bool WasSent { get; set; }

    /// <summary>Whether its PUBLISH was written to the present connection and so counts against what the receiver takes at once.</summary>
    public bool CountsAgainstReceiver { get; set; }

    /// <summary>The PUBLISH to send.</summary>
    public MqttPublishPacket ToPacket(bool duplicate) => new()
    {
        Topic = Topic,
        Payload = new(Payload),
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)Quality,
        Retain = Retain,
        Dup = duplicate,
        PacketIdentifier = PacketId,
    };
}
