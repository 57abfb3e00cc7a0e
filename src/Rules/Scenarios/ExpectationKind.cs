namespace IoTGateway.Rules.Scenarios;

/// <summary>What a scenario expects of an alert.</summary>
internal enum ExpectationKind
{
    /// <summary>It is raised at a moment within the time given; with a priority: raised at it, or stepping to it.</summary>
    Raised,

    /// <summary>It is raised at no moment of the time given.</summary>
    Never,

    /// <summary>It ends, having been raised, at a moment within the time given.</summary>
    Cleared,

    /// <summary>It is raised throughout the time given: active or clearing.</summary>
    Active,

    /// <summary>It is not raised throughout the time given.</summary>
    NotActive,

    /// <summary>Its condition holds, but not for long enough yet, throughout the time given.</summary>
    Pending,
}
