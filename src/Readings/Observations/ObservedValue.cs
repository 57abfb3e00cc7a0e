namespace IoTGateway.Readings.Observations;

/// <summary>One value of an observation.</summary>
/// <param name="Signal">The signal's id, for example <c>temp</c> or <c>avpu</c>.</param>
/// <param name="Value">
/// The number in the signal's unit; of a signal of letters the character code of its letter, as in <see cref="SignalValue.Value"/>; of a switch 0 for off, else
/// the flow, or 1 where it is only known to be on.
/// </param>
public readonly record struct ObservedValue(string Signal, double Value);
