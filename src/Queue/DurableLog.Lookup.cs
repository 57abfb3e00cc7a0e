using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <content>Finding a place by its time, and what a consumer has delivered of each topic.</content>
public sealed partial class DurableLog
{
    /// <summary>What the housekeeper has to find out about what consumers have delivered. Under its gate.</summary>
    private readonly Queue<Action> _toLearn = [];

    /// <summary>
    /// The place of the first frame that holds a record appended at or after a time; <see cref="End"/> if there is none. By halving over the
    /// segments, then frame by frame: reads one segment at most.
    /// </summary>
    public LogPosition PositionAt(DateTimeOffset time)
    {
        var wanted = time.ToUnixTimeMilliseconds();
        var segments = _segments;
        var (low, high) = (0, segments.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (FirstTimeOf(segments[middle]) <= wanted)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        // Times never decrease, so the frame before the first one that begins at or behind the time may still hold a record of it.
        var found = Start;
        using var reader = new LogReader(this, segments.Length > 0 ? new LogPosition(segments[low].FirstFrame) : End, RecordKinds.All);
        while (reader.TryReadAny(out var frame))
        {
            foreach (var record in frame)
            {
                if (record.TimeUnixMilliseconds >= wanted)
                {
                    return frame.Position;
                }
            }

            found = frame.Next;
        }

        return LogPosition.Earlier(found < Start ? Start : found, End);
    }

    /// <summary>Looks up a topic by its name; null if there is none.</summary>
    public Topic? FindTopic(string name)
    {
        lock (_gate)
        {
            return _state.Topics.Find(System.Text.Encoding.UTF8.GetBytes(name));
        }
    }

    /// <summary>How many topics there are.</summary>
    public int TopicCount => _state.Topics.Count;

    /// <summary>The consumers that are open.</summary>
    internal IReadOnlyList<LogConsumer> OpenConsumers()
    {
        lock (_gate)
        {
            return [.. _consumers];
        }
    }

    /// <summary>
    /// What a consumer that was opened behind the end has delivered of each topic follows from the topics' first records behind its place. They
    /// are looked for in the background; until they are found, the depth of such a topic is not known.
    /// </summary>
    private void LearnDelivered(LogConsumer consumer, LogPosition from, LogPosition to)
    {
        // Taken under the append lock, with the end: a topic without a record in between has been delivered up to here.
        var last = _state.Topics.InOrder.Select(topic => (topic.Id, topic.LastSequence)).ToArray();
        lock (_housekeepingGate)
        {
            _toLearn.Enqueue(() => Learn(consumer, from, to, last));
        }

        RequestHousekeeping();
    }

    /// <summary>On the housekeeper's thread.</summary>
    private void LearnDelivered()
    {
        while (true)
        {
            Action learn;
            lock (_housekeepingGate)
            {
                if (!_toLearn.TryDequeue(out learn!))
                {
                    return;
                }
            }

            learn();
        }
    }

    private void Learn(LogConsumer consumer, LogPosition from, LogPosition to, (uint Id, long LastSequence)[] last)
    {
        using var reader = new LogReader(this, from, RecordKinds.All);
        while (!_failed.IsCancellationRequested && !Volatile.Read(ref _disposed) && reader.TryReadAny(out var frame) && frame.Position < to)
        {
            frame.ForEachTopic((topic, sequence) => consumer.Delivered.Learn(topic, sequence - 1));
        }

        foreach (var (topic, sequence) in last)
        {
            consumer.Delivered.Learn(topic, sequence);
        }
    }

    private long FirstTimeOf(Segment segment)
    {
        using var reader = new LogReader(this, new LogPosition(segment.FirstFrame), RecordKinds.All);
        return reader.TryReadAny(out var frame) ? frame.FirstTime : long.MaxValue;
    }
}
