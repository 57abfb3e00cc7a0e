namespace IoTGateway.Alerts;

/// <summary>What became of an acknowledgement.</summary>
public enum AcknowledgeResult
{
    /// <summary>It is recorded.</summary>
    Acknowledged = 0,

    /// <summary>Somebody had acknowledged this episode before; the first one stands.</summary>
    AlreadyAcknowledged = 1,

    /// <summary>The episode is not the present one, or the alert has become more urgent than the person saw it: look again.</summary>
    Stale = 2,

    /// <summary>There is no such alert.</summary>
    Unknown = 3,
}
