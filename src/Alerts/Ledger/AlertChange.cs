namespace IoTGateway.Alerts;

/// <summary>What an <see cref="AlertEvent"/> tells of an alert.</summary>
public enum AlertChange
{
    /// <summary>Not a change; never stands in a record.</summary>
    Unknown = 0,

    /// <summary>It entered another state.</summary>
    Entered = 1,

    /// <summary>It stays in its state, but its priority, values, words or flags are others.</summary>
    Updated = 2,

    /// <summary>A person acknowledged it; a latched one ends by that.</summary>
    Acknowledged = 3,

    /// <summary>Its patient lies elsewhere now; state and acknowledgement stay.</summary>
    Moved = 4,

    /// <summary>
    /// It was held back, by another alert, a silence, a care pause or a standby, which is over, and still stands: from now on it calls like one just raised.
    /// One that is clearing at that moment is not announced, since it is about to end; it calls if it becomes active again.
    /// </summary>
    Announced = 5,

    /// <summary>A person silenced it for a time, or for another time than before.</summary>
    Silenced = 6,

    /// <summary>Its silence is over, but it calls nobody: it is acknowledged, or something else holds it back. Else it is <see cref="Announced"/>.</summary>
    SilenceEnded = 7,

    /// <summary>From now on its patient's pause or standby holds it back.</summary>
    Held = 8,

    /// <summary>Its patient's pause or standby is over, but it calls nobody. Else it is <see cref="Announced"/>.</summary>
    Released = 9,

    /// <summary>It was acknowledged, but its condition still holds: the acknowledgement is taken away, and it calls again unless something else holds it back.</summary>
    Rearmed = 10,
}
