using System.Buffers.Binary;

namespace IoTGateway.Queue.Segments;

/// <summary>A record within a frame. Numbers are little-endian; records follow each other without gaps.</summary>
/// <remarks><code>
/// offset size
///      0    1  kind, see RecordKind
///      1    3  length of the body in bytes
///      4    4  number of the topic; 0: none
///      8    8  sequence number within the topic, from 1; 0 without a topic
///     16    8  when it was appended, Unix milliseconds
///     24    .  body
/// </code></remarks>
internal static class RecordFormat
{
    public const int HeadSizeBytes = 24;

    public const int BodySizeBytesAtMost = (1 << 24) - 1;

    public static void WriteHead(Span<byte> target, RecordKind kind, int bodyLength, uint topic, long sequence, long time)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)bodyLength << 8 | (byte)kind);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], topic);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], time);
    }

    public static RecordKind KindOf(ReadOnlySpan<byte> record) => (RecordKind)record[0];

    public static int BodyLengthOf(ReadOnlySpan<byte> record) => (int)(BinaryPrimitives.ReadUInt32LittleEndian(record) >> 8);

    /// <summary>Bytes from this record to the next.</summary>
    public static int LengthOf(ReadOnlySpan<byte> record) => HeadSizeBytes + BodyLengthOf(record);

    public static uint TopicOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[4..]);

    public static long SequenceOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[8..]);

    public static long TimeOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[16..]);
}
