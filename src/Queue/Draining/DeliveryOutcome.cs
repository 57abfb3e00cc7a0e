namespace IoTGateway.Queue.Draining;

/// <summary>What came of handing records to a sink.</summary>
public enum DeliveryOutcome
{
    /// <summary>The sink has them all.</summary>
    Delivered = 0,

    /// <summary>The sink takes nothing at present: everything of it waits and is tried again for ever; no topic is at fault.</summary>
    SinkIsAway = 1,

    /// <summary>The sink works, but at least one of these records fails.</summary>
    MessagesFail = 2,

    /// <summary>It failed or did not answer; the sink or one of the records may be at fault.</summary>
    Unclear = 3,
}
