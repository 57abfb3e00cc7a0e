using System.Collections.Immutable;

namespace IoTGateway.Readings.Observations;

/// <summary>Where a version of an observation stands in stores, so that another one can take its place.</summary>
/// <param name="Taken">When it was taken.</param>
/// <param name="Ward">The ward in which the patient lay then, or <see cref="Census.Assignment.UnassignedWard"/>.</param>
/// <param name="Bed">The bed, or empty.</param>
/// <param name="Values">The values.</param>
public sealed record ObservationVersion(Instant Taken, string Ward, string Bed, ImmutableArray<ObservedValue> Values)
{
    /// <summary>
    /// Signals that an earlier version said at this time and this one does not say any more: a store that cannot take a field back has to be told of them again
    /// with each version.
    /// </summary>
    public ImmutableArray<string> Dropped { get; init; } = [];
}
