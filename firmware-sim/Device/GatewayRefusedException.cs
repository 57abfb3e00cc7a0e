namespace IoTGateway.FirmwareSim.Device;

/// <summary>The gateway refuses this device or its messages for a reason that trying again does not change.</summary>
/// <param name="message">Who refused what and why, one sentence.</param>
public sealed class GatewayRefusedException(string message) : Exception(message);
