namespace IoTGateway.FirmwareSim.Device;

/// <summary>Something happened to the connection of a device.</summary>
/// <param name="ClientId">The device's MQTT client id.</param>
/// <param name="Connected">True: a connection stands. False: there is none, and the next attempt follows.</param>
/// <param name="Reason">Why there is none, for example "connection refused"; empty when connected.</param>
/// <param name="RetryIn">How long until the next attempt; zero when connected.</param>
public sealed record DeviceConnectionReport(string ClientId, bool Connected, string Reason, TimeSpan RetryIn);
