using System.Collections.Immutable;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <summary>What is known of a patient beside the engine's state.</summary>
internal sealed class PatientState(string key, string? device)
{
    /// <summary>The handle of a patient whom the engine does not know: there are no rules yet, or they stopped for this patient.</summary>
    public const int NoHandle = -1;

    // Patients for whom the same is set share what the engine compiles, and its words: so they name no person.
    private const string AtBedside = "set at the bedside";

    /// <summary>The patient's id in the engine and in alerts.</summary>
    public string Key { get; } = key;

    /// <summary>The device that is its own patient; null for a patient of the census.</summary>
    public string? Device { get; } = device;

    public AlertPlace Place { get; set; }

    public ImmutableArray<string> Tags { get; set; } = [];

    public ImmutableArray<string> Monitored { get; set; } = [];

    /// <summary>Whom the patient counts among, as the census says it: one of <see cref="PopulationWord"/>, or empty.</summary>
    public string Population { get; set; } = "";

    /// <summary>The devices that stood at the patient's bed when there were any last: who comes after them takes over, also after a while without.</summary>
    public ImmutableArray<string> MeasuredBy { get; set; } = [];

    public int Handle { get; set; } = NoHandle;

    /// <summary>Why the rules stopped for this patient; null while they work.</summary>
    public string? Quarantine { get; set; }

    /// <summary>When the newest live reading was received.</summary>
    public Instant? LastLive { get; set; }

    /// <summary>When the newest late reading was received.</summary>
    public Instant? LastLate { get; set; }

    public LateNote Late { get; } = new();

    /// <summary>What people have decided, as far as the rules know.</summary>
    public PatientCare Care { get; set; } = PatientCare.Ordinary;

    /// <summary>What the engine has to know. Nothing is expected of the devices while the patient is away.</summary>
    public PatientProfile Profile => new(Key, Place.Ward, Tags, Care.Standby is null ? Monitored : [])
    {
        Limits = Care.Limits.IsEmpty ? [] : [.. Care.Limits.Select(limit => new PatientLimit(limit.Limit, limit.Value, AtBedside))],

        // A mark that a clinician set counts as well.
        Population = Tags.Contains(PopulationWord.Pregnant) ? Rules.Population.Pregnant : Population switch
        {
            PopulationWord.Adults => Rules.Population.Adult,
            PopulationWord.Children => Rules.Population.Child,
            PopulationWord.Pregnant => Rules.Population.Pregnant,
            _ => Rules.Population.Unknown,
        },
    };
}
