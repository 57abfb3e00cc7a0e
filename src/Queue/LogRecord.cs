namespace IoTGateway.Queue;

/// <summary>A record as read from the log. Its spans are valid until the reader goes on.</summary>
public readonly ref struct LogRecord
{
    /// <summary>Where the record stands; unique for ever, so it serves as the record's identity.</summary>
    public required LogPosition Position { get; init; }

    /// <summary>What it is.</summary>
    public required RecordKind Kind { get; init; }

    /// <summary>Its logical queue; null where it belongs to none.</summary>
    public required Topic? Topic { get; init; }

    /// <summary>Its number within the topic, from 1; 0 without a topic.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was appended, in Unix milliseconds; never decreases within the log.</summary>
    public required long TimeUnixMilliseconds { get; init; }

    /// <summary>What it says; the form depends on the kind.</summary>
    public required ReadOnlySpan<byte> Body { get; init; }
}
