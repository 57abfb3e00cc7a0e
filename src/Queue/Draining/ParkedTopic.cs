namespace IoTGateway.Queue.Draining;

/// <summary>A topic whose records are in the side file. Owned by its lane; the queue is guarded by the side file's gate.</summary>
internal sealed class ParkedTopic(Topic topic, Backoff backoff)
{
    private long _nextTry;

    public Topic Topic { get; } = topic;

    public Backoff Backoff { get; } = backoff;

    /// <summary>Where its records stand in the side file, oldest first.</summary>
    public Queue<ParkedRecord> Records { get; } = new();

    /// <summary>The newest record that was ever parked: what comes again from the log after a crash is known by it.</summary>
    public long LastSequence { get; set; }

    public long SizeBytes { get; set; }

    /// <summary>How often the oldest record has failed by itself.</summary>
    public int Tries { get; set; }

    /// <summary>One of its records was given up: each further one gets one try, until one succeeds.</summary>
    public bool IsGivingUp { get; set; }

    /// <summary>When it is tried again, Unix milliseconds. Any thread may hasten it.</summary>
    public long NextTryUnixMilliseconds
    {
        get => Volatile.Read(ref _nextTry);
        set => Volatile.Write(ref _nextTry, value);
    }

    /// <summary>How many deliveries had gone well when it was tried last: a sink that has taken nothing since then may be at fault itself.</summary>
    public long DeliveriesAtLastTry { get; set; }

    /// <summary>Why it failed last.</summary>
    public string Reason { get; set; } = "";
}
