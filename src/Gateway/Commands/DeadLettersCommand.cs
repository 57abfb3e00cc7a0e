using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using Spectre.Console;

namespace IoTGateway.Commands;

/// <summary><c>queue dead-letters</c>: what consumers could not use, and why. What was published is printed only with <c>--payload</c>; a sink's reason may quote from it.</summary>
internal static class DeadLettersCommand
{
    public static Command Create()
    {
        var data = QueueCommands.RequiredData();
        var format = CommonOptions.Format("table", "csv", "json");
        var consumer = new Option<string?>("--consumer") { Description = "Only those of this consumer.", HelpName = "CONSUMER" };
        var topic = new Option<string?>("--topic") { Description = "Only those of this topic.", HelpName = "TOPIC" };
        var payload = new Option<bool>("--payload") { Description = "With what was published: patient data." };
        var letters = new Command("dead-letters", "What consumers could not use, with the reason.") { data, consumer, topic, payload, format };
        letters.SetAction(parsed => List(
            QueueCommands.LogOf(parsed.GetRequiredValue(data)), parsed.GetValue(consumer), parsed.GetValue(topic), parsed.GetValue(payload), parsed.GetRequiredValue(format)));
        return letters;
    }

    private static int List(LogSnapshot log, string? consumer, string? topic, bool withPayload, string format)
    {
        const string Prefix = "dead-letters/";
        using var output = Console.OpenStandardOutput();
        using var text = new StreamWriter(output);
        var table = new Table().AddColumns("Consumer", "Topic", "Sequence", "Received", "Reason");
        if (format == "csv")
        {
            text.WriteLine("consumer,topic,sequence,received,reason" + (withPayload ? ",payload" : ""));
        }

        using var reader = log.OpenReader(RecordKinds.Of(RecordKind.DeadLetter));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                var letter = DeadLetterRecord.Read(record.Body);
                var of = record.Topic is { } place && place.Name.StartsWith(Prefix, StringComparison.Ordinal) ? place.Name[Prefix.Length..] : "";
                if ((consumer is not null && consumer != of) || (topic is not null && topic != letter.Topic))
                {
                    continue;
                }

                var received = DateTimeOffset.FromUnixTimeMilliseconds(letter.TimeUnixMilliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
                var body = withPayload ? PayloadOf(letter) : null;
                switch (format)
                {
                    case "json":
                        text.WriteLine(Json(of, letter, received, body));
                        break;
                    case "csv":
                        text.WriteLine(FormattableString.Invariant(
                            $"{QueueListCommand.Csv(of)},{QueueListCommand.Csv(letter.Topic)},{letter.Sequence},{received},{QueueListCommand.Csv(letter.Reason)}")
                            + (body is null ? "" : "," + QueueListCommand.Csv(body)));
                        break;
                    default:
                        table.AddRow(
                            Markup.Escape(of), Markup.Escape(letter.Topic), letter.Sequence.ToString(CultureInfo.InvariantCulture), received,
                            Markup.Escape(letter.Reason + (body is null ? "" : "\n" + body)));
                        break;
                }
            }
        }

        if (format == "table")
        {
            TableOutput.Write(table);
        }

        return ExitCode.Fine;
    }

    private static string PayloadOf(DeadLetterRecord letter)
    {
        var payload = letter.Body.Span;
        if (letter.Kind is RecordKind.Reading or RecordKind.DeviceStatus or RecordKind.Acknowledgement)
        {
            try
            {
                payload = PublishRecord.Read(payload).Payload;
            }
            catch (InvalidDataException)
            {
                // What could not be used may be just this; it is shown as it is.
            }
        }

        return Utf8.IsValid(payload) ? System.Text.Encoding.UTF8.GetString(payload) : "base64:" + Convert.ToBase64String(payload);
    }

    /// <summary>One JSON object a line, as <c>queue dump</c> prints.</summary>
    private static string Json(string consumer, DeadLetterRecord letter, string received, string? payload)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("consumer"u8, consumer);
            writer.WriteString("topic"u8, letter.Topic);
            writer.WriteNumber("seq"u8, letter.Sequence);
            writer.WriteString("received"u8, received);
            writer.WriteString("reason"u8, letter.Reason);
            if (payload is not null)
            {
                writer.WriteString("payload"u8, payload);
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
