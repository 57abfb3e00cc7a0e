namespace IoTGateway.Simulation.Tests.Actors;

/// <summary>A packet from the gateway to a publisher.</summary>
internal enum AnswerKind
{
    /// <summary>CONNACK.</summary>
    Connected,

    /// <summary>PUBREC.</summary>
    Received,

    /// <summary>PUBCOMP.</summary>
    Complete,
}
