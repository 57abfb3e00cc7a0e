using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>One thing that happened to an alert: a record of the log. The state of all alerts follows from these alone.</summary>
public sealed record AlertEvent
{
    /// <summary>Its place among all events of the ledger, from 1 without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>The number of its episode among all episodes of the ledger, from 1.</summary>
    public required long EpisodeNumber { get; init; }

    /// <summary>What happened.</summary>
    public required AlertChange Change { get; init; }

    /// <summary>The state before; <see cref="AlertState.Unknown"/> where the episode begins.</summary>
    public required AlertState Previous { get; init; }

    /// <summary>The alert after it.</summary>
    public required AlertStatus Status { get; init; }

    /// <summary>When it happened, in event time.</summary>
    public required Instant Time { get; init; }

    /// <summary>When the input that caused it was recorded in the log, or the time of the tick.</summary>
    public required Instant Recorded { get; init; }

    /// <summary>Where in the log the input stands that caused it; for a tick, how far the log had been consumed.</summary>
    public required LogPosition Input { get; init; }

    /// <summary>The person who caused it; empty for the rules and the gateway.</summary>
    public string By { get; init; } = "";

    /// <summary>
    /// Why it happened, in words, where that is not <see cref="AlertStatus.Reason"/>: what people did to it, and what came of that. Else empty.
    /// </summary>
    public string Why { get; init; } = "";

    /// <summary>The ward the alert stood in before; empty unless it moved to another one.</summary>
    public string PreviousWard { get; init; } = "";

    /// <summary>Whether people are told: what has only been pending, or is only tried, is in the log but is not an alert.</summary>
    public bool IsShown => !Status.Shadow && Status.State != AlertState.Pending && !(Status.State == AlertState.Ended && Previous == AlertState.Pending);
}
