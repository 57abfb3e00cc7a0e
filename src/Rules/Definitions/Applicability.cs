using System.Collections.Immutable;
using IoTGateway.Rules.Files;

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
    public bool Fits(PatientProfile patient) => FitsWard(patient) && FitsTags(patient) && FitsPopulation(patient);

    /// <summary>What of a patient does not fit, in words: "ward ICU-2, population unknown"; null if all does.</summary>
    public string? Mismatch(PatientProfile patient)
    {
        string[] parts =
        [
            FitsWard(patient) ? "" : patient.Ward.Length == 0 ? "no ward" : $"ward {patient.Ward}",
            FitsTags(patient) ? "" : $"no tag {string.Join(" or ", Tags)}",
            FitsPopulation(patient) ? "" : $"population {Keys.Populations[(int)patient.Population]}",
        ];
        return parts.Any(part => part.Length > 0) ? string.Join(", ", parts.Where(part => part.Length > 0)) : null;
    }

    private bool FitsWard(PatientProfile patient) => Wards.IsEmpty || Wards.Contains(patient.Ward);

    private bool FitsTags(PatientProfile patient) => Tags.IsEmpty || patient.HasAnyOf(Tags);

    private bool FitsPopulation(PatientProfile patient) => Populations.IsEmpty || Populations.Contains(patient.Population);
}
