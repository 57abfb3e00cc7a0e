using System.Collections.Immutable;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>
/// What a rule set has for adults only, so that a patient of another age, or of one that nobody has said, can be shown to be without it: NEWS2 is not
/// made for people under 16 or pregnant (RCP 2017), and a board that says nothing of it would look as if the score were low.
/// </summary>
internal sealed class AdultsOnly
{
    private const int MostNames = 3;

    private readonly List<(Applicability OnlyIn, int Rule, ImmutableArray<string> Names)> _rules = [];

    /// <summary>Looks for the rules; trials and technical ones do not count.</summary>
    public AdultsOnly(RuleSetDefinition rules)
    {
        var derived = rules.Derived.ToDictionary(one => one.Name, StringComparer.Ordinal);
        var sums = rules.Derived.OfType<SumDefinition>().SelectMany(sum => sum.Parts, (sum, part) => (Part: part, Sum: (DerivedDefinition)sum))
            .ToLookup(pair => pair.Part, pair => pair.Sum, StringComparer.Ordinal);
        foreach (var rule in rules.Rules.Where(rule => rule.OnlyIn.Populations.Contains(Population.Adult) && rule.Rule is { Shadow: false, Kind: AlertKind.Physiological }))
        {
            // A sum is named, not each of the scores it adds; a rule without scores is named by its alert.
            var scores = rule.Levels.SelectMany(level => level.When.Names()).Select(name => derived.GetValueOrDefault(name)).OfType<DerivedDefinition>()
                .SelectMany(one => sums[one.Name].DefaultIfEmpty(one))
                .Where(one => one is SumDefinition or ScoreDefinition).Select(one => one.Display.Label).Distinct(StringComparer.Ordinal);
            _rules.Add((rule.OnlyIn, rule.Rule.Index, [.. scores.DefaultIfEmpty(rule.Rule.Name)]));
        }
    }

    /// <summary>What a patient is without and why, as "NEWS2 off: age unknown"; null for an adult, or if there is nothing.</summary>
    public string? OffFor(PatientProfile patient) => OffFor(patient, _rules.Where(rule => IsOff(rule.OnlyIn, patient)).SelectMany(rule => rule.Names));

    /// <summary>The same of one rule.</summary>
    public string? OffFor(PatientProfile patient, int rule) => OffFor(patient, _rules.Where(one => one.Rule == rule && IsOff(one.OnlyIn, patient)).SelectMany(one => one.Names));

    private static string? OffFor(PatientProfile patient, IEnumerable<string> names)
    {
        var off = names.Distinct(StringComparer.Ordinal).ToList();
        if (off.Count == 0)
        {
            return null;
        }

        var more = off.Count > MostNames ? FormattableString.Invariant($" and {off.Count - MostNames} more") : "";
        return $"{string.Join(", ", off.Take(MostNames))}{more} off: {Why(patient.Population)}";
    }

    /// <summary>Whether only the population keeps a rule from the patient: rules of other wards and tags would not be missed.</summary>
    private static bool IsOff(Applicability onlyIn, PatientProfile patient) =>
        !onlyIn.Populations.Contains(patient.Population) && (onlyIn with { Populations = [] }).Fits(patient);

    private static string Why(Population population) => population switch
    {
        Population.Child => "child",
        Population.Pregnant => "pregnant",
        _ => "age unknown",
    };
}
