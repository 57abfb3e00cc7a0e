using System.Buffers.Binary;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Processing;

/// <summary>A tick of the clock that changed an alert, or the moment from which the gateway listened again. Shares the append with what came of it.</summary>
/// <remarks><code>
/// offset size
///      0    1  version of this form: 1
///      1    1  0: time passed; 1: the gateway listens again, missing readings count from here on
///      2    8  the time, Unix milliseconds, little-endian
///     10    8  how far the log had been consumed: all inputs before this address came before the tick
/// </code></remarks>
internal readonly record struct TickRecord(Instant Time, LogPosition Input, bool ListensAgain)
{
    private const byte Version = 1;
    private const int SizeBytes = 18;

    public byte[] Write()
    {
        var body = new byte[SizeBytes];
        body[0] = Version;
        body[1] = ListensAgain ? (byte)1 : (byte)0;
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

        var listensAgain = reader.ReadByte() == 1;
        return new TickRecord(new Instant(reader.ReadInt64()), new LogPosition(reader.ReadInt64()), listensAgain);
    }
}
