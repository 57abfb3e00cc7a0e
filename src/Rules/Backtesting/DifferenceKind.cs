namespace IoTGateway.Rules;

/// <summary>How two rule sets differ over one alert of one patient.</summary>
public enum DifferenceKind
{
    /// <summary>Only the new rules raise it.</summary>
    OnlyNew = 0,

    /// <summary>Only the old rules raise it.</summary>
    OnlyOld = 1,

    /// <summary>Both raise it, at other times, or it ends at another time.</summary>
    Moved = 2,

    /// <summary>Both raise it at the same time, but come to other levels.</summary>
    Level = 3,

    /// <summary>The old rules raise it once more while it stands by the new ones.</summary>
    Joined = 4,

    /// <summary>The new rules raise it once more while it stands by the old ones.</summary>
    Split = 5,
}
