using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Archive;

/// <summary>Which episodes are wanted; null: any.</summary>
public sealed record EpisodeFilter
{
    /// <summary>Those that stood at this time or later.</summary>
    public required Instant From { get; init; }

    /// <summary>Those that were raised before this time.</summary>
    public required Instant To { get; init; }

    /// <summary>Of this ward.</summary>
    public string? Ward { get; init; }

    /// <summary>Of this patient.</summary>
    public string? Patient { get; init; }

    /// <summary>Of this name.</summary>
    public string? Alert { get; init; }

    /// <summary>Of this priority, the highest an episode had.</summary>
    public AlertPriority? Priority { get; init; }

    /// <summary>Of this kind.</summary>
    public AlertKind? Kind { get; init; }

    /// <summary>Only those that somebody has acknowledged, or that nobody has.</summary>
    public bool? Acknowledged { get; init; }

    /// <summary>How many at most, the newest first; 1 to 10,000.</summary>
    public int AtMost { get; init; } = 500;

    /// <summary>Only those older than this episode, for the next page; null: from the newest.</summary>
    public long? BeforeEpisodeNumber { get; init; }
}
