using System.Buffers.Binary;
using System.Text;

namespace IoTGateway.Readings.Clocks;

/// <summary>A clock's offset as it stands in the log. It holds for the readings of the device whose records stand behind it, for every consumer alike.</summary>
/// <remarks>Numbers little-endian:<code>
/// offset size
///      0    1  version of this form: 1
///      1    8  what has to be added to the device's clock, milliseconds, signed
///      9    2  length of the device's name in bytes
///     11    n  the device's name, UTF-8
/// </code></remarks>
/// <param name="Device">The device's name.</param>
/// <param name="Offset">What has to be added to its clock: positive for a slow one.</param>
public sealed record ClockOffsetRecord(string Device, TimeSpan Offset)
{
    private const byte Version = 1;
    private const int HeadSizeBytes = 11;

    /// <summary>The body of the log record.</summary>
    public byte[] Write()
    {
        var name = Encoding.UTF8.GetBytes(Device);
        var body = new byte[HeadSizeBytes + name.Length];
        body[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(1), (long)Offset.TotalMilliseconds);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(9), checked((ushort)name.Length));
        name.CopyTo(body, HeadSizeBytes);
        return body;
    }

    /// <summary>Reads the body of a log record. Throws <see cref="InvalidDataException"/> if it is none, or of a version this one does not know.</summary>
    public static ClockOffsetRecord Read(ReadOnlySpan<byte> body)
    {
        if (body.Length > 0 && body[0] != Version)
        {
            throw new InvalidDataException($"A clock offset has version {body[0]} of its form; this version of the gateway knows {Version}.");
        }

        if (body.Length < HeadSizeBytes || body.Length != HeadSizeBytes + BinaryPrimitives.ReadUInt16LittleEndian(body[9..]))
        {
            throw new InvalidDataException($"A clock offset has {body.Length} bytes, which is not what its form asks for.");
        }

        return new ClockOffsetRecord(
            Encoding.UTF8.GetString(body[HeadSizeBytes..]), TimeSpan.FromMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(body[1..])));
    }
}
