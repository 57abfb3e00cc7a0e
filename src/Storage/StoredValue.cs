using IoTGateway.Readings;

namespace IoTGateway.Storage;

/// <summary>One value as it was stored.</summary>
/// <param name="Time">When it was measured (corrected time).</param>
/// <param name="Patient">Whose; the device's name where it was not assigned.</param>
/// <param name="Ward">The ward at that time; may be empty.</param>
/// <param name="Device">The device that measured it.</param>
/// <param name="Signal">What, by the signal's id.</param>
/// <param name="Value">The number; letters by their character code; NaN where there was none.</param>
/// <param name="Quality">How far it could be trusted.</param>
public readonly record struct StoredValue(Instant Time, string Patient, string Ward, string Device, string Signal, double Value, Quality Quality);
