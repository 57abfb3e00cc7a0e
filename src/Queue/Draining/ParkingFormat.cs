using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace IoTGateway.Queue.Draining;

/// <summary>The side file of a sink: the records of topics that fail, until they are delivered or dead letters.</summary>
/// <remarks>
/// A file <c>{consumer}.parked</c>, numbers little-endian. It begins with
/// <code>
/// offset size
///      0    8  magic "IoTGWprk"
///      8    4  version of the format, 1
///     12    4  CRC-32C of bytes 0 to 11
///     16    .  entries, one after another
/// </code>
/// An entry:
/// <code>
/// offset size
///      0    4  magic "PARK"
///      4    4  CRC-32C of the entry's offset in the file (8 bytes) and its bytes from 8 to its end
///      8    4  length of the body in bytes
///     12    1  what it is: 1 a record is parked; 2 all records of the topic up to the sequence number are delivered or dead letters
///     13    1  kind of the record
///     14    2  length of the topic's name
///     16    8  sequence number
///     24    8  when the record was appended, Unix milliseconds
///     32    8  the record's position in the log
///     40    8  when it was parked, Unix milliseconds
///     48    .  the topic's name in UTF-8, then the body
/// </code>
/// The file ends before the first entry that is not whole: it was never flushed, and the cursor never passed it. If a whole entry stands behind
/// it all the same, the file is damaged and is not opened. Whatever is still parked is copied into a new file at each start, and when more than
/// half of it is done with; the new file takes the old one's place by renaming.
/// </remarks>
internal static class ParkingFormat
{
    public const int HeaderSizeBytes = 16;
    public const int EntryHeadSizeBytes = 48;
    public const byte Parked = 1;
    public const byte Done = 2;
    private const uint Version = 1;

    public static ReadOnlySpan<byte> EntryMagic => "PARK"u8;

    private static ReadOnlySpan<byte> Magic => "IoTGWprk"u8;

    public static byte[] Header()
    {
        var header = new byte[HeaderSizeBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), Crc32C.Append(0, header.AsSpan(0, 12)));
        return header;
    }

    /// <summary>Whether the file's header can be trusted.</summary>
    /// <exception cref="InvalidDataException">It is no side file, or of another version.</exception>
    public static void CheckHeader(ReadOnlySpan<byte> header, string path)
    {
        if (header.Length < HeaderSizeBytes || !header.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(header[12..]) != Crc32C.Append(0, header[..12]))
        {
            throw new InvalidDataException(
                $"{path} is damaged: it does not begin as a side file does. It holds readings that a sink refused; keep a copy, move it away and start again.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) is var version && version != Version)
        {
            throw new InvalidDataException($"{path} has format {version}; this program knows format {Version}. Use the program that wrote it.");
        }
    }

    /// <summary>Adds an entry to bytes that will stand at an offset of the file; returns its length.</summary>
    public static int Write(ArrayBufferWriter<byte> target, long offset, byte what, in LogRecord record, ReadOnlySpan<byte> topic, long parkedUnixMilliseconds)
    {
        var length = EntryHeadSizeBytes + topic.Length + record.Body.Length;
        var entry = target.GetSpan(length)[..length];
        EntryMagic.CopyTo(entry);
        BinaryPrimitives.WriteInt32LittleEndian(entry[8..], record.Body.Length);
        entry[12] = what;
        entry[13] = (byte)record.Kind;
        BinaryPrimitives.WriteUInt16LittleEndian(entry[14..], (ushort)topic.Length);
        BinaryPrimitives.WriteInt64LittleEndian(entry[16..], record.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(entry[24..], record.TimeUnixMilliseconds);
        BinaryPrimitives.WriteInt64LittleEndian(entry[32..], record.Position.Address);
        BinaryPrimitives.WriteInt64LittleEndian(entry[40..], parkedUnixMilliseconds);
        topic.CopyTo(entry[EntryHeadSizeBytes..]);
        record.Body.CopyTo(entry[(EntryHeadSizeBytes + topic.Length)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], ChecksumOf(entry, offset));
        target.Advance(length);
        return length;
    }

    /// <summary>The length of the entry that begins with these bytes; 0 if they are too few or no entry.</summary>
    public static long LengthOf(ReadOnlySpan<byte> head) =>
        head.Length < EntryHeadSizeBytes || !head.StartsWith(EntryMagic)
            ? 0
            : EntryHeadSizeBytes + (long)BinaryPrimitives.ReadUInt16LittleEndian(head[14..]) + BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);

    public static bool IsWhole(ReadOnlySpan<byte> entry, long offset) => BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]) == ChecksumOf(entry, offset);

    public static byte WhatOf(ReadOnlySpan<byte> entry) => entry[12];

    public static long SequenceOf(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadInt64LittleEndian(entry[16..]);

    public static long ParkedOf(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadInt64LittleEndian(entry[40..]);

    public static string TopicOf(ReadOnlySpan<byte> entry) =>
        Encoding.UTF8.GetString(entry.Slice(EntryHeadSizeBytes, BinaryPrimitives.ReadUInt16LittleEndian(entry[14..])));

    /// <summary>The record of an entry; its body is valid as long as the entry's bytes.</summary>
    public static LogRecord RecordOf(ReadOnlySpan<byte> entry, Topic topic) => new()
    {
        Position = new LogPosition(BinaryPrimitives.ReadInt64LittleEndian(entry[32..])),
        Kind = (RecordKind)entry[13],
        Topic = topic,
        Sequence = SequenceOf(entry),
        TimeUnixMilliseconds = BinaryPrimitives.ReadInt64LittleEndian(entry[24..]),
        Body = entry[(EntryHeadSizeBytes + BinaryPrimitives.ReadUInt16LittleEndian(entry[14..]))..],
    };

    private static uint ChecksumOf(ReadOnlySpan<byte> entry, long offset)
    {
        Span<byte> seed = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(seed, offset);
        return Crc32C.Append(Crc32C.Append(0, seed), entry[8..]);
    }
}
