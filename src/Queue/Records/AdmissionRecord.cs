using System.Buffers.Binary;

namespace IoTGateway.Queue.Records;

/// <summary>The log is full and takes no readings, or takes them again.</summary>
/// <remarks><code>
/// offset size
///      0    1  1: full; 0: readings are taken again
///      1    8  bytes of the log's segments, little-endian
///      9    8  bytes at which it counts as full
///     17    8  bytes the volume has left
/// </code></remarks>
/// <param name="IsFull">Whether readings are not taken.</param>
/// <param name="UsedBytes">Bytes of the log's segments.</param>
/// <param name="HighWaterBytes">The size at which it counts as full.</param>
/// <param name="AvailableBytes">What the volume has left.</param>
public readonly record struct AdmissionRecord(bool IsFull, long UsedBytes, long HighWaterBytes, long AvailableBytes)
{
    private const int SizeBytes = 25;

    /// <summary>The body.</summary>
    public byte[] Write()
    {
        var body = new byte[SizeBytes];
        body[0] = IsFull ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(1), UsedBytes);
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(9), HighWaterBytes);
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(17), AvailableBytes);
        return body;
    }

    /// <summary>Reads the body of a record.</summary>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public static AdmissionRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        return new AdmissionRecord(reader.ReadByte() == 1, reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
    }
}
