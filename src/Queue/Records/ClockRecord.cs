using System.Buffers.Binary;

namespace IoTGateway.Queue.Records;

/// <summary>The wall clock is behind the time of the log, has caught up, or has jumped ahead: see <see cref="LogClock"/>.</summary>
/// <remarks>Numbers little-endian:<code>
/// offset size
///      0    8  by how much the wall clock is behind the time of the log, milliseconds; 0: it is not, or not any more
///      8    8  by how much it has jumped ahead, milliseconds; 0: it has not
/// </code></remarks>
/// <param name="Behind">By how much the wall clock is behind the time of the log.</param>
/// <param name="Jumped">By how much the wall clock, and the time of the log with it, has jumped ahead.</param>
public readonly record struct ClockRecord(TimeSpan Behind, TimeSpan Jumped)
{
    private const int SizeBytes = 16;

    /// <summary>The body.</summary>
    public byte[] Write()
    {
        var body = new byte[SizeBytes];
        BinaryPrimitives.WriteInt64LittleEndian(body, (long)Behind.TotalMilliseconds);
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(8), (long)Jumped.TotalMilliseconds);
        return body;
    }

    /// <summary>Reads the body of a record.</summary>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public static ClockRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        return new ClockRecord(TimeSpan.FromMilliseconds(reader.ReadInt64()), TimeSpan.FromMilliseconds(reader.ReadInt64()));
    }
}
