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

    /// <summary>The message expiry interval of MQTT 5 in seconds; null where there is none.</summary>
    public uint? ExpirySeconds { get; private init; }

    /// <summary>All properties as they stand in the packet, checked.</summary>
    public ReadOnlySpan<byte> Properties { get; private init; }

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
        var duplicateOfNothing = qualityOfService == 0 && (first & 0x08) != 0; // MQTT 5, 3.3.1.1
        if (qualityOfService == 3 || duplicateOfNothing || !reader.TryReadBlock(out var topic))
        {
            return false;
        }

        ushort identifier = 0;
        if (qualityOfService > 0 && (!reader.TryReadUInt16(out identifier) || identifier == 0))
        {
            return false;
        }

        ReadOnlySpan<byte> contentType = default;
        ReadOnlySpan<byte> properties = default;
        ushort? alias = null;
        uint? expiry = null;
        if (version5)
        {
            if (!reader.TryReadVariableInteger(out var length) || !reader.TryReadBytes(length, out properties))
            {
                return false;
            }

            if (length > 0 && !TryReadProperties(properties, out contentType, out alias, out expiry))
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
            ExpirySeconds = expiry,
            Properties = properties,
            Payload = reader.Rest,
        };
        return true;
    }

    /// <summary>Goes over the properties a client may send with a PUBLISH (MQTT 5, 3.3.2.3) and keeps those that matter for readings.</summary>
    private static bool TryReadProperties(ReadOnlySpan<byte> encoded, out ReadOnlySpan<byte> contentType, out ushort? alias, out uint? expiry)
    {
        contentType = default;
        alias = null;
        expiry = null;
        var properties = new Packets.Properties(encoded, PropertyPlace.Publish);
        while (properties.MoveNext())
        {
            switch (properties.Identifier)
            {
                case Property.ContentType:
                    contentType = properties.Bytes;
                    break;
                case Property.TopicAlias:
                    alias = (ushort)properties.Number;
                    break;
                case Property.MessageExpiry:
                    expiry = properties.Number;
                    break;
            }
        }

        return properties.Failure == ReasonCode.Success;
    }
}
