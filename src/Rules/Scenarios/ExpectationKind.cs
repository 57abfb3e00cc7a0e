namespace IoTGateway.Rules.Scenarios;

/// <summary>What a scenario expects of an alert.</summary>
internal enum ExpectationKind
{
    /// <summary>It is raised at a moment within the time given; with a priority: raised at it, or stepping to it.</summary>
    Raised,

    /// <summary>It is raised at no moment of the time given.</summary>
    Never,

    /// <summary>It is over, having been raised, at a moment within the time given; one that is latched only when somebody acknowledges it.</summary>
    Cleared,

    /// <summary>It is raised throughout the time given: active or clearing.</summary>
    Active,

    /// <summary>It does not stand throughout the time given: it is neither raised nor latched.</summary>
    NotActive,

    /// <summary>Its condition is over, and it stays until somebody acknowledges it, throughout the time given.</summary>
    Latched,

    /// <summary>A stage of its escalation is reached at a moment within the time given.</summary>
    Escalated,

    /// <summary>It calls again at a moment within the time given, although it was acknowledged, since its condition still holds.</summary>
    Rearmed,

    /// <summary>Its condition holds, but not for long enough yet, throughout the time given.</summary>
    Pending,
}
