using System.Buffers.Binary;

namespace IoTGateway.Queue.Segments;

/// <summary>A frame: the records of one group commit, valid as a whole or not at all. Numbers are little-endian.</summary>
/// <remarks><code>
/// offset size
///      0    4  magic "FRAM"
///      4    4  length of the records in bytes
///      8    8  number of the batch; grows by one from frame to frame
///     16    8  number of the first record, counted from 0 at the log's beginning
///     24    4  how many records
///     28    4  CRC-32C of the frame's address (8 bytes), bytes 0 to 27, and the records
///     32    .  records, see RecordFormat
/// </code>
/// The address in the checksum keeps a frame that was left in a file at another place from being taken for a new one.
/// </remarks>
internal readonly record struct FrameHeader(int RecordsLength, long Batch, long FirstRecord, int RecordCount, uint Checksum)
{
    public const int SizeBytes = 32;

    /// <summary>How many bytes the whole frame has.</summary>
    public int FrameLength => SizeBytes + RecordsLength;

    public static ReadOnlySpan<byte> Magic => "FRAM"u8;

    /// <summary>Writes the header in front of the records, with the checksum of both.</summary>
    public static void Write(Span<byte> frame, long address, long batch, long firstRecord, int recordCount)
    {
        Magic.CopyTo(frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], frame.Length - SizeBytes);
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], batch);
        BinaryPrimitives.WriteInt64LittleEndian(frame[16..], firstRecord);
        BinaryPrimitives.WriteInt32LittleEndian(frame[24..], recordCount);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[28..], ChecksumOf(frame, address));
    }

    /// <summary>Reads a header; false if these bytes cannot be one. The checksum is not looked at.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < SizeBytes || !bytes.StartsWith(Magic))
        {
            return false;
        }

        header = new FrameHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]));
        return header is { RecordsLength: > 0, RecordCount: > 0, Batch: > 0, FirstRecord: >= 0 }
            && header.RecordsLength <= int.MaxValue - SizeBytes
            && header.RecordCount <= header.RecordsLength / RecordFormat.HeadSizeBytes;
    }

    /// <summary>Whether the whole frame is as it was written at this address.</summary>
    public static bool IsValid(ReadOnlySpan<byte> frame, long address, in FrameHeader header) =>
        frame.Length == header.FrameLength && ChecksumOf(frame, address) == header.Checksum;

    private static uint ChecksumOf(ReadOnlySpan<byte> frame, long address)
    {
        Span<byte> seed = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(seed, address);
        return Crc32C.Append(Crc32C.Append(Crc32C.Append(0, seed), frame[..28]), frame[SizeBytes..]);
    }
}
