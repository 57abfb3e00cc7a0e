namespace IoTGateway.Readings.Observations;

/// <summary>One value of an observation.</summary>
/// <param name="Signal">The signal's id, for example <c>temp</c> or <c>avpu</c>.</param>
/// <param name="Value">The number; of a signal of letters the place of its letter, as in <see cref="SignalValue.Value"/>.</param>
public readonly record struct ObservedValue(string Signal, double Value);
