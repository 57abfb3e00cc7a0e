using IoTGateway.Readings;

namespace IoTGateway.Board.Ports;

/// <summary>A message of a device that could not be used.</summary>
/// <param name="Device">The device.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Received">When it was received.</param>
/// <param name="Reason">Why, in words; may quote the message.</param>
public sealed record DeviceReject(string Device, string Topic, Instant Received, string Reason);
