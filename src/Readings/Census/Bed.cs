using System.Collections.Immutable;

namespace IoTGateway.Readings.Census;

/// <summary>One bed of a ward, who lies in it and which devices stand at it. Two beds are equal when they say the same.</summary>
/// <param name="Id">The bed's name, unique in its ward, for example "ICU-1".</param>
/// <param name="Ward">The ward's name, for example "ICU".</param>
/// <param name="Patient">The patient's opaque id; null for an empty bed.</param>
/// <param name="Devices">The devices at the bed, the first being preferred where two send one signal.</param>
/// <param name="Tags">Marks a clinician has set, for example <c>spo2-scale-2</c>.</param>
/// <param name="Monitored">Ids of the signals that are expected; only these can be missing.</param>
public sealed record Bed(
    string Id,
    string Ward,
    string? Patient,
    ImmutableArray<string> Devices,
    ImmutableArray<string> Tags,
    ImmutableArray<string> Monitored)
{
    /// <summary>Whom the patient counts among: one of <see cref="PopulationWord"/>; empty where nobody has said.</summary>
    public string Population { get; init; } = "";

    /// <inheritdoc/>
    public bool Equals(Bed? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Id == other.Id && Ward == other.Ward && Patient == other.Patient && Population == other.Population
            && Devices.AsSpan().SequenceEqual(other.Devices.AsSpan())
            && Tags.AsSpan().SequenceEqual(other.Tags.AsSpan())
            && Monitored.AsSpan().SequenceEqual(other.Monitored.AsSpan()));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Ward, Patient);
}
