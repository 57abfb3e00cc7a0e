using IoTGateway.Readings;

namespace IoTGateway.Storage.Influx.History;

/// <summary>A value as it is stored.</summary>
/// <param name="Time">When it was measured.</param>
/// <param name="Value">The number; of a letter its character code.</param>
/// <param name="Quality">The field <c>quality</c> of the point; empty where it has none.</param>
internal readonly record struct StoredPoint(Instant Time, double Value, string Quality);
