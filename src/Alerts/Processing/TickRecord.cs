using System.Buffers.Binary;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Processing;

/// <summary>A tick of the clock that changed an alert. Shares the append with what it changed.</summary>
/// <remarks><code>
/// offset size
///      0    1  version of this form: 1
///      1    8  the tick's time, Unix milliseconds, little-endian
///      9    8  how far the log had been consumed: all before this address came before the tick
/// </code></remarks>
internal readonly record struct TickRecord(Instant Time, LogPosition Input)
{
    private const byte Version = 1;
    private const int SizeBytes = 17;

    public byte[] Write()
    {
        var body = new byte[SizeBytes];
        body[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(1), Time.UnixMilliseconds);
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(9), Input.Address);
        return body;
    }

    public static TickRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        var version = reader.ReadByte();
        return version == Version
            ? new TickRecord(new Instant(reader.ReadInt64()), new LogPosition(reader.ReadInt64()))
            : throw new InvalidDataException($"A tick has version {version}; this version of the gateway knows {Version}.");
    }
}
