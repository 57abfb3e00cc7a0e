using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

/// <summary>A checked set of rules. Immutable.</summary>
public sealed class RuleSet
{
    internal RuleSet()
    {
    }

    /// <summary>SHA-256 of the files it was made from (names without directory, and texts, in order of the names), in lower-case hex.</summary>
    public required string Version { get; init; }

    /// <summary>The signals declared in <c>00-signals.yaml</c>.</summary>
    public required SignalCatalogue Catalogue { get; init; }

    /// <summary>The rules in the order of the files.</summary>
    public required ImmutableArray<AlertRule> Rules { get; init; }

    /// <summary>The files it was made from.</summary>
    public required ImmutableArray<RuleFile> Files { get; init; }

    /// <summary>What <see cref="StateBytesPerPatient"/> stays below in a usual rule set, in bytes.</summary>
    public static int UsualStateBytesPerPatient => StateSize.Usual;

    /// <summary>How much memory the engine keeps for each patient, in bytes; alerts that are not idle come on top.</summary>
    public int StateBytesPerPatient => StateSize.BytesPerPatient(Programs.Layout, Rules.Length);

    /// <summary>
    /// Which scores a patient is without because they are for adults only, and why: "NEWS2 off: age unknown". Null for an adult, or if there is
    /// no such rule for the patient's ward and tags.
    /// </summary>
    public string? ScoresOffFor(PatientProfile patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        return AdultsOnly.OffFor(patient);
    }

    /// <summary>The limits as they count for a patient, in the order of the files.</summary>
    public IReadOnlyList<RuleLimit> LimitsFor(PatientProfile patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        var (present, fromFiles) = (new ResolvedProfile(Definition, patient), new ResolvedProfile(Definition, patient with { Limits = [] }));
        return
        [
            .. Definition.Limits.Select(limit =>
            {
                var range = AllowedFor(limit.Name);
                return new RuleLimit(
                    limit.Name, present.LimitOf(limit.Name).Value, fromFiles.LimitOf(limit.Name).Value, range?.Lowest, range?.Highest, LimitSignals.Of(limit.Name));
            }),
        ];
    }

    /// <summary>The values to which a limit may be set for a patient; null where it may not be set, or if there is no such limit.</summary>
    public (double Lowest, double Highest)? AllowedFor(string limit) =>
        Definition.Limits.FirstOrDefault(known => known.Name == limit) is { } declared && double.IsFinite(declared.AllowedLow) && double.IsFinite(declared.AllowedHigh)
            ? (declared.AllowedLow, declared.AllowedHigh)
            : null;

    /// <summary>The signals from which the scores of a patient are made, in the order of the catalogue: those of scores that a rule for this patient looks at.</summary>
    public IReadOnlyList<Signal> SignalsOfScores(PatientProfile patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        return ScoreSignals.Of(Programs.For(patient));
    }

    /// <summary>The set as its authors mean it.</summary>
    internal RuleSetDefinition Definition
    {
        get => field ?? throw new InvalidOperationException("The rule set was made without its definition.");
        init;
    }

    /// <summary>Which signals are compared with which limit.</summary>
    internal LimitSignals LimitSignals => LazyInitializer.EnsureInitialized(ref field, () => new LimitSignals(Definition));

    /// <summary>The rules for adults only.</summary>
    internal AdultsOnly AdultsOnly => LazyInitializer.EnsureInitialized(ref field, () => new AdultsOnly(Definition));

    /// <summary>The set as the engine runs it: a program for each profile of patients, made when the first patient needs it.</summary>
    internal ProgramCompiler Programs => LazyInitializer.EnsureInitialized(ref field, () => new ProgramCompiler(Definition));
}
