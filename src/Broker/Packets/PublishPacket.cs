namespace IoTGateway.Broker.Packets;

/// <summary>A PUBLISH as it stands in the receive buffer (MQTT 3.1.1, 3.3; MQTT 5, 3.3). Nothing is copied.</summary>
internal readonly ref struct PublishPacket
{
    /// <summary>0, 1 or 2.</summary>
    public int QualityOfService { get; private init; }

    /// <summary>The retain flag.</summary>
    public bool Retain { get; private init; }

    /// <summary>The topic in UTF-8, not validated; empty where a topic alias stands for it.</summary>
    public ReadOnlySpan<byte> Topic { get; private init; }

    /// <summary>The packet identifier of QoS 1 and 2; 0 for QoS 0.</summary>
    public ushort PacketIdentifier { get; private init; }

    /// <summary>The topic alias of MQTT 5; null where there is none.</summary>
    public ushort? TopicAlias { get; private init; }

    /// <summary>The content type of MQTT 5 in UTF-8; empty where there is none.</summary>
    public ReadOnlySpan<byte> ContentType { get; private init; }

    /// <summary>The payload.</summary>
    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>Reads a PUBLISH; false if it is malformed.</summary>
    /// <param name="first">The packet's first byte.</param>
    /// <param name="body">What follows the fixed header.</param>
    /// <param name="version5">Whether it has properties.</param>
    /// <param name="packet">The packet.</param>
    public static bool TryRead(byte first, ReadOnlySpan<byte> body, bool version5, out PublishPacket packet)
    {
        packet = default;
        var qualityOfService = (first >> 1) & 3;
        var reader = new PacketReader(body);
        if (qualityOfService == 3 || !reader.TryReadBlock(out var topic))
        {
            return false;
        }

        ushort identifier = 0;
        if (qualityOfService > 0 && (!reader.TryReadUInt16(out identifier) || identifier == 0))
        {
            return false;
        }

        ReadOnlySpan<byte> contentType = default;
        ushort? alias = null;
        if (version5)
        {
            if (!reader.TryReadVariableInteger(out var length) || !reader.TryReadBytes(length, out var properties))
            {
                return false;
            }

            if (length > 0 && !TryReadProperties(properties, out contentType, out alias))
            {
                return false;
            }
        }

        packet = new PublishPacket
        {
            QualityOfService = qualityOfService,
            Retain = (first & 1) != 0,
            Topic = topic,
            PacketIdentifier = identifier,
            TopicAlias = alias,
            ContentType = contentType,
            Payload = reader.Rest,
        };
        return true;
    }

    /// <summary>Goes over the properties a client may send with a PUBLISH (MQTT 5, 3.3.2.3) and keeps the two that matter for readings.</summary>
    private static bool TryReadProperties(ReadOnlySpan<byte> properties, out ReadOnlySpan<byte> contentType, out ushort? alias)
    {
        contentType = default;
        alias = null;
        var reader = new PacketReader(properties);
        while (!reader.Rest.IsEmpty)
        {
            reader.TryReadByte(out var property);
            switch (property)
            {
                case 0x01 when reader.TryReadByte(out _): // payload format indicator
                case 0x02 when reader.TryReadBytes(4, out _): // message expiry interval
                case 0x08 when reader.TryReadBlock(out _): // response topic
                case 0x09 when reader.TryReadBlock(out _): // correlation data
                case 0x26 when reader.TryReadBlock(out _) && reader.TryReadBlock(out _): // user property
                case 0x03 when reader.TryReadBlock(out contentType):
                    break;
                case 0x23 when reader.TryReadUInt16(out var number):
                    alias = number;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}
