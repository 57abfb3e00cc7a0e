namespace IoTGateway.Queue.Figures;

/// <summary>
/// When the oldest record was appended that a consumer has not delivered, topic by topic. Looked for from the consumer's place on, and
/// remembered until it is delivered.
/// </summary>
internal sealed class OldestRecords
{
    /// <summary>So much of the log is looked through at once; devices that publish now and then at all are met long before.</summary>
    private const long LookedThroughBytes = 256L << 20;

    private readonly Dictionary<uint, (long Sequence, long Time)> _known = [];

    public Dictionary<uint, long?> Find(DurableLog log, LogConsumer consumer, List<Topic> topics)
    {
        var found = new Dictionary<uint, long?>();
        var missing = new Dictionary<uint, long>();
        foreach (var topic in topics)
        {
            if (consumer.Delivered.Of(topic.Id) is not { } delivered || delivered >= Volatile.Read(ref topic.LastSequence))
            {
                _known.Remove(topic.Id);
            }
            else if (_known.TryGetValue(topic.Id, out var oldest) && oldest.Sequence > delivered)
            {
                found[topic.Id] = oldest.Time;
            }
            else
            {
                missing[topic.Id] = delivered;
            }
        }

        if (missing.Count > 0)
        {
            LookFor(log, consumer, missing, found);
        }

        return found;
    }

    private void LookFor(DurableLog log, LogConsumer consumer, Dictionary<uint, long> missing, Dictionary<uint, long?> found)
    {
        var from = consumer.Position;
        using var reader = log.OpenReader(from, consumer.Kinds);
        while (missing.Count > 0 && reader.Position.Address - from.Address < LookedThroughBytes && reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                if (record.Topic is { } topic && missing.TryGetValue(topic.Id, out var delivered) && record.Sequence > delivered)
                {
                    _known[topic.Id] = (record.Sequence, record.TimeUnixMilliseconds);
                    found[topic.Id] = record.TimeUnixMilliseconds;
                    missing.Remove(topic.Id);
                }
            }
        }
    }
}
