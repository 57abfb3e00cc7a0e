namespace IoTGateway.Alerts;

/// <summary>What becomes of an alert under other rules.</summary>
public enum AlertEffectKind
{
    /// <summary>It stands as it is.</summary>
    Kept = 0,

    /// <summary>It stands, but its priority or its rule is another one.</summary>
    Changed = 1,

    /// <summary>It was only pending, and its time begins anew.</summary>
    BeginsAnew = 2,

    /// <summary>It is raised.</summary>
    Raised = 3,

    /// <summary>It ends.</summary>
    Ended = 4,

    /// <summary>It cannot be told, since the state of the rules could not be read.</summary>
    Unknown = 5,
}
