using IoTGateway.Alerts;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Archive.Files;

/// <summary>What the table of episodes says of one, beside its names: it follows from the events alone, taken in their order.</summary>
internal sealed record Episode
{
    /// <summary>The highest priority people saw; before they saw any, that of the newest event.</summary>
    public required AlertPriority Highest { get; init; }

    /// <summary>The time of the first event.</summary>
    public required Instant Began { get; init; }

    /// <summary>When people first saw it.</summary>
    public Instant? Raised { get; init; }

    /// <summary>When it first called for somebody.</summary>
    public Instant? Called { get; init; }

    /// <summary>Where it lay then.</summary>
    public string? CalledWard { get; init; }

    /// <summary>Where it lay then.</summary>
    public string? CalledBed { get; init; }

    /// <summary>When somebody first acknowledged it.</summary>
    public Instant? Acknowledged { get; init; }

    /// <summary>When somebody first acknowledged it after it had called.</summary>
    public Instant? Answered { get; init; }

    /// <summary>When its condition was over; null while it holds.</summary>
    public Instant? Over { get; init; }

    /// <summary>When it ended.</summary>
    public Instant? Ended { get; init; }

    /// <summary>The episode after one more event.</summary>
    /// <param name="before">The episode as it was; null at the first event that is known of it.</param>
    /// <param name="happened">The event.</param>
    public static Episode After(Episode? before, AlertEvent happened)
    {
        var status = happened.Status;
        before ??= new Episode { Highest = status.Priority, Began = happened.Time };
        var raised = before.Raised ?? (happened.IsShown ? RaisedAt(happened) : null);
        var called = before.Called ?? (status.Calls ? happened.Time : null);
        var isOver = status.State is AlertState.Latched or AlertState.Ended;
        return before with
        {
            Highest = before.Raised is null || status.Priority > before.Highest ? status.Priority : before.Highest,
            Raised = raised,
            Called = called,
            CalledWard = before.CalledWard ?? (called is null ? null : status.Ward),
            CalledBed = before.CalledBed ?? (called is null ? null : status.Bed),
            Acknowledged = before.Acknowledged ?? status.Acknowledgement?.At,
            Answered = before.Answered ?? (before.Called is null ? null : status.Acknowledgement?.At),
            Over = isOver ? before.Over ?? happened.Time : null,
            Ended = status.State == AlertState.Ended ? happened.Time : null,
        };
    }

    /// <summary>Where its beginning was not seen, the event says since when people know of it.</summary>
    private static Instant RaisedAt(AlertEvent happened) =>
        happened.Previous is AlertState.Unknown or AlertState.Pending
            ? happened.Time
            : happened.Change == AlertChange.Entered ? happened.Status.Since : happened.Status.Changed;
}
