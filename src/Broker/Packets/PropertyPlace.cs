namespace IoTGateway.Broker.Packets;

/// <summary>Where properties stand in what a client sends (MQTT 5, 2.2.2.2): each place has its own that are allowed.</summary>
[Flags]
internal enum PropertyPlace
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>CONNECT.</summary>
    Connect = 1,

    /// <summary>The will in a CONNECT.</summary>
    Will = 2,

    /// <summary>PUBLISH.</summary>
    Publish = 4,

    /// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP.</summary>
    Acknowledgement = 8,

    /// <summary>SUBSCRIBE.</summary>
    Subscribe = 16,

    /// <summary>UNSUBSCRIBE.</summary>
    Unsubscribe = 32,

    /// <summary>DISCONNECT.</summary>
    Disconnect = 64,
}
