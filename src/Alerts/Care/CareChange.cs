namespace IoTGateway.Alerts.Care;

/// <summary>What a <see cref="CareEvent"/> tells of a patient's care.</summary>
public enum CareChange
{
    /// <summary>Not a change; never stands in a record.</summary>
    Unknown = 0,

    /// <summary>A care pause began, or began anew.</summary>
    Paused = 1,

    /// <summary>The care pause is over: by its time, by a person, or broken by an alert.</summary>
    Resumed = 2,

    /// <summary>The patient is away, or away for another time than was said.</summary>
    StoodBy = 3,

    /// <summary>The patient is back, or the time of the standby is over.</summary>
    StandbyEnded = 4,

    /// <summary>A limit was set at the bedside.</summary>
    LimitSet = 5,

    /// <summary>A limit set at the bedside no longer counts: by its time, by a person, or since the rule files no longer allow it.</summary>
    LimitEnded = 6,

    /// <summary>What came late was seen.</summary>
    NoteSeen = 7,

    /// <summary>The patient has gone, and with the patient all that was decided.</summary>
    Discharged = 8,
}
