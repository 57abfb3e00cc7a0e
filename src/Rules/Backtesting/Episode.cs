using IoTGateway.Readings;

namespace IoTGateway.Rules.Backtesting;

/// <summary>An alert of one patient from its raise to its end.</summary>
internal sealed class Episode
{
    /// <summary>Whose, by the patient's place in the recording.</summary>
    public required int Patient { get; init; }

    /// <summary>Which alert.</summary>
    public required AlertRule Rule { get; init; }

    /// <summary>When it was raised.</summary>
    public required Instant Raised { get; init; }

    /// <summary>When it ended; of one that still stood, the end of the patient's recording.</summary>
    public Instant Ended { get; set; }

    /// <summary>Whether it still stood at the end of the patient's recording.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>The most urgent level it was at.</summary>
    public required AlertPriority Priority { get; set; }

    /// <summary>The limit compared with at the raise, as formatted by the engine; empty where there is none.</summary>
    public required string Limit { get; init; }

    /// <summary>Why it was raised, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>How long it stood.</summary>
    public TimeSpan Duration => Ended - Raised;

    /// <summary>Whether there is a moment at which both stand.</summary>
    public bool Overlaps(Episode other) => Raised <= other.Ended && other.Raised <= Ended;
}
