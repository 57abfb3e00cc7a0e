namespace IoTGateway.Queue.Records;

/// <summary>A published message as it stands in the log, the body of readings, device states and acknowledgements by MQTT.</summary>
/// <remarks>
/// <code>
/// offset size
///      0    1  bits 0-1 QoS, bit 2 retain, bit 3 a packet identifier follows (QoS 2), bit 4 a content type follows
///      1    2  packet identifier, little-endian          only with bit 3
///           2  length of the client id, then the client id in UTF-8
///           1  length of the content type, then it       only with bit 4
///           .  payload, to the end of the record
/// </code>
/// </remarks>
public readonly ref struct PublishRecord
{
    private const byte RetainBit = 1 << 2;
    private const byte PacketBit = 1 << 3;
    private const byte ContentTypeBit = 1 << 4;

    /// <summary>Bytes a head can have at most: with the longest client id and content type.</summary>
    public const int HeadSizeBytesAtMost = 1 + 2 + 2 + ushort.MaxValue + 1 + byte.MaxValue;

    /// <summary>0, 1 or 2.</summary>
    public int QualityOfService { get; private init; }

    /// <summary>The retain flag.</summary>
    public bool Retain { get; private init; }

    /// <summary>The packet identifier of a QoS 2 message, by which a re-sent one is known; 0 otherwise.</summary>
    public ushort PacketIdentifier { get; private init; }

    /// <summary>Who published it, in UTF-8.</summary>
    public ReadOnlySpan<byte> Client { get; private init; }

    /// <summary>The MQTT 5 content type in UTF-8; empty where there is none.</summary>
    public ReadOnlySpan<byte> ContentType { get; private init; }

    /// <summary>The payload as published.</summary>
    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>How many bytes <see cref="WriteHead"/> writes.</summary>
    public static int HeadSizeBytes(int qualityOfService, int clientLength, int contentTypeLength) =>
        1 + (qualityOfService == 2 ? 2 : 0) + 2 + clientLength + (contentTypeLength > 0 ? 1 + contentTypeLength : 0);

    /// <summary>Writes everything before the payload; returns the bytes written. The content type is at most 255 bytes.</summary>
    public static int WriteHead(
        Span<byte> head, int qualityOfService, bool retain, ushort packetIdentifier, ReadOnlySpan<byte> client, ReadOnlySpan<byte> contentType)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contentType.Length, byte.MaxValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(client.Length, ushort.MaxValue);
        head[0] = (byte)(qualityOfService | (retain ? RetainBit : 0) | (qualityOfService == 2 ? PacketBit : 0) | (contentType.IsEmpty ? 0 : ContentTypeBit));
        var at = 1;
        if (qualityOfService == 2)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(head[at..], packetIdentifier);
            at += 2;
        }

        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(head[at..], (ushort)client.Length);
        at += 2;
        client.CopyTo(head[at..]);
        at += client.Length;
        if (!contentType.IsEmpty)
        {
            head[at++] = (byte)contentType.Length;
            contentType.CopyTo(head[at..]);
            at += contentType.Length;
        }

        return at;
    }

    /// <summary>Reads the body of a record. Throws <see cref="InvalidDataException"/> if it is too short.</summary>
    public static PublishRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        var flags = reader.ReadByte();
        var packet = (flags & PacketBit) != 0 ? reader.ReadUInt16() : (ushort)0;
        var client = reader.ReadBytes(reader.ReadUInt16());
        var contentType = (flags & ContentTypeBit) != 0 ? reader.ReadBytes(reader.ReadByte()) : default;
        return new PublishRecord
        {
            QualityOfService = flags & 3,
            Retain = (flags & RetainBit) != 0,
            PacketIdentifier = packet,
            Client = client,
            ContentType = contentType,
            Payload = reader.ReadRest(),
        };
    }
}
