using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using IoTGateway.Queue;
using IoTGateway.Queue.Files;
using Spectre.Console;

namespace IoTGateway.Commands;

/// <summary><c>queue list</c> and <c>queue dump</c>: look into the log of a stopped or running gateway, without a lock.</summary>
internal static class QueueCommands
{
    public static Command Create()
    {
        var queue = new Command("queue", "Look into the durable queues of a stopped or running gateway.");
        queue.Add(CreateList());
        queue.Add(CreateDump());
        return queue;
    }

    private static Command CreateList()
    {
        var data = RequiredData();
        var format = CommonOptions.Format("table", "csv", "json");
        var list = new Command("list", "Per topic and consumer: how many records wait, and how old the oldest is.") { data, format };
        list.SetAction(parsed => List(LogOf(parsed.GetRequiredValue(data)), parsed.GetRequiredValue(format), TimeProvider.System));
        return list;
    }

    private static Command CreateDump()
    {
        var data = RequiredData();
        var all = new Option<bool>("--all") { Description = "Every kind of record, not only readings." };
        var dump = new Command("dump", "Print the records, one JSON object a line.") { data, all };
        dump.SetAction(parsed => Dump(LogOf(parsed.GetRequiredValue(data)), parsed.GetValue(all)));
        return dump;
    }

    private static Option<string> RequiredData() => new("--data") { Description = "Directory of the gateway's data.", HelpName = "DIR", DefaultValueFactory = _ => "data" };

    private static LogSnapshot LogOf(string dataDirectory)
    {
        try
        {
            return LogSnapshot.Open(DataLayout.Log(dataDirectory), new RealDisk());
        }
        catch (DirectoryNotFoundException)
        {
            throw new UserErrorException($"There is no gateway data in {Path.GetFullPath(dataDirectory)}; name the directory with --data.");
        }
    }

    private static int List(LogSnapshot log, string format, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var rows = log.Depths()
            .Select(row => new QueueListRow(
                row.Topic, row.LastSequence, row.Consumer, row.Depth,
                row.OldestUnixMilliseconds is { } oldest ? Math.Max(0, (now - DateTimeOffset.FromUnixTimeMilliseconds(oldest)).TotalSeconds) : null))
            .ToList();
        switch (format)
        {
            case "json":
                Console.Out.WriteLine(JsonSerializer.Serialize(rows, QueueJson.Default.IReadOnlyListQueueListRow));
                break;
            case "csv":
                Console.Out.WriteLine("topic,records,consumer,depth,oldest_age_seconds");
                foreach (var row in rows)
                {
                    Console.Out.WriteLine(FormattableString.Invariant($"{row.Topic},{row.Records},{row.Consumer},{row.Depth},{row.OldestAgeSeconds:0.###}"));
                }

                break;
            default:
                var table = new Table().AddColumns("Topic", "Records", "Consumer", "Depth", "Oldest");
                foreach (var row in rows)
                {
                    table.AddRow(
                        Markup.Escape(row.Topic), FormattableString.Invariant($"{row.Records:#,0}"), Markup.Escape(row.Consumer),
                        FormattableString.Invariant($"{row.Depth:#,0}"), row.OldestAgeSeconds is { } age ? FormattableString.Invariant($"{age:0.0} s") : "");
                }

                AnsiConsole.Write(table);
                break;
        }

        return ExitCode.Fine;
    }

    private static int Dump(LogSnapshot log, bool all)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        using var reader = log.OpenReader(all ? RecordKinds.All : RecordKinds.Of(RecordKind.Reading));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                QueueDump.Write(writer, record, withKind: all);
                writer.Flush();
                writer.Reset();
                output.Write("\n"u8);
            }
        }

        return ExitCode.Fine;
    }
}
