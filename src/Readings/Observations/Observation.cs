using System.Collections.Immutable;

namespace IoTGateway.Readings.Observations;

/// <summary>What a person has measured or seen of a patient at one moment: what no device sends.</summary>
/// <param name="Id">Its id, unique for ever; a correction keeps it.</param>
/// <param name="Patient">Whom it is about.</param>
/// <param name="Taken">When it was taken.</param>
/// <param name="By">The author.</param>
/// <param name="Values">The values, each signal at most once.</param>
/// <param name="Note">What the author wrote; empty for nothing.</param>
public sealed record Observation(string Id, string Patient, Instant Taken, string By, ImmutableArray<ObservedValue> Values, string Note)
{
    /// <summary>Which version of it this is, from 1; each correction is one more.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>When it was recorded, or last corrected.</summary>
    public Instant Recorded { get; init; }

    /// <summary>Why it was taken back; null while it counts.</summary>
    public string? Retracted { get; init; }
}
