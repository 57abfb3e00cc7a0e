using System.Collections.Immutable;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Checking;

/// <summary>Puts derived signals into an order in which each can be computed, whatever the overrides put in the place of its inputs.</summary>
internal static class DerivedOrder
{
    /// <summary>The order; a circle that an override closes is reported at that override.</summary>
    /// <param name="derived">The derived signals, each behind its own inputs.</param>
    /// <param name="overrides">The overrides.</param>
    /// <param name="nodes">Where their uses stand.</param>
    /// <param name="diagnostics">Where mistakes go.</param>
    public static ImmutableArray<DerivedDefinition> Find(
        IReadOnlyList<DerivedDefinition> derived, IReadOnlyList<OverrideDefinition> overrides, IReadOnlyDictionary<object, ConfigNode> nodes, DiagnosticBag diagnostics)
    {
        var inputs = derived.ToDictionary(one => one.Name, one => InputsOf(one).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var needs = inputs.ToDictionary(one => one.Key, one => one.Value.Where(inputs.ContainsKey).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var known = new HashSet<(string, string)>();
        foreach (var use in overrides.SelectMany(one => one.Uses))
        {
            if (!known.Add((use.Derived, use.Instead)))
            {
                continue;
            }

            var reached = Reached(use.Instead, needs);
            foreach (var (name, own) in inputs.Where(one => one.Value.Contains(use.Derived)))
            {
                if (reached.Contains(name))
                {
                    diagnostics.Error(
                        nodes[use], Codes.Cycle, $"with {use.Instead} in the place of {use.Derived}, {name} is computed from itself",
                        $"{use.Instead} may not be computed from {use.Derived} or from anything that needs it");
                    break;
                }

                needs[name].Add(use.Instead);
            }
        }

        var order = ImmutableArray.CreateBuilder<DerivedDefinition>(derived.Count);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        while (derived.FirstOrDefault(one => !placed.Contains(one.Name) && needs[one.Name].All(placed.Contains)) is { } next)
        {
            placed.Add(next.Name);
            order.Add(next);
        }

        return order.ToImmutable();
    }

    private static IEnumerable<string> InputsOf(DerivedDefinition derived) => derived switch
    {
        ExpressionDefinition expression => expression.Value.Names(),
        ScoreDefinition score => score.Rows.SelectMany(row => row.Condition.Names()),
        SumDefinition sum => sum.Parts,
        _ => [],
    };

    private static HashSet<string> Reached(string from, Dictionary<string, HashSet<string>> needs)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { from };
        var waiting = new Stack<string>([from]);
        while (waiting.TryPop(out var name))
        {
            foreach (var need in needs[name].Where(reached.Add))
            {
                waiting.Push(need);
            }
        }

        return reached;
    }
}
