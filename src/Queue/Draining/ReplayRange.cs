namespace IoTGateway.Queue.Draining;

/// <summary>What of the log is delivered to a sink once more.</summary>
public sealed record ReplayRange
{
    /// <summary>Only this topic; null for all.</summary>
    public string? Topic { get; init; }

    /// <summary>Records appended at or after this time; null: from the oldest that is kept.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Records appended before this time; null: up to the cursor.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The first sequence number of the topic; null: no limit.</summary>
    public long? FromSequence { get; init; }

    /// <summary>The last sequence number of the topic; null: no limit.</summary>
    public long? ToSequence { get; init; }

    /// <summary>The dead letters of the sink instead of the records, and what is parked is tried at once.</summary>
    public bool DeadLetters { get; init; }

    internal bool Holds(in LogRecord record) => Holds(record.Topic?.Name, record.Sequence, record.TimeUnixMilliseconds);

    internal bool Holds(string? topic, long sequence, long timeUnixMilliseconds) =>
        (Topic is null || topic == Topic)
        && !(sequence < FromSequence) && !(sequence > ToSequence)
        && !(timeUnixMilliseconds < From?.ToUnixTimeMilliseconds()) && !(timeUnixMilliseconds >= To?.ToUnixTimeMilliseconds());
}
