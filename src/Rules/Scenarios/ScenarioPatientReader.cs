using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Scenarios;

/// <summary>Reads <c>patient</c>: who the patient of a scenario is.</summary>
internal sealed class ScenarioPatientReader(RuleSet rules, DiagnosticBag diagnostics)
{
    /// <summary>The patient, an adult unless it says otherwise; null where a mistake was reported.</summary>
    /// <param name="node">What stands behind the key; null: nothing.</param>
    /// <param name="monitored">Ids of the signals that are waited for.</param>
    public PatientProfile? Read(ConfigNode? node, ImmutableArray<string> monitored)
    {
        var profile = new PatientProfile("patient", "", [], monitored) { Population = Population.Adult };
        if (node is null)
        {
            return profile;
        }

        if (node.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(node, Codes.Shape, "`patient` has keys", "write for example `patient: { ward: ICU-2, tags: [spo2-scale-2] }`");
            return null;
        }

        var reader = new MappingReader(node, diagnostics, "the patient", ["ward", "tags", "population", "limits"]);
        var population = reader.Choice("population", Keys.Populations);
        return profile with
        {
            Ward = reader.Text("ward")?.Text ?? "",
            Tags = [.. reader.Texts("tags").Select(tag => tag.Text)],
            Population = population is null ? Population.Adult : (Population)Array.IndexOf(Keys.Populations, population),
            Limits = ReadLimits(reader.Node("limits")),
        };
    }

    private ImmutableArray<PatientLimit> ReadLimits(ConfigNode? node)
    {
        if (node is null)
        {
            return [];
        }

        if (node.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(node, Codes.Shape, "`limits` wants the name of each limit with its value", "write for example `limits: { spo2_low: 88 }`");
            return [];
        }

        var limits = ImmutableArray.CreateBuilder<PatientLimit>();
        foreach (var (key, value) in node.Entries)
        {
            if (MappingReader.Number(value, diagnostics) is { } number && IsAllowed(key, value, number))
            {
                var line = node.Source.LineOf(key.Start);
                limits.Add(new PatientLimit(key.Text, number, string.Create(CultureInfo.InvariantCulture, $"the scenario, {node.Source.Name}:{line}")));
            }
        }

        return limits.ToImmutable();
    }

    /// <summary>What could not be set at the bedside cannot be set in a scenario.</summary>
    private bool IsAllowed(ConfigNode key, ConfigNode value, double number)
    {
        var limits = rules.Definition.Limits;
        if (limits.FirstOrDefault(limit => limit.Name == key.Text) is not { } declared)
        {
            diagnostics.Error(
                key, Codes.UnknownName, $"there is no limit named '{key.Text}'",
                Suggestions.DidYouMean(key.Text, limits.Select(limit => limit.Name)) ?? "limits stand in the rule files, under `limits:`");
            return false;
        }

        if (number < declared.AllowedLow || number > declared.AllowedHigh)
        {
            diagnostics.Error(
                value, Codes.OutsideAllowed, string.Create(CultureInfo.InvariantCulture, $"{key.Text} may be set from {declared.AllowedLow} to {declared.AllowedHigh}"),
                $"see {declared.Place}");
            return false;
        }

        return true;
    }
}
