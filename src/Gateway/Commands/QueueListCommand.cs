using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IoTGateway.Control;
using IoTGateway.Queue;
using Spectre.Console;

namespace IoTGateway.Commands;

/// <summary><c>queue list</c>: asks the running gateway, which knows; the log of a stopped one is read.</summary>
internal static class QueueListCommand
{
    public static Command Create()
    {
        var data = QueueCommands.RequiredData();
        var format = CommonOptions.Format("table", "csv", "json");
        var list = new Command("list", "Per topic and consumer: how many records wait, how old the oldest is, and how many come and go a second.") { data, format };
        list.SetAction(async (parsed, cancellation) =>
        {
            var directory = parsed.GetRequiredValue(data);
            using var client = new ControlClient(directory);
            var running = await client.TryListAsync(topic: null, cancellation);
            Write(running?.Rows ?? RowsOf(QueueCommands.LogOf(directory), topic: null, TimeProvider.System), parsed.GetRequiredValue(format));
            if (running is not null && parsed.GetRequiredValue(format) == "table")
            {
                WriteSummary(running);
            }

            return ExitCode.Fine;
        });
        return list;
    }

    /// <summary>The same from the log of a stopped gateway, which has to be read from each cursor on. Parked records are not counted.</summary>
    public static IReadOnlyList<QueueRow> RowsOf(LogSnapshot log, string? topic, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return
        [
            .. log.Depths().Where(row => topic is null || row.Topic == topic).Select(row => new QueueRow(
                row.Topic, row.LastSequence, AppendedPerSecond: null, row.Consumer, row.Depth,
                row.OldestUnixMilliseconds is { } oldest ? Math.Max(0, (now - DateTimeOffset.FromUnixTimeMilliseconds(oldest)).TotalSeconds) : null,
                DeliveredPerSecond: null, Parked: 0)),
        ];
    }

    public static void Write(IReadOnlyList<QueueRow> rows, string format)
    {
        switch (format)
        {
            case "json":
                Console.Out.WriteLine(JsonSerializer.Serialize(rows, QueueJson.Default.IReadOnlyListQueueRow));
                break;
            case "csv":
                using (var output = new StreamWriter(Console.OpenStandardOutput()))
                {
                    output.WriteLine("topic,records,consumer,depth,oldest_age_seconds,appended_per_second,delivered_per_second,parked");
                    foreach (var row in rows)
                    {
                        output.WriteLine(FormattableString.Invariant(
                            $"{Csv(row.Topic)},{row.Records},{Csv(row.Consumer)},{row.Depth},{row.OldestAgeSeconds:0.###},{row.AppendedPerSecond:0.###},{row.DeliveredPerSecond:0.###},{row.Parked}"));
                    }
                }

                break;
            default:
                var table = new Table().AddColumns("Topic", "Records", "In/s", "Consumer", "Depth", "Oldest", "Out/s", "Parked");
                foreach (var row in rows)
                {
                    table.AddRow(
                        Markup.Escape(row.Topic), FormattableString.Invariant($"{row.Records:#,0}"), FormattableString.Invariant($"{row.AppendedPerSecond:0.0}"),
                        Markup.Escape(row.Consumer), row.Depth is { } depth ? FormattableString.Invariant($"{depth:#,0}") : "?",
                        row.OldestAgeSeconds is { } age ? FormattableString.Invariant($"{age:0.0} s") : "", FormattableString.Invariant($"{row.DeliveredPerSecond:0.0}"),
                        row.Parked == 0 ? "" : FormattableString.Invariant($"{row.Parked:#,0}"));
                }

                TableOutput.Write(table);
                break;
        }
    }

    /// <summary>A field of a CSV file (RFC 4180): quoted where it has to be.</summary>
    public static string Csv(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static void WriteSummary(QueueListing listing)
    {
        foreach (var consumer in listing.Consumers)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{consumer.Name}: {consumer.Depth:#,0} records behind{(consumer.Paused ? ", PAUSED" : "")}{(consumer.Trouble is null ? "" : ". " + consumer.Trouble)}"));
        }

        if (listing.Parked.Count > 0)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{listing.Parked.Count} topics are parked; see: queue show TOPIC"));
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{listing.Refused:#,0} messages were refused since the start."));
    }
}
