using System.Globalization;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Checking;

/// <summary>Warns of overrides that change nothing, and of such as contradict each other.</summary>
/// <param name="vocabulary">The names.</param>
/// <param name="overrides">The overrides in the order of the files.</param>
/// <param name="nodes">Where their limits and uses stand.</param>
/// <param name="diagnostics">Where the warnings go.</param>
internal sealed class OverrideChecks(
    Vocabulary vocabulary, IReadOnlyList<OverrideDefinition> overrides, IReadOnlyDictionary<object, ConfigNode> nodes, DiagnosticBag diagnostics)
{
    /// <summary>Warns.</summary>
    public void Warn()
    {
        var limits = overrides.SelectMany(one => one.Limits.Select(limit =>
            (Override: one, limit.Limit, Value: limit.Value.ToString(CultureInfo.InvariantCulture), limit.Place, Node: nodes[limit]))).ToList();
        foreach (var group in limits.GroupBy(limit => limit.Limit))
        {
            WarnConflicts([.. group]);
        }

        var uses = overrides.SelectMany(one => one.Uses.Select(use => (Override: one, use.Derived, Value: use.Instead, use.Place, Node: nodes[use]))).ToList();
        foreach (var group in uses.GroupBy(use => use.Derived))
        {
            WarnConflicts([.. group]);
        }

        foreach (var one in limits.Where(limit => limit.Value == vocabulary.Limits[limit.Limit].Value.ToString(CultureInfo.InvariantCulture)))
        {
            // Back to the declared value means something where a less specific override has changed it.
            if (!limits.Any(other => other.Limit == one.Limit && other.Override.Scope < one.Override.Scope && other.Value != one.Value))
            {
                diagnostics.Warn(
                    one.Node, new TextSpan(0, one.Node.Text.Length), Codes.SameAsDefault, $"{one.Value} is what {one.Limit} is without this override",
                    $"see {vocabulary.Limits[one.Limit].Place}; remove it here, or change the value");
            }
        }
    }

    private void WarnConflicts(List<(OverrideDefinition Override, string Name, string Value, Place Place, ConfigNode Node)> changes)
    {
        for (var later = 1; later < changes.Count; later++)
        {
            var change = changes[later];
            var earlier = changes.FindIndex(0, later, one => one.Value != change.Value && CanFitOnePatient(one.Override, change.Override));
            if (earlier >= 0)
            {
                var whom = change.Override.Scope switch
                {
                    OverrideScope.Tag => change.Override.Names.Any(changes[earlier].Override.Names.Contains)
                        ? $"a patient with the tag {change.Override.Names.First(changes[earlier].Override.Names.Contains)}"
                        : $"a patient with the tags {changes[earlier].Override.Names[0]} and {change.Override.Names[0]}",
                    OverrideScope.Ward => $"the ward {change.Override.Names.First(changes[earlier].Override.Names.Contains)}",
                    _ => "everybody",
                };
                diagnostics.Warn(
                    change.Node, new TextSpan(0, change.Node.Text.Length), Codes.OverrideConflict,
                    $"for {whom}, {change.Name} is {changes[earlier].Value} at {changes[earlier].Place} and {change.Value} here; what stands last counts",
                    "give both the same value, or make one of them a limit of the patient, set on the board");
            }
        }
    }

    private static bool CanFitOnePatient(OverrideDefinition one, OverrideDefinition other) =>
        one.Scope == other.Scope && (one.Scope != OverrideScope.Ward || one.Names.Any(other.Names.Contains));
}
