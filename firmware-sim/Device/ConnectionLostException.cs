namespace IoTGateway.FirmwareSim.Device;

/// <summary>The connection cannot go on, for the reason in its message; a device connects again.</summary>
internal sealed class ConnectionLostException(string message) : Exception(message);
