namespace IoTGateway.FirmwareSim.Device;

/// <summary>The gateway could not be reached for as long as the device was told to try (<see cref="DeviceClientOptions.GiveUpAfter"/>).</summary>
/// <param name="message">Which address, for how long, and the last reason; one sentence.</param>
public sealed class GatewayUnreachableException(string message) : Exception(message);
