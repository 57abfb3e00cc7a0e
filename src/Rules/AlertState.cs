namespace IoTGateway.Rules;

/// <summary>The life of an alert. The zero value is "unknown" and never stands in a record.</summary>
public enum AlertState
{
    /// <summary>Not a state.</summary>
    Unknown = 0,

    /// <summary>The condition holds, but not yet for long enough (<c>for</c>).</summary>
    Pending = 1,

    /// <summary>Raised.</summary>
    Active = 2,

    /// <summary>The clear condition holds, but not yet for long enough (<c>clear after</c>).</summary>
    Clearing = 3,

    /// <summary>Over, but kept until a person acknowledges it (<c>latch</c>). Entered by the alert ledger, not by the engine.</summary>
    Latched = 4,

    /// <summary>Over.</summary>
    Ended = 5,
}
