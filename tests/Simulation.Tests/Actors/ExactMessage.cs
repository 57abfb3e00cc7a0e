namespace IoTGateway.Simulation.Tests.Actors;

/// <summary>A QoS 2 message that a client has not finished.</summary>
internal sealed class ExactMessage(int number, ushort packetIdentifier, byte[] payload)
{
    public int Number { get; } = number;

    public ushort PacketIdentifier { get; } = packetIdentifier;

    public byte[] Payload { get; } = payload;

    /// <summary>PUBREC has come: from here on PUBREL is sent, never again PUBLISH.</summary>
    public bool Received { get; set; }

    /// <summary>Whether its present packet was sent on the present connection.</summary>
    public bool Sent { get; set; }
}
