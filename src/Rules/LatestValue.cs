using IoTGateway.Readings;

namespace IoTGateway.Rules;

/// <summary>The newest value of a signal.</summary>
/// <param name="Signal">What was measured.</param>
/// <param name="Value">The number; NaN where the newest sample is no value and had no number.</param>
/// <param name="Quality">How far it can be trusted.</param>
/// <param name="Time">When it was measured (corrected time).</param>
public readonly record struct LatestValue(Signal Signal, double Value, Quality Quality, Instant Time);
