using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Alerts.Observations;

/// <summary>What a person fills in.</summary>
/// <param name="Patient">Whom it is about; of a correction it may be null: a correction never changes it.</param>
/// <param name="Taken">When it was taken; not in the future, and at most 24 h ago. Null: now; of a correction: when it was taken before.</param>
/// <param name="Values">The values, each signal at most once; at least one.</param>
/// <param name="Note">What the author wrote; empty for nothing. Null: nothing; of a correction: what was written before.</param>
public sealed record ObservationEntry(string? Patient, Instant? Taken, ImmutableArray<ObservedValue> Values, string? Note);
