namespace IoTGateway.Queue.Figures;

/// <summary>
/// Depth, oldest age and rates of each topic and consumer of an open log. Costs 8 bytes a topic and consumer for each of two samples, and no
/// reading of the log but for the oldest records, which are remembered. Safe from any thread.
/// </summary>
public sealed class QueueFigures : IDisposable
{
    /// <summary>How often the numbers are taken from which the rates are worked out.</summary>
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(30);

    private readonly DurableLog _log;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly Dictionary<string, OldestRecords> _oldest = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Sample _older;
    private Sample _newer;

    /// <summary>Begins to take samples.</summary>
    public QueueFigures(DurableLog log, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(clock);
        _log = log;
        _clock = clock;
        _older = _newer = Take();
        _timer = clock.CreateTimer(_ => Resample(), null, SampleInterval, SampleInterval);
    }

    /// <summary>The figures of all topics with the consumers that are open, or of one topic; consumers in the order of their names.</summary>
    /// <param name="topic">The topic's name; null for all.</param>
    public IReadOnlyList<TopicFigures> Of(string? topic = null)
    {
        IReadOnlyList<Topic> topics = topic is null ? _log.Topics : _log.FindTopic(topic) is { } found ? [found] : [];
        lock (_gate)
        {
            var rows = new List<TopicFigures>();
            var seconds = Math.Max(0.001, (_clock.GetUtcNow() - _older.Time).TotalSeconds);
            foreach (var consumer in _log.OpenConsumers().OrderBy(consumer => consumer.Name, StringComparer.Ordinal))
            {
                var wanted = topics.Where(each => consumer.Kinds.Contains(each.Kind)).ToList();
                var oldest = OldestOf(consumer, wanted);
                var before = _older.Delivered.GetValueOrDefault(consumer.Name);
                foreach (var each in wanted)
                {
                    var last = Volatile.Read(ref each.LastSequence);
                    var delivered = consumer.Delivered.Of(each.Id);
                    rows.Add(new TopicFigures(
                        each.Name, last, (last - At(_older.Last, each.Id)) / seconds, consumer.Name,
                        delivered is { } done ? Math.Max(0, last - done) : null, oldest.GetValueOrDefault(each.Id),
                        delivered is { } now && before is not null && At(before, each.Id) is >= 0 and var then ? (now - then) / seconds : null));
                }
            }

            return rows;
        }
    }

    /// <summary>Takes no more samples.</summary>
    public void Dispose() => _timer.Dispose();

    private static long At(long[] numbers, uint topic) => topic < numbers.Length ? numbers[topic] : 0;

    private Dictionary<uint, long?> OldestOf(LogConsumer consumer, List<Topic> topics)
    {
        if (!_oldest.TryGetValue(consumer.Name, out var records))
        {
            records = new OldestRecords();
            _oldest.Add(consumer.Name, records);
        }

        return records.Find(_log, consumer, topics);
    }

    private void Resample()
    {
        var sample = Take();
        lock (_gate)
        {
            (_older, _newer) = (_newer, sample);
        }
    }

    private Sample Take()
    {
        var topics = _log.Topics;
        var size = topics.Count > 0 ? (int)topics.Max(topic => topic.Id) + 1 : 0;
        var last = new long[size];
        foreach (var topic in topics)
        {
            last[topic.Id] = Volatile.Read(ref topic.LastSequence);
        }

        return new Sample(_clock.GetUtcNow(), last, _log.OpenConsumers().ToDictionary(consumer => consumer.Name, consumer => DeliveredBy(consumer, topics, size), StringComparer.Ordinal));
    }

    private static long[] DeliveredBy(LogConsumer consumer, IReadOnlyList<Topic> topics, int size)
    {
        var delivered = new long[size];
        foreach (var topic in topics)
        {
            delivered[topic.Id] = consumer.Delivered.Of(topic.Id) ?? -1;
        }

        return delivered;
    }

    private sealed record Sample(DateTimeOffset Time, long[] Last, Dictionary<string, long[]> Delivered);
}
