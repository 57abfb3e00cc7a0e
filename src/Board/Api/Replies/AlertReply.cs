namespace IoTGateway.Board.Api.Replies;

/// <summary>One alert of one patient; the members of the retained MQTT topic and what people need besides.</summary>
internal sealed record AlertReply
{
    /// <summary>The alert of this patient, whatever its episode.</summary>
    public required string Id { get; init; }

    /// <summary>This raise of it, which an acknowledgement names.</summary>
    public required string Episode { get; init; }

    /// <summary>The alert's name.</summary>
    public required string Alert { get; init; }

    /// <summary>Whose.</summary>
    public required string Patient { get; init; }

    /// <summary>Where.</summary>
    public required string Ward { get; init; }

    /// <summary>Where; empty for an unassigned device.</summary>
    public required string Bed { get; init; }

    /// <summary>"high", "medium" or "low".</summary>
    public required string Priority { get; init; }

    /// <summary>"physiological" or "technical".</summary>
    public required string Kind { get; init; }

    /// <summary>"pending", "active", "clearing", "latched" or "ended".</summary>
    public required string State { get; init; }

    /// <summary>Whether somebody has acknowledged this episode.</summary>
    public required bool Acknowledged { get; init; }

    /// <summary>Who, when and with what note; absent while nobody has.</summary>
    public AcknowledgementReply? Acknowledgement { get; init; }

    /// <summary>Held back because another alert says the same.</summary>
    public required bool Suppressed { get; init; }

    /// <summary>The name of the alert that holds it back; absent where none does.</summary>
    public string? SuppressedBy { get; init; }

    /// <summary>Held back by a person for a time.</summary>
    public required bool Silenced { get; init; }

    /// <summary>Who silenced it, why and until when; absent while nobody has.</summary>
    public SilenceReply? Silence { get; init; }

    /// <summary>What holds back all alerts of the patient: "none", "pause" or "standby".</summary>
    public required string Hold { get; init; }

    /// <summary>Whether it calls for somebody: nobody has acknowledged it, and nothing holds it back.</summary>
    public required bool Calls { get; init; }

    /// <summary>When it calls again although it was acknowledged, ISO 8601 in UTC; absent: never.</summary>
    public string? CallsAgain { get; init; }

    /// <summary>Who has been told and who is next; absent where nobody is told, and in what has been.</summary>
    public EscalationReply? Escalation { get; init; }

    /// <summary>Rests on a questionable value, or can no longer be evaluated.</summary>
    public required bool Unverified { get; init; }

    /// <summary>Since when the condition has held, ISO 8601 in UTC.</summary>
    public required string Since { get; init; }

    /// <summary>When the present state was entered, ISO 8601 in UTC.</summary>
    public required string Changed { get; init; }

    /// <summary>The value that decided, with its unit.</summary>
    public required string Value { get; init; }

    /// <summary>The limit, with its unit.</summary>
    public required string Limit { get; init; }

    /// <summary>The rule's message.</summary>
    public required string Message { get; init; }

    /// <summary>Why it is in this state, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The version of the rule set that decided.</summary>
    public required string RuleSet { get; init; }
}
