using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IoTGateway.Control;
using IoTGateway.Queue;

namespace IoTGateway.Commands;

/// <summary><c>queue show TOPIC</c>: all about one topic. Reads the whole log for what is kept of it.</summary>
internal static class QueueShowCommand
{
    private const int LastReceivedAtMost = 5;

    public static Command Create()
    {
        var data = QueueCommands.RequiredData();
        var format = CommonOptions.Format("table", "csv", "json");
        var topic = new Argument<string>("TOPIC") { Description = "The topic, for example devices/monitor-3/vitals." };
        var show = new Command("show", "One topic: what is kept of it, how far each consumer is, and whether it is parked.") { topic, data, format };
        show.SetAction(async (parsed, cancellation) =>
            await ShowAsync(parsed.GetRequiredValue(topic), parsed.GetRequiredValue(data), parsed.GetRequiredValue(format), cancellation));
        return show;
    }

    private static async Task<int> ShowAsync(string topic, string directory, string format, CancellationToken cancellation)
    {
        var log = QueueCommands.LogOf(directory);
        if (log.Topics.FirstOrDefault(each => each.Name == topic) is not { } found)
        {
            throw new UserErrorException($"There is no topic '{topic}'. See: queue list");
        }

        using var client = new ControlClient(directory);
        var running = await client.TryListAsync(topic, cancellation);
        var (first, last, times) = Kept(log, found);
        var view = new QueueShowView(
            topic, first, last, times, running?.Rows ?? QueueListCommand.RowsOf(log, topic, TimeProvider.System), running?.Parked ?? []);
        switch (format)
        {
            case "json":
                Console.Out.WriteLine(JsonSerializer.Serialize(view, QueueJson.Default.QueueShowView));
                break;
            case "csv":
                QueueListCommand.Write(view.Consumers, format);
                break;
            default:
                Print(view, running is not null);
                break;
        }

        return ExitCode.Fine;
    }

    private static (long? First, long Last, IReadOnlyList<DateTimeOffset> Times) Kept(LogSnapshot log, Topic topic)
    {
        long? first = null;
        var last = 0L;
        var times = new Queue<DateTimeOffset>();
        using var reader = log.OpenReader(RecordKinds.Of(topic.Kind));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                if (record.Topic == topic)
                {
                    first ??= record.Sequence;
                    last = record.Sequence;
                    times.Enqueue(DateTimeOffset.FromUnixTimeMilliseconds(record.TimeUnixMilliseconds));
                    if (times.Count > LastReceivedAtMost)
                    {
                        times.Dequeue();
                    }
                }
            }
        }

        return (first, last, [.. times]);
    }

    private static void Print(QueueShowView view, bool isRunning)
    {
        Line($"{view.Topic}");
        Line(view.FirstSequence is { } first ? (FormattableString)$"kept: {first:#,0} to {view.LastSequence:#,0}" : $"kept: nothing");
        Line($"last received: {string.Join(", ", view.LastReceived.Select(time => time.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)))}");
        QueueListCommand.Write(view.Consumers, "table");
        foreach (var parked in view.Parked)
        {
            Line($"parked for {parked.Consumer}: {parked.Records:#,0} records from {parked.FirstSequence} on, since {parked.Since:yyyy-MM-dd HH:mm:ss'Z'}, {parked.Tries} tries, next at {parked.NextTry:yyyy-MM-dd HH:mm:ss'Z'}. {parked.Reason}");
        }

        if (!isRunning)
        {
            Line($"No gateway runs on these data: what is parked and how fast records come is not shown.");
        }
    }

    private static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
