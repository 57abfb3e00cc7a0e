using System.Buffers.Binary;
using System.Globalization;
using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Segments;

/// <summary>
/// What a sealed segment holds, in a file beside it (<c>{base address}.index</c>). Nothing depends on it: it is made anew where it is missing. It saves
/// scans, and it tells exactly what is missing where the segment is damaged. Numbers are little-endian.
/// </summary>
/// <remarks><code>
/// offset size
///      0    8  magic "IoTGWidx"
///      8    4  version, 1
///     12    4  number of rows
///     16    8  the segment's base address
///     24    8  address behind its last frame
///     32    8  number of its first record, counted from 0 at the log's beginning
///     40    8  how many records
///     48    8  time of the oldest record, Unix milliseconds
///     56    8  time of the newest
///     64    8  the kinds in it, one bit each
///     72    4  reserved, 0
///     76    4  CRC-32C of bytes 0 to 75 and the rows
///     80    .  rows in order of topic:  4 topic, 4 how many records, 8 first and 8 last sequence number, 8 address of the first frame
/// </code></remarks>
internal sealed record SegmentIndex(
    long BaseAddress, long End, long FirstRecord, long RecordCount, long OldestTime, long NewestTime, RecordKinds Kinds, IReadOnlyList<SegmentIndexRow> Rows)
{
    public const string Extension = ".index";

    private const int HeadSizeBytes = 80;
    private const int RowSizeBytes = 32;
    private const uint Version = 1;

    private static ReadOnlySpan<byte> Magic => "IoTGWidx"u8;

    public static string NameOf(long baseAddress) => baseAddress.ToString("D20", CultureInfo.InvariantCulture) + Extension;

    /// <summary>The address in an index's file name; null for any other file.</summary>
    public static long? AddressOf(string fileName) =>
        fileName.Length == 20 + Extension.Length && fileName.EndsWith(Extension, StringComparison.Ordinal)
        && long.TryParse(fileName.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var address)
            ? address
            : null;

    /// <summary>Reads the index of a segment; null where there is none that is whole.</summary>
    public static SegmentIndex? Read(IDisk disk, string directory, long baseAddress)
    {
        try
        {
            return Parse(disk.ReadFile(Path.Combine(directory, NameOf(baseAddress))), baseAddress);
        }
        catch (IOException)
        {
            return null; // Not there, or not readable: the segment itself is asked.
        }
    }

    /// <summary>What a whole segment holds; null if any of it cannot be read.</summary>
    public static SegmentIndex? Build(IDisk disk, Segment segment)
    {
        using var file = disk.OpenFile(segment.Path);
        var scanner = new SegmentScanner(file, segment.BaseAddress, segment.FirstFrame);
        var rows = new SortedDictionary<uint, SegmentIndexRow>();
        var (first, count, oldest, newest, kinds) = (0L, 0L, 0L, 0L, 0UL);
        while (scanner.Address < segment.End)
        {
            var frame = scanner.Address;
            if (!scanner.TryNext(segment.End))
            {
                return null;
            }

            if (count == 0)
            {
                first = scanner.Header.FirstRecord;
                oldest = RecordFormat.TimeOf(scanner.Records.Span);
            }

            count += scanner.Header.RecordCount;
            for (var rest = scanner.Records.Span; rest.Length > 0; rest = rest[RecordFormat.LengthOf(rest)..])
            {
                newest = RecordFormat.TimeOf(rest);
                kinds |= 1UL << (int)RecordFormat.KindOf(rest);
                if (RecordFormat.TopicOf(rest) is var topic and not 0)
                {
                    var sequence = RecordFormat.SequenceOf(rest);
                    rows[topic] = rows.TryGetValue(topic, out var row)
                        ? row with { Count = row.Count + 1, Last = sequence }
                        : new SegmentIndexRow(topic, 1, sequence, sequence, frame);
                }
            }
        }

        return new SegmentIndex(segment.BaseAddress, segment.End, first, count, oldest, newest, new RecordKinds(kinds), [.. rows.Values]);
    }

    /// <summary>Puts the file in place, whole or not at all.</summary>
    public void Save(IDisk disk, string directory)
    {
        var content = new byte[HeadSizeBytes + Rows.Count * RowSizeBytes];
        Magic.CopyTo(content);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(12), Rows.Count);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(16), BaseAddress);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(24), End);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(32), FirstRecord);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(40), RecordCount);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(48), OldestTime);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(56), NewestTime);
        BinaryPrimitives.WriteUInt64LittleEndian(content.AsSpan(64), Kinds.Bits);
        for (var index = 0; index < Rows.Count; index++)
        {
            var row = Rows[index];
            var target = content.AsSpan(HeadSizeBytes + index * RowSizeBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(target, row.Topic);
            BinaryPrimitives.WriteInt32LittleEndian(target[4..], row.Count);
            BinaryPrimitives.WriteInt64LittleEndian(target[8..], row.First);
            BinaryPrimitives.WriteInt64LittleEndian(target[16..], row.Last);
            BinaryPrimitives.WriteInt64LittleEndian(target[24..], row.FirstFrame);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(76), ChecksumOf(content));
        disk.ReplaceFile(directory, NameOf(BaseAddress), content);
    }

    private static SegmentIndex? Parse(ReadOnlySpan<byte> content, long baseAddress)
    {
        if (content.Length < HeadSizeBytes
            || !content.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(content[8..]) != Version
            || content.Length != HeadSizeBytes + (long)BinaryPrimitives.ReadInt32LittleEndian(content[12..]) * RowSizeBytes
            || BinaryPrimitives.ReadInt64LittleEndian(content[16..]) != baseAddress
            || BinaryPrimitives.ReadUInt32LittleEndian(content[76..]) != ChecksumOf(content))
        {
            return null;
        }

        var rows = new SegmentIndexRow[BinaryPrimitives.ReadInt32LittleEndian(content[12..])];
        for (var index = 0; index < rows.Length; index++)
        {
            var row = content[(HeadSizeBytes + index * RowSizeBytes)..];
            rows[index] = new SegmentIndexRow(
                BinaryPrimitives.ReadUInt32LittleEndian(row), BinaryPrimitives.ReadInt32LittleEndian(row[4..]), BinaryPrimitives.ReadInt64LittleEndian(row[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(row[16..]), BinaryPrimitives.ReadInt64LittleEndian(row[24..]));
        }

        return new SegmentIndex(
            baseAddress,
            BinaryPrimitives.ReadInt64LittleEndian(content[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(content[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(content[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(content[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(content[56..]),
            new RecordKinds(BinaryPrimitives.ReadUInt64LittleEndian(content[64..])),
            rows);
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> content) => Crc32C.Append(Crc32C.Append(0, content[..76]), content[HeadSizeBytes..]);
}
