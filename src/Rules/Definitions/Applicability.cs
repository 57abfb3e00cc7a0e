using System.Collections.Immutable;

namespace IoTGateway.Rules.Definitions;

/// <summary>For whom a rule is (<c>only in</c>): everything that is named has to fit; of several names any one does.</summary>
/// <param name="Wards">Wards; empty: all.</param>
/// <param name="Tags">Tags the patient has to have one of; empty: it does not matter.</param>
/// <param name="Populations">Populations; empty: all.</param>
internal sealed record Applicability(ImmutableArray<string> Wards, ImmutableArray<string> Tags, ImmutableArray<Population> Populations)
{
    /// <summary>Everybody.</summary>
    public static readonly Applicability Everybody = new([], [], []);

    /// <summary>Whether a rule with this is for a patient.</summary>
    public bool Fits(PatientProfile patient) =>
        (Wards.IsEmpty || Wards.Contains(patient.Ward))
        && (Tags.IsEmpty || Tags.Any(tag => patient.Tags.Contains(tag)))
        && (Populations.IsEmpty || Populations.Contains(patient.Population));
}
