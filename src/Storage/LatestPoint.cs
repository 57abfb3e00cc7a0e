using IoTGateway.Readings;

namespace IoTGateway.Storage;

/// <summary>The last value of a signal; values that are "no value" or were taken back are passed over.</summary>
/// <param name="Signal">The signal's id.</param>
/// <param name="Time">When it was measured (corrected time).</param>
/// <param name="Value">The number; letters by their character code.</param>
/// <param name="Questionable">Whether it is questionable.</param>
public readonly record struct LatestPoint(string Signal, Instant Time, double Value, bool Questionable);
