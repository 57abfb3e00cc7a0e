using System.Buffers;

namespace IoTGateway.Queue.Records;

/// <summary>A record that a consumer could not use, whole, with the reason. It stands in the topic <c>dead-letters/{consumer}</c>.</summary>
/// <remarks><code>
/// offset size
///      0    1  kind of the original record
///      1    8  log position of the original record, little-endian
///      9    8  its sequence number
///     17    8  its time, Unix milliseconds
///     25    2+ its topic          (length, UTF-8)
///           2+ the reason         (length, UTF-8)
///           .  its body, to the end of the record
/// </code></remarks>
public sealed record DeadLetterRecord(
    RecordKind Kind, LogPosition Position, long Sequence, long TimeUnixMilliseconds, string Topic, string Reason, ReadOnlyMemory<byte> Body)
{
    /// <summary>The topic of the dead letters of a consumer.</summary>
    public static string TopicOf(string consumer) => "dead-letters/" + consumer;

    /// <summary>Writes the body of the dead letter of a record.</summary>
    public static void Write(IBufferWriter<byte> target, in LogRecord record, string reason) =>
        Write(target, record.Kind, record.Position, record.Sequence, record.TimeUnixMilliseconds, record.Topic?.Name ?? "", reason, record.Body);

    /// <summary>Writes the body of this dead letter.</summary>
    public void Write(IBufferWriter<byte> target) => Write(target, Kind, Position, Sequence, TimeUnixMilliseconds, Topic, Reason, Body.Span);

    /// <summary>Reads the body of a dead letter.</summary>
    public static DeadLetterRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        return new DeadLetterRecord(
            (RecordKind)reader.ReadByte(), new LogPosition(reader.ReadInt64()), reader.ReadInt64(), reader.ReadInt64(), reader.ReadText(), reader.ReadText(),
            reader.ReadRest().ToArray());
    }

    private static void Write(
        IBufferWriter<byte> target, RecordKind kind, LogPosition position, long sequence, long time, string topic, string reason, ReadOnlySpan<byte> body)
    {
        var writer = new BodyWriter(target);
        writer.WriteByte((byte)kind);
        writer.WriteInt64(position.Address);
        writer.WriteInt64(sequence);
        writer.WriteInt64(time);
        writer.WriteText(topic);
        writer.WriteText(reason);
        writer.WriteBytes(body);
    }
}
