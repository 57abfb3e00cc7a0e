namespace IoTGateway.Alerts.Ledger;

/// <summary>The JSON of an alert event in the log. Times are Unix milliseconds; words are those of <see cref="AlertWords"/>.</summary>
internal sealed class AlertEventBody
{
    public int V { get; init; }

    public long Number { get; init; }

    public long EpisodeNumber { get; init; }

    public required string Change { get; init; }

    public required string Previous { get; init; }

    public long Time { get; init; }

    public long Recorded { get; init; }

    public long Input { get; init; }

    public string? By { get; init; }

    public string? Why { get; init; }

    public string? PreviousWard { get; init; }

    public required string Id { get; init; }

    public required string Episode { get; init; }

    public required string Alert { get; init; }

    public required string Slug { get; init; }

    public required string Patient { get; init; }

    public required string Ward { get; init; }

    public required string Bed { get; init; }

    public required string Priority { get; init; }

    public required string Kind { get; init; }

    public required string State { get; init; }

    public string? AcknowledgedBy { get; init; }

    public long? AcknowledgedAt { get; init; }

    public string? AcknowledgedNote { get; init; }

    public bool Suppressed { get; init; }

    public string? SuppressedBy { get; init; }

    public bool Shadow { get; init; }

    public string? SilencedBy { get; init; }

    public string? SilencedFor { get; init; }

    public long? SilencedAt { get; init; }

    public long? SilencedUntil { get; init; }

    public PastSilenceBody[]? PastSilences { get; init; }

    public string? Hold { get; init; }

    public long? ReAlarmAt { get; init; }

    public bool Unverified { get; init; }

    public bool Latch { get; init; }

    public bool Orphaned { get; init; }

    public long Since { get; init; }

    public long Changed { get; init; }

    public required string Value { get; init; }

    public required string Limit { get; init; }

    public required string Message { get; init; }

    public required string Reason { get; init; }

    public required string RuleSet { get; init; }
}
