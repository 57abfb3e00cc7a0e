using IoTGateway.Queue;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Care;

/// <summary>A change of how a patient is cared for: a record of the log. What is decided for all patients follows from these alone.</summary>
public sealed record CareEvent
{
    /// <summary>Its place among all changes of care, from 1 without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>What changed.</summary>
    public required CareChange Change { get; init; }

    /// <summary>Whose care.</summary>
    public required string Patient { get; init; }

    /// <summary>Where the patient lay.</summary>
    public required string Ward { get; init; }

    /// <summary>Where the patient lay; empty for an unassigned device.</summary>
    public required string Bed { get; init; }

    /// <summary>The patient's whole care after it.</summary>
    public required PatientCare Care { get; init; }

    /// <summary>The limit that was set or ended; empty for all other changes.</summary>
    public string Limit { get; init; } = "";

    /// <summary>When it happened, in the time of the log; of a time that ran out, when it did.</summary>
    public required Instant Time { get; init; }

    /// <summary>When the input that caused it was recorded, or the time of the tick.</summary>
    public required Instant Recorded { get; init; }

    /// <summary>Where in the log the input stands that caused it; for a tick, how far the log had been consumed.</summary>
    public required LogPosition Input { get; init; }

    /// <summary>The person who caused it; empty for the rules and the gateway.</summary>
    public string By { get; init; } = "";

    /// <summary>Why, in words.</summary>
    public required string Why { get; init; }

    /// <summary>The version of the rule set in force; empty if there was none.</summary>
    public string RuleSet { get; init; } = "";
}
