using IoTGateway.Readings;

namespace IoTGateway.Archive;

/// <summary>How the archive is doing. Immutable; replaced as a whole.</summary>
public sealed record ArchiveState
{
    /// <summary>When something was archived last; null: not since the start.</summary>
    public Instant? LastSuccess { get; init; }

    /// <summary>What went wrong last, in words that say what to do; null if nothing did since the start. Holds no patient data.</summary>
    public string? LastError { get; init; }

    /// <summary>Since when it has been trying in vain; null while it works.</summary>
    public Instant? RetryingSince { get; init; }

    /// <summary>Records archived since the start.</summary>
    public long Records { get; init; }

    /// <summary>Those among them that this version cannot read: they are kept as they are, and nothing is told of them.</summary>
    public long Unread { get; init; }
}
