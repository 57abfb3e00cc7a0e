using System.Collections.Immutable;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Engine;

/// <summary>Which signal, window and rule of one rule set is which of the next.</summary>
internal sealed class RuleCarryOver
{
    /// <summary>Compares two rule sets.</summary>
    public RuleCarryOver(ProgramCompiler before, ProgramCompiler next)
    {
        var old = before.Layout;
        var layout = next.Layout;
        SignalFrom = [.. layout.Catalogue.Signals.Select(signal => old.Catalogue.Find(signal.Id) is { } known && known.Id == signal.Id ? known.Index : -1)];
        WindowFrom = [.. layout.Windows.Select(window => FindWindow(old, window))];
        KeepsRows = AreInPlace(SignalFrom, old.SignalCount) && AreInPlace(WindowFrom, old.Windows.Length)
            && old.Windows.Zip(layout.Windows).All(pair => (pair.First.FirstPane, pair.First.FirstCount) == (pair.Second.FirstPane, pair.Second.FirstCount));
        var oldRules = before.Definition.Rules.ToDictionary(rule => rule.Rule.Name, rule => rule.Rule.Index, StringComparer.Ordinal);
        var newNames = next.Definition.Rules.Select(rule => rule.Rule.Name).ToHashSet(StringComparer.Ordinal);
        RuleFrom = [.. next.Definition.Rules.Select(rule => FindRule(oldRules, newNames, rule.Rule))];
        Removed = [.. Enumerable.Range(0, before.Definition.Rules.Length).Except(RuleFrom)];
    }

    /// <summary>By signal, its index before; -1: it is new.</summary>
    public ImmutableArray<int> SignalFrom { get; }

    /// <summary>By window, its place before; -1: it is new.</summary>
    public ImmutableArray<int> WindowFrom { get; }

    /// <summary>By rule, its index before; -1: it is new.</summary>
    public ImmutableArray<int> RuleFrom { get; }

    /// <summary>The rules that are gone, by their index before.</summary>
    public ImmutableArray<int> Removed { get; }

    /// <summary>Whether a patient's signals and windows stand at the same places under both, none more and none less.</summary>
    public bool KeepsRows { get; }

    private static bool AreInPlace(ImmutableArray<int> from, int countBefore) => from.Length == countBefore && from.Index().All(it => it.Item == it.Index);

    private int FindWindow(ProgramLayout old, WindowInfo window)
    {
        for (var place = 0; place < old.Windows.Length; place++)
        {
            var known = old.Windows[place];
            if (known.Signal == SignalFrom[window.Signal] && known.Length == window.Length && known.Kind == window.Kind)
            {
                return place;
            }
        }

        return -1;
    }

    /// <summary>By its name, else by one of its earlier names which no other rule has now.</summary>
    private static int FindRule(Dictionary<string, int> oldRules, HashSet<string> newNames, AlertRule rule)
    {
        if (oldRules.TryGetValue(rule.Name, out var same))
        {
            return same;
        }

        foreach (var name in rule.Was)
        {
            if (!newNames.Contains(name) && oldRules.TryGetValue(name, out var renamed))
            {
                return renamed;
            }
        }

        return -1;
    }
}
