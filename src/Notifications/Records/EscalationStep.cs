using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Records;

/// <summary>
/// How far the escalation of one episode has come after a step of it: a record of the log that stands before the pages of the step. It holds the whole of it,
/// so that what follows does not depend on later files.
/// </summary>
public sealed record EscalationStep
{
    /// <summary>The <see cref="Alerts.AlertStatus.Episode"/>.</summary>
    public required string Episode { get; init; }

    /// <summary>The ward, for the record's topic.</summary>
    public required string Ward { get; init; }

    /// <summary>The patient, for the record's topic.</summary>
    public required string Patient { get; init; }

    /// <summary>The alert event with which the alert began to call.</summary>
    public required long Call { get; init; }

    /// <summary>The newest alert event that was told as a raise: the same, or a rise in priority since.</summary>
    public required long Raise { get; init; }

    /// <summary>From when on the times of the stages count.</summary>
    public required Instant Since { get; init; }

    /// <summary>The stages.</summary>
    public required ImmutableArray<EscalationStage> Stages { get; init; }

    /// <summary>How many of them were reached.</summary>
    public int Reached { get; init; }

    /// <summary>When the last of them was reached, or when it was repeated last.</summary>
    public Instant ReachedAt { get; init; }

    /// <summary>How often all stages were told again, since nobody had acknowledged.</summary>
    public int Repeats { get; init; }

    /// <summary>Whether people are told the end.</summary>
    public bool TellWhenOver { get; init; }

    /// <summary>Whether they were.</summary>
    public bool OverTold { get; init; }

    /// <summary>Whether this step told nobody, although it was to: no route fits, or nobody has the role at that hour.</summary>
    public bool TellsNobody { get; init; }

    /// <summary>When this step was.</summary>
    public required Instant At { get; init; }

    /// <summary>What was done and why, in words.</summary>
    public required string Why { get; init; }
}
