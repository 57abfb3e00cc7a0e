using IoTGateway.Readings;
using IoTGateway.Readings.Census;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>A row of the built-in store as it stands there.</summary>
/// <param name="Device">The device; with <paramref name="Time"/> the key.</param>
/// <param name="Time">The corrected time.</param>
/// <param name="Received">When the gateway received it.</param>
/// <param name="Assignment">Patient, bed and ward at that time.</param>
/// <param name="Quality">The signals that are not valid, as in the column; null where all are.</param>
/// <param name="Values">In the order of <see cref="StoreReader.Signals"/>: the number, letters by their character code, NaN where there is none.</param>
public sealed record StoredRow(string Device, Instant Time, Instant Received, Assignment Assignment, string? Quality, IReadOnlyList<double> Values);
