namespace IoTGateway.Readings;

/// <summary>One value of one signal.</summary>
/// <param name="Signal">What was measured.</param>
/// <param name="Value">The number in the signal's unit; NaN where the device sent none. Letters (avpu) are their character code, switches 0 or 1.</param>
/// <param name="Quality">How far it can be trusted.</param>
public readonly record struct SignalValue(Signal Signal, double Value, Quality Quality);
