using System.Collections.Immutable;

namespace IoTGateway.Rules;

/// <summary>What the rules need to know of a patient.</summary>
/// <param name="Patient">The patient's id.</param>
/// <param name="Ward">The ward, for overrides and <c>only in</c>.</param>
/// <param name="Tags">Marks set by a clinician.</param>
/// <param name="Monitored">Ids of the signals that are expected. Only these can be missing; empty: none is.</param>
public sealed record PatientProfile(string Patient, string Ward, ImmutableArray<string> Tags, ImmutableArray<string> Monitored)
{
    /// <summary>Whom the patient counts among.</summary>
    public Population Population { get; init; }

    /// <summary>Limits that people have set for this patient, each limit at most once.</summary>
    public ImmutableArray<PatientLimit> Limits { get; init; } = [];

    /// <summary>Whether the patient has one of some tags.</summary>
    internal bool HasAnyOf(ImmutableArray<string> tags)
    {
        foreach (var tag in tags)
        {
            if (Tags.Contains(tag))
            {
                return true;
            }
        }

        return false;
    }
}
