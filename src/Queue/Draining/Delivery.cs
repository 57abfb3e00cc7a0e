namespace IoTGateway.Queue.Draining;

/// <summary>What came of handing records to a sink.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Reason">Why, in a sentence for a person; empty where all went well. May quote a record, so it is not for log files.</param>
public readonly record struct Delivery(DeliveryOutcome Outcome, string Reason)
{
    /// <summary>The sink has them all.</summary>
    public static readonly Delivery Done = new(DeliveryOutcome.Delivered, "");

    /// <summary>The sink is away.</summary>
    public static Delivery Away(string reason) => new(DeliveryOutcome.SinkIsAway, reason);

    /// <summary>The sink takes others, but not these.</summary>
    public static Delivery Refused(string reason) => new(DeliveryOutcome.MessagesFail, reason);

    /// <summary>They failed, and whether the sink or these messages are at fault cannot be told.</summary>
    public static Delivery Unclear(string reason) => new(DeliveryOutcome.Unclear, reason);
}
