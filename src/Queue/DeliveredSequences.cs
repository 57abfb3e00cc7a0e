namespace IoTGateway.Queue;

/// <summary>
/// The number of the newest record of each topic that one consumer has dealt with: 8 bytes a topic. Depth is the topic's last number less this
/// one, so it costs no reading. Safe from any thread.
/// </summary>
internal sealed class DeliveredSequences
{
    private const long Unknown = -1;

    private readonly Lock _growing = new();
    private long[] _byTopic;

    /// <summary>Begins with what is known when a consumer is opened.</summary>
    /// <param name="topics">The topics there are.</param>
    /// <param name="kinds">What the consumer wants to see.</param>
    /// <param name="caughtUp">Whether it stands at the end of the log; if not, what it has delivered is learnt from the log.</param>
    public DeliveredSequences(IEnumerable<Topic> topics, RecordKinds kinds, bool caughtUp)
    {
        var all = topics.ToList();
        _byTopic = new long[Math.Max(16, all.Count > 0 ? (int)all.Max(topic => topic.Id) + 1 : 0)];
        foreach (var topic in all)
        {
            _byTopic[topic.Id] = caughtUp || !kinds.Contains(topic.Kind) ? Volatile.Read(ref topic.LastSequence) : Unknown;
        }
    }

    /// <summary>The newest record of the topic is dealt with up to here; null while it is not known.</summary>
    public long? Of(uint topic)
    {
        var all = Volatile.Read(ref _byTopic);
        return topic >= all.Length ? 0 : Volatile.Read(ref all[topic]) is >= 0 and var known ? known : null;
    }

    /// <summary>A record is dealt with. Called in the order of the topic; a repeat changes nothing.</summary>
    public void Mark(uint topic, long sequence)
    {
        if (topic == 0)
        {
            return;
        }

        var all = Volatile.Read(ref _byTopic);
        if (topic < all.Length)
        {
            if (sequence > Volatile.Read(ref all[topic]))
            {
                Volatile.Write(ref all[topic], sequence);
            }

            return;
        }

        lock (_growing)
        {
            if (topic >= _byTopic.Length)
            {
                var larger = new long[Math.Max(topic + 1, _byTopic.Length * 2)];
                _byTopic.CopyTo(larger, 0);
                Volatile.Write(ref _byTopic, larger);
            }
        }

        Mark(topic, sequence);
    }

    /// <summary>Fills in what was not known: everything before the topic's first record behind the cursor is delivered.</summary>
    public void Learn(uint topic, long sequence)
    {
        var all = Volatile.Read(ref _byTopic);
        if (topic < all.Length)
        {
            Interlocked.CompareExchange(ref all[topic], sequence, Unknown);
        }
    }
}
