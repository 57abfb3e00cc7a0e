using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>The present state of one alert of one patient.</summary>
public sealed record AlertStatus
{
    /// <summary>The alert of this patient, whatever its episode: <c>{patient}:{slug}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>This raise of it; unique for ever.</summary>
    public required string Episode { get; init; }

    /// <summary>The alert's name.</summary>
    public required string Alert { get; init; }

    /// <summary>The name as it stands in topics.</summary>
    public required string Slug { get; init; }

    /// <summary>Whose.</summary>
    public required string Patient { get; init; }

    /// <summary>Where.</summary>
    public required string Ward { get; init; }

    /// <summary>Where; empty for an unassigned device.</summary>
    public required string Bed { get; init; }

    /// <summary>How soon somebody has to act.</summary>
    public required AlertPriority Priority { get; init; }

    /// <summary>The patient, or what measures the patient.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>Where in its life it is.</summary>
    public required AlertState State { get; init; }

    /// <summary>Who has seen it; null while nobody has.</summary>
    public Acknowledgement? Acknowledgement { get; init; }

    /// <summary>Held back because another alert says the same. Nobody is called, but it is shown, and its life goes on.</summary>
    public bool Suppressed { get; init; }

    /// <summary>The name of the alert that holds it back; empty where none does.</summary>
    public string SuppressedBy { get; init; } = "";

    /// <summary>Whether its rule is only tried: it stands in the log, and nobody is told of it.</summary>
    public bool Shadow { get; init; }

    /// <summary>Held back by a person for a time; null while it is not.</summary>
    public Silence? Silence { get; init; }

    /// <summary>Whether a person has held it back for a time.</summary>
    public bool Silenced => Silence is not null;

    /// <summary>Who has silenced this episode lately.</summary>
    internal SilenceTrail PastSilences { get; init; } = SilenceTrail.None;

    /// <summary>What holds back all alerts of the patient.</summary>
    public PatientHold Hold { get; init; }

    /// <summary>When it calls again although it was acknowledged, if its condition still holds then; null: never, or nobody has acknowledged it.</summary>
    public Instant? ReAlarmAt { get; init; }

    /// <summary>Whether it calls for somebody: it is raised or latched, nobody has acknowledged it, and nothing holds it back.</summary>
    public bool Calls =>
        State is AlertState.Active or AlertState.Clearing or AlertState.Latched
        && !Shadow && Acknowledgement is null && !Suppressed && Silence is null && Hold == PatientHold.None;

    /// <summary>Rests on a questionable value, or can no longer be evaluated.</summary>
    public bool Unverified { get; init; }

    /// <summary>Whether it stays until a person acknowledges it, when its condition is over.</summary>
    public bool Latch { get; init; }

    /// <summary>
    /// No rule evaluates it any more, because the rules had to begin anew or stopped for this patient. It stays, unverified, until the rules
    /// take it up again or a person acknowledges it.
    /// </summary>
    public bool Orphaned { get; init; }

    /// <summary>Since when the condition has held, in event time.</summary>
    public required Instant Since { get; init; }

    /// <summary>When the present state was entered, in event time.</summary>
    public required Instant Changed { get; init; }

    /// <summary>The value that decided, with its unit.</summary>
    public required string Value { get; init; }

    /// <summary>The limit compared with, with its unit.</summary>
    public required string Limit { get; init; }

    /// <summary>The rule's message with its values filled in.</summary>
    public required string Message { get; init; }

    /// <summary>Why it entered the present state, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The version of the rule set that decided.</summary>
    public required string RuleSet { get; init; }
}
