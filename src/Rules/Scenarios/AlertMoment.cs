namespace IoTGateway.Rules.Scenarios;

/// <summary>What stands of an alert from a moment on.</summary>
internal sealed record AlertMoment
{
    /// <summary>Before anything happened.</summary>
    public static readonly AlertMoment Nothing = new() { State = AlertState.Ended };

    /// <summary>From when on, from the beginning of the scenario.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Its state; <see cref="AlertState.Ended"/> while it does not stand.</summary>
    public required AlertState State { get; init; }

    /// <summary>The level it is at.</summary>
    public AlertPriority Priority { get; init; }

    /// <summary>Whether it is marked so.</summary>
    public bool Unverified { get; init; }

    /// <summary>The alert that holds it back; empty where there is none.</summary>
    public string SuppressedBy { get; init; } = "";

    /// <summary>Whether its rule is only tried.</summary>
    public bool Shadow { get; init; }

    /// <summary>Whether a person has acknowledged it.</summary>
    public bool Acknowledged { get; init; }

    /// <summary>Since when a person has acknowledged it; nothing while nobody has.</summary>
    public TimeSpan AcknowledgedAt { get; init; }

    /// <summary>Whether it begins to call again at this moment although it was acknowledged.</summary>
    public bool IsRearmed { get; init; }

    /// <summary>What people read.</summary>
    public string Message { get; init; } = "";

    /// <summary>Since when it calls people: told, and not acknowledged; null while it does not.</summary>
    public TimeSpan? CallsSince { get; init; }

    /// <summary>Whether it is raised: active, or clearing.</summary>
    public bool IsRaised => State is AlertState.Active or AlertState.Clearing;

    /// <summary>Whether people still have it before them: raised, or latched.</summary>
    public bool Stands => IsRaised || State == AlertState.Latched;

    /// <summary>Whether people are told of it: it is in earnest, and nothing holds it back.</summary>
    public bool IsTold => !Shadow && SuppressedBy.Length == 0;

    /// <summary>The state in words, with its marks.</summary>
    public override string ToString()
    {
        if (State == AlertState.Ended)
        {
            return "-";
        }

        var marks = (Shadow ? ", only tried" : "") + (Unverified ? ", unverified" : "") + (Acknowledged ? ", acknowledged" : "")
            + (SuppressedBy.Length > 0 ? $", suppressed by {SuppressedBy}" : "");
        return $"{State.ToString().ToLowerInvariant()} ({Priority.ToString().ToLowerInvariant()}{marks})";
    }
}
