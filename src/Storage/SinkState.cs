using IoTGateway.Readings;

namespace IoTGateway.Storage;

/// <summary>How a sink is doing. Immutable; replaced as a whole.</summary>
public sealed record SinkState
{
    /// <summary>When rows were stored last; null if none were since the start.</summary>
    public Instant? LastSuccess { get; init; }

    /// <summary>What went wrong last, in words that say what to do; null if nothing did since the start. Holds no patient data.</summary>
    public string? LastError { get; init; }

    /// <summary>Since when it has been trying in vain; null while it works.</summary>
    public Instant? RetryingSince { get; init; }

    /// <summary>Whether it takes a person to mend what went wrong last, such as a password; false while it works.</summary>
    public bool NeedsSomebody { get; init; }

    /// <summary>Rows stored since the start, those that came twice counted twice.</summary>
    public long RowsStored { get; init; }

    /// <summary>Rows the database refused for good since the start; each was handed on as a dead letter.</summary>
    public long RowsRejected { get; init; }
}
