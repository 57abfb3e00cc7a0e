namespace IoTGateway.Alerts.Orders;

/// <summary>What became of an order.</summary>
public enum OrderOutcome
{
    /// <summary>It is done, and durable.</summary>
    Done = 0,

    /// <summary>It is not allowed; the sentence says what would be.</summary>
    Refused = 1,

    /// <summary>What the person saw has changed: look again.</summary>
    Stale = 2,

    /// <summary>There is no such alert, patient or limit.</summary>
    Unknown = 3,
}
