using IoTGateway.Readings;

namespace IoTGateway.Board.Ports;

/// <summary>What is known of a device beside its readings.</summary>
/// <param name="Device">Its name.</param>
/// <param name="Firmware">Its firmware as it last said; null where it never did.</param>
/// <param name="ClockOffset">How far its clock is behind (positive) the gateway's; null where nothing was learned.</param>
/// <param name="BatteryPercent">Its battery as its status last said; null where it never did.</param>
/// <param name="StateSince">Since when it is online or offline; null where it never said.</param>
/// <param name="Online">Whether it is connected, by its own word or its last will; null where it never said.</param>
public sealed record DeviceDetails(string Device, string? Firmware, TimeSpan? ClockOffset, double? BatteryPercent, Instant? StateSince, bool? Online = null);
