using System.Buffers.Binary;

namespace IoTGateway.Queue.Segments;

/// <summary>The first bytes of a segment's file, durable before the first record in it is acknowledged. Numbers are little-endian.</summary>
/// <remarks><code>
/// offset size
///      0    8  magic "IoTGWlog"
///      8    4  version of the format, 1
///     12    4  epoch: changes when the log is restored from a backup, so that (segment, batch) is never reused
///     16   16  the log's identity, made at random with its first segment
///     32    8  address of this header's first byte; also the file's name
///     40    8  address at which the records of the segment before end (0 for the first): what lies behind it there was never acknowledged
///     48    4  number of the key the frames are encrypted with; 0: not encrypted
///     52    8  reserved, 0
///     60    4  CRC-32C of bytes 0 to 59
///     64    .  frames, see FrameHeader
/// </code></remarks>
internal readonly record struct SegmentHeader(Guid LogIdentity, uint Epoch, long BaseAddress, long PrecedingEnd)
{
    public const int SizeBytes = 64;

    private const uint Version = 1;

    private static ReadOnlySpan<byte> Magic => "IoTGWlog"u8;

    /// <summary>Writes the header.</summary>
    public void Write(Span<byte> target)
    {
        target[..SizeBytes].Clear();
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], Epoch);
        LogIdentity.TryWriteBytes(target[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], BaseAddress);
        BinaryPrimitives.WriteInt64LittleEndian(target[40..], PrecedingEnd);
        BinaryPrimitives.WriteUInt32LittleEndian(target[60..], Crc32C.Append(0, target[..60]));
    }

    /// <summary>Reads a header; null, with the reason, if it is not whole.</summary>
    /// <exception cref="InvalidDataException">It is whole, but of a version this program does not know.</exception>
    public static SegmentHeader? TryRead(ReadOnlySpan<byte> bytes, out string fault)
    {
        if (bytes.Length < SizeBytes)
        {
            fault = "the file is shorter than a segment header";
            return null;
        }

        if (!bytes.StartsWith(Magic))
        {
            fault = "the file does not begin as a segment does";
            return null;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[60..]) != Crc32C.Append(0, bytes[..60]))
        {
            fault = "the segment header's checksum is wrong";
            return null;
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (version != Version)
        {
            throw new InvalidDataException($"The log was written in format {version}; this program knows format {Version}. Use the program that wrote it.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[48..]) != 0)
        {
            throw new InvalidDataException("The log is encrypted; this program has no key for it.");
        }

        fault = "";
        return new SegmentHeader(
            new Guid(bytes.Slice(16, 16)),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]));
    }
}
