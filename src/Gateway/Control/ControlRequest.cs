namespace IoTGateway.Control;

/// <summary>What the gateway is asked to do with one consumer, with its rule sets, or with an alert.</summary>
internal sealed record ControlRequest
{
    /// <summary>For pausing the rules: it is understood that nobody is monitored meanwhile.</summary>
    public bool StopMonitoring { get; init; }

    /// <summary>For a replay: only this topic.</summary>
    public string? Topic { get; init; }

    /// <summary>For a replay: records received at or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>For a replay: records received before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>For a replay: the first sequence number of the topic.</summary>
    public long? FromSequence { get; init; }

    /// <summary>For a replay: the last sequence number of the topic.</summary>
    public long? ToSequence { get; init; }

    /// <summary>For a replay: the dead letters, and what is parked at once.</summary>
    public bool DeadLetters { get; init; }

    /// <summary>For rule sets, the census and alerts: who asks.</summary>
    public string By { get; init; } = "";

    /// <summary>For going back to an older rule set: the beginning of its version.</summary>
    public string Version { get; init; } = "";

    /// <summary>For alerts: the alert's id.</summary>
    public string Alert { get; init; } = "";

    /// <summary>For alerts: the episode the person saw.</summary>
    public string Episode { get; init; } = "";

    /// <summary>For alerts: why it is silenced, or the note of an acknowledgement.</summary>
    public string Reason { get; init; } = "";

    /// <summary>For a silence: for how long.</summary>
    public TimeSpan For { get; init; }
}
