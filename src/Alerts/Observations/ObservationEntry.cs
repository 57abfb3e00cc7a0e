using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Alerts.Observations;

/// <summary>What a person fills in.</summary>
/// <param name="Patient">Whom it is about.</param>
/// <param name="Taken">When it was taken; not in the future, and at most 24 h ago.</param>
/// <param name="Values">The values, each signal at most once; at least one.</param>
/// <param name="Note">What the author wrote; empty for nothing.</param>
public sealed record ObservationEntry(string Patient, Instant Taken, ImmutableArray<ObservedValue> Values, string Note);
