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

    /// <summary>It was held back by another alert, which is over, and still stands: from now on it calls like one just raised.</summary>
    Announced = 5,
}
