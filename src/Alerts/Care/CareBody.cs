namespace IoTGateway.Alerts.Care;

/// <summary>The JSON of a change of care in the log; see <see cref="CareRecord"/>.</summary>
internal sealed class CareBody
{
    public int V { get; init; }

    public long Number { get; init; }

    public required string Change { get; init; }

    public required string Patient { get; init; }

    public required string Ward { get; init; }

    public required string Bed { get; init; }

    public string? Limit { get; init; }

    public long Time { get; init; }

    public long Recorded { get; init; }

    public long Input { get; init; }

    public string? By { get; init; }

    public required string Why { get; init; }

    public string? RuleSet { get; init; }

    public string? PauseBy { get; init; }

    public long? PauseSince { get; init; }

    public long? PauseUntil { get; init; }

    public string? StandbyBy { get; init; }

    public string? StandbyFor { get; init; }

    public long? StandbySince { get; init; }

    public long? StandbyUntil { get; init; }

    public CareLimitBody[]? Limits { get; init; }
}
