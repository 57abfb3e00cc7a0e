namespace IoTGateway.Broker.Sessions;

/// <summary>The retained state of a device.</summary>
/// <param name="QualityOfService">With which it was published, 0 to 2.</param>
/// <param name="Payload">What it says.</param>
internal sealed record RetainedMessage(int QualityOfService, byte[] Payload);
