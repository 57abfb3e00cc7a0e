namespace IoTGateway.Archive;

/// <summary>What kind of thing a <see cref="TimelineEntry"/> tells of. The numbers stand in the archive and never change their meaning.</summary>
public enum TimelineKind
{
    /// <summary>Never stands in an entry.</summary>
    None = 0,

    /// <summary>An alert was raised, changed or ended.</summary>
    Alert = 1,

    /// <summary>Somebody acknowledged an alert, or it calls again.</summary>
    Acknowledgement = 2,

    /// <summary>An alert was silenced, or calls again.</summary>
    Silence = 3,

    /// <summary>A care pause began or ended.</summary>
    Pause = 4,

    /// <summary>A standby began or ended.</summary>
    Standby = 5,

    /// <summary>A limit was changed at the bedside.</summary>
    Limit = 6,

    /// <summary>An observation was entered, corrected or taken back.</summary>
    Observation = 7,

    /// <summary>A patient or a device came, went or moved.</summary>
    Census = 8,

    /// <summary>Somebody was paged, or could not be.</summary>
    Page = 9,

    /// <summary>Other rules came into force.</summary>
    Rules = 10,
}
