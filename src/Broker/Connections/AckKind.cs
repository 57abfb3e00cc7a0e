namespace IoTGateway.Broker.Connections;

/// <summary>The acknowledgements a publisher waits for, as the first byte of their packets.</summary>
internal enum AckKind : byte
{
    /// <summary>PUBACK: a QoS 1 message is kept.</summary>
    Published = 0x40,

    /// <summary>PUBREC: a QoS 2 message is kept.</summary>
    Received = 0x50,

    /// <summary>PUBCOMP: the packet identifier of a QoS 2 message is free again.</summary>
    Complete = 0x70,
}
