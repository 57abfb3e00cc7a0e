using IoTGateway.Readings;

namespace IoTGateway.Alerts;

/// <summary>A device as the gateway knows it.</summary>
/// <param name="Device">Its name.</param>
/// <param name="Online">Whether it is connected, as far as its own states tell; null if it never said.</param>
/// <param name="LastReading">When its newest reading was received; null before the first.</param>
public sealed record DeviceView(string Device, bool? Online, Instant? LastReading);
