using IoTGateway.Readings;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>A place in the order of the built-in store: by day, then by device, then by time.</summary>
/// <param name="Device">The device of a row.</param>
/// <param name="Time">Its corrected time, which also says the day.</param>
public readonly record struct StorePlace(string Device, Instant Time);
