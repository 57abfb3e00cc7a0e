using System.Buffers.Binary;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Processing;

/// <summary>A tick of the clock that changed something, or the moment from which the gateway listened again. Shares the append with what came of it.</summary>
/// <remarks><code>
/// offset size
///      0    1  version of this form: 1
///      1    1  what it is for (TickKind)
///      2    8  the time, Unix milliseconds, little-endian
///     10    8  how far the log had been consumed: all inputs before this address came before the tick
/// </code></remarks>
internal readonly record struct TickRecord(Instant Time, LogPosition Input, TickKind Kind)
{
    private const byte Version = 1;
    private const int SizeBytes = 18;

    public byte[] Write()
    {
        var body = new byte[SizeBytes];
        body[0] = Version;
        body[1] = (byte)Kind;
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(2), Time.UnixMilliseconds);
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(10), Input.Address);
        return body;
    }

    public static TickRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        var version = reader.ReadByte();
        if (version != Version)
        {
            throw new InvalidDataException($"A tick has version {version}; this version of the gateway knows {Version}.");
        }

        var kind = (TickKind)reader.ReadByte();
        if (kind > TickKind.Silence)
        {
            throw new InvalidDataException($"A tick is of the kind {(byte)kind}, which this version of the gateway does not know.");
        }

        return new TickRecord(new Instant(reader.ReadInt64()), new LogPosition(reader.ReadInt64()), kind);
    }
}
