using System.Collections.Immutable;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Evaluation;

/// <summary>A rule set as the engine runs it. Immutable.</summary>
internal sealed class RuleProgram
{
    /// <summary>No signals and no rules: what is in force before the first rule set.</summary>
    public static readonly RuleProgram Empty = new(new SignalCatalogue([]), [], []);

    /// <summary>Connects slots with the rules and derived signals that depend on them.</summary>
    /// <param name="catalogue">The signals.</param>
    /// <param name="slots">One per signal in the order of the catalogue, then the derived ones, each behind what it is computed from.</param>
    /// <param name="rules">The rules.</param>
    public RuleProgram(SignalCatalogue catalogue, ImmutableArray<SlotInfo> slots, ImmutableArray<CompiledRule> rules)
    {
        Catalogue = catalogue;
        Slots = slots;
        Rules = rules;
        for (var slot = 0; slot < slots.Length; slot++)
        {
            var own = slot;
            slots[slot].Rules = [.. Enumerable.Range(0, rules.Length).Where(rule => rules[rule].Reads.Contains(own))];
            slots[slot].Derived = DependentsOf(slot);
        }

        HasSensorOff = slots.Any(slot => slot.SensorOff.Count > 0);
    }

    /// <summary>The signals.</summary>
    public SignalCatalogue Catalogue { get; }

    /// <summary>Signals and derived signals.</summary>
    public ImmutableArray<SlotInfo> Slots { get; }

    /// <summary>The rules, in the order of the files.</summary>
    public ImmutableArray<CompiledRule> Rules { get; }

    /// <summary>Whether any signal listens for device alarms that say its sensor is off.</summary>
    public bool HasSensorOff { get; }

    private int[] DependentsOf(int slot)
    {
        var reached = new HashSet<int> { slot };
        var dependents = new List<int>();
        for (var derived = Catalogue.Signals.Length; derived < Slots.Length; derived++)
        {
            if (Slots[derived].Inputs.Any(reached.Contains))
            {
                reached.Add(derived);
                dependents.Add(derived);
            }
        }

        return [.. dependents];
    }
}
