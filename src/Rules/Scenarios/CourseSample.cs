using IoTGateway.Readings;

namespace IoTGateway.Rules.Scenarios;

/// <summary>A value that a signal sends.</summary>
/// <param name="Time">When, from the beginning of the scenario.</param>
/// <param name="Value">The value with the quality the gateway would give it.</param>
internal readonly record struct CourseSample(TimeSpan Time, SignalValue Value);
