namespace IoTGateway.Broker.Delivery;

/// <summary>A QoS 1 or 2 message that was sent and not acknowledged to its end. Guarded by its outbox.</summary>
/// <param name="packetIdentifier">Under which it was sent, and will be sent again.</param>
/// <param name="sequence">Its place among the messages that were sent.</param>
/// <param name="message">The message.</param>
internal sealed class InFlight(ushort packetIdentifier, long sequence, in OutgoingMessage message)
{
    /// <summary>Under which it was sent, and will be sent again.</summary>
    public ushort PacketIdentifier { get; } = packetIdentifier;

    /// <summary>Its place among the messages that were sent.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>The message.</summary>
    public OutgoingMessage Message { get; } = message;

    /// <summary>Whether the subscriber has it (PUBREC came), so that only its packet identifier is still to be released.</summary>
    public bool Received { get; set; }

    /// <summary>Whether it was sent over the present connection and counts against the subscriber's receive maximum.</summary>
    public bool OnThisConnection { get; set; }
}
