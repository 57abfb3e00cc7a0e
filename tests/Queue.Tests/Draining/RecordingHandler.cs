using System.Text;
using IoTGateway.Queue.Draining;

namespace IoTGateway.Queue.Tests.Draining;

/// <summary>A sink that keeps what it gets as "topic#sequence", and fails as told.</summary>
internal sealed class RecordingHandler : ISinkHandler
{
    private readonly Lock _gate = new();
    private readonly List<string> _delivered = [];

    /// <summary>What is answered; null for "delivered". Called with the records' names, without those of no topic.</summary>
    public Func<IReadOnlyList<string>, Delivery?> Answer { get; set; } = _ => null;

    /// <summary>Runs before the answer.</summary>
    public Func<IReadOnlyList<string>, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public int Calls { get; private set; }

    public LogPosition Cursor { get; private set; }

    public string[] Delivered
    {
        get
        {
            lock (_gate)
            {
                return [.. _delivered];
            }
        }
    }

    public IEnumerable<string> DeliveredOf(string topic) => Delivered.Where(name => name.StartsWith(topic + "#", StringComparison.Ordinal));

    public async ValueTask<Delivery> DeliverAsync(RecordBatch records, LogPosition cursor, CancellationToken cancellation)
    {
        var names = new List<string>();
        for (var index = 0; index < records.Count; index++)
        {
            var record = records[index];
            names.Add(record.Topic is null ? Encoding.UTF8.GetString(record.Body) : $"{record.Topic.Name}#{record.Sequence}");
        }

        lock (_gate)
        {
            Calls++;
        }

        await Before(names, cancellation);
        lock (_gate)
        {
            if (Answer(names) is { } answer)
            {
                return answer;
            }

            _delivered.AddRange(names);
            Cursor = cursor;
            return Delivery.Done;
        }
    }
}
