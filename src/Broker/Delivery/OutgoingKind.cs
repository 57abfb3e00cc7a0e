namespace IoTGateway.Broker.Delivery;

/// <summary>What a subscriber is sent.</summary>
internal enum OutgoingKind
{
    /// <summary>SUBACK, UNSUBACK, or a PUBREL for something unknown.</summary>
    Answer = 0,

    /// <summary>PUBLISH.</summary>
    Publish = 1,

    /// <summary>PUBREL.</summary>
    Release = 2,
}
