namespace IoTGateway.Readings.Clocks;

/// <summary>A clock's offset as met in the log.</summary>
/// <param name="LogAddress">Where its record stands in the log: it holds for what stands behind.</param>
/// <param name="Offset">What has to be added to the device's clock.</param>
public readonly record struct ClockOffsetChange(long LogAddress, TimeSpan Offset);
