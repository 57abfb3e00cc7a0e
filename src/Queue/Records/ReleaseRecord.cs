namespace IoTGateway.Queue.Records;

/// <summary>PUBREL: from here on a publish with this packet identifier is a new message.</summary>
/// <remarks><code>
/// offset size
///      0    2  packet identifier, little-endian
///      2    .  client id in UTF-8, to the end of the record
/// </code></remarks>
public readonly ref struct ReleaseRecord
{
    /// <summary>The packet identifier that is free again.</summary>
    public ushort PacketIdentifier { get; private init; }

    /// <summary>Whose it is, in UTF-8.</summary>
    public ReadOnlySpan<byte> Client { get; private init; }

    /// <summary>Writes the head; the client id is appended as the payload.</summary>
    public static void WriteHead(Span<byte> head, ushort packetIdentifier) =>
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(head, packetIdentifier);

    /// <summary>Reads the body of a record.</summary>
    public static ReleaseRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        return new ReleaseRecord { PacketIdentifier = reader.ReadUInt16(), Client = reader.ReadRest() };
    }
}
