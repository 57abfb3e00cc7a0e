namespace IoTGateway.Queue.Records;

/// <summary>What happened to a client's session.</summary>
/// <remarks><code>
/// offset size
///      0    1  event, see SessionEvent
///      1    4  session expiry interval in seconds, little-endian; 0xFFFFFFFF: never
///      5    .  client id in UTF-8, to the end of the record
/// </code></remarks>
public readonly ref struct SessionRecord
{
    /// <summary>The expiry interval that means "never" (MQTT 5, 3.1.2.11.2); also that of MQTT 3.1.1 without clean session.</summary>
    public const uint NeverExpires = uint.MaxValue;

    /// <summary>Bytes before the client id.</summary>
    public const int HeadSizeBytes = 5;

    /// <summary>What happened.</summary>
    public SessionEvent Event { get; private init; }

    /// <summary>How long the session outlives its connection, in seconds.</summary>
    public uint ExpirySeconds { get; private init; }

    /// <summary>Whose session, in UTF-8.</summary>
    public ReadOnlySpan<byte> Client { get; private init; }

    /// <summary>Writes the head; the client id is appended as the payload.</summary>
    public static void WriteHead(Span<byte> head, SessionEvent what, uint expirySeconds)
    {
        head[0] = (byte)what;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(head[1..], expirySeconds);
    }

    /// <summary>Reads the body of a record.</summary>
    public static SessionRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        return new SessionRecord { Event = (SessionEvent)reader.ReadByte(), ExpirySeconds = reader.ReadUInt32(), Client = reader.ReadRest() };
    }
}
