using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;

namespace IoTGateway.Commands;

/// <summary>A record as one JSON object: <c>{"topic","seq","client","qos","received","payload"}</c>, or <c>payloadBase64</c> where it is not UTF-8.</summary>
internal static class QueueDump
{
    public static void Write(Utf8JsonWriter writer, in LogRecord record, bool withKind)
    {
        writer.WriteStartObject();
        if (withKind)
        {
            writer.WriteString("kind"u8, record.Kind.ToString());
            writer.WriteNumber("position"u8, record.Position.Address);
        }

        if (record.Topic is { } topic)
        {
            writer.WriteString("topic"u8, topic.Name);
            writer.WriteNumber("seq"u8, record.Sequence);
        }

        switch (record.Kind)
        {
            case RecordKind.Reading or RecordKind.DeviceStatus or RecordKind.Acknowledgement:
                var publish = PublishRecord.Read(record.Body);
                writer.WriteString("client"u8, publish.Client);
                writer.WriteNumber("qos"u8, publish.QualityOfService);
                writer.WriteNumber("received"u8, record.TimeUnixMilliseconds);
                WriteBytes(writer, "payload", publish.Payload);
                break;
            case RecordKind.Release:
                var release = ReleaseRecord.Read(record.Body);
                writer.WriteString("client"u8, release.Client);
                writer.WriteNumber("packet"u8, release.PacketIdentifier);
                writer.WriteNumber("received"u8, record.TimeUnixMilliseconds);
                break;
            case RecordKind.Session:
                var session = SessionRecord.Read(record.Body);
                writer.WriteString("client"u8, session.Client);
                writer.WriteString("event"u8, session.Event.ToString());
                writer.WriteNumber("received"u8, record.TimeUnixMilliseconds);
                break;
            case RecordKind.DeadLetter:
                var letter = DeadLetterRecord.Read(record.Body);
                writer.WriteString("originalTopic"u8, letter.Topic);
                writer.WriteNumber("originalSeq"u8, letter.Sequence);
                writer.WriteString("reason"u8, letter.Reason);
                writer.WriteNumber("received"u8, letter.TimeUnixMilliseconds);
                WriteBytes(writer, "body", letter.Body.Span);
                break;
            default:
                writer.WriteNumber("received"u8, record.TimeUnixMilliseconds);
                WriteBytes(writer, "body", record.Body);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteBytes(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> bytes)
    {
        // Text with control characters is text no reader of lines would like; JSON escapes it.
        if (Utf8.IsValid(bytes))
        {
            writer.WriteString(name, Encoding.UTF8.GetString(bytes));
        }
        else
        {
            writer.WriteBase64String(name + "Base64", bytes);
        }
    }
}
