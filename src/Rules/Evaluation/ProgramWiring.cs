using System.Collections.Immutable;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Finds out who looks at what in a program.</summary>
internal sealed class ProgramWiring(RuleProgram program)
{
    private readonly ProgramLayout _layout = program.Layout;

    /// <summary>By slot, who looks at it.</summary>
    public ImmutableArray<SlotReaders> Readers() => [.. Enumerable.Range(0, _layout.Slots.Length).Select(ReadersOf)];

    /// <summary>By rule, who looks at its alert.</summary>
    public ImmutableArray<ulong[]> Watchers()
    {
        var watchers = program.Rules.Select(_ => Rules()).ToImmutableArray();
        ForEachRule((rule, position) =>
        {
            foreach (var watched in rule.Reads.Alerts.Concat(rule.SuppressedBy))
            {
                Set(watchers[watched], position);
            }
        });
        return watchers;
    }

    private SlotReaders ReadersOf(int slot)
    {
        var edges = new SortedSet<double>();
        var rules = Rules();
        var rulesOnChange = Rules();
        ForEachRule((rule, position) =>
        {
            if (rule.Reads.Slots.Contains(slot))
            {
                Set(rules, position);
                AddEdges(edges, rule.Reads, slot);
            }

            if (rule.Reads.ExactSlots.Contains(slot))
            {
                Set(rulesOnChange, position);
            }
        });
        var slots = Slots();
        var slotsOnChange = Slots();
        var aged = new List<int>();
        for (var computed = _layout.SignalCount; computed < _layout.Slots.Length; computed++)
        {
            var computation = program.ComputationOf(computed);
            if (computation.Reads.Slots.Contains(slot))
            {
                Set(slots, computed);
                AddEdges(edges, computation.Reads, slot);
            }

            if (computation.Reads.ExactSlots.Contains(slot))
            {
                Set(slotsOnChange, computed);
            }

            if (computation.ValidFor != SlotState.None && computation.Signals.Contains(slot))
            {
                aged.Add(computed);
            }
        }

        return new SlotReaders
        {
            Edges = [.. edges],
            Rules = rules,
            RulesOnChange = rulesOnChange,
            Slots = slots,
            SlotsOnChange = slotsOnChange,
            Aged = [.. aged],
            IsExact = Array.Exists(rulesOnChange, bits => bits != 0) || Array.Exists(slotsOnChange, bits => bits != 0),
        };
    }

    private void ForEachRule(Action<CompiledRule, int> action)
    {
        for (var position = 0; position < program.Order.Length; position++)
        {
            var rule = program.Order[position];
            if (program.Applies[rule])
            {
                action(program.Rules[rule], position);
            }
        }
    }

    private static void AddEdges(SortedSet<double> edges, ReadSet reads, int slot) =>
        edges.UnionWith(reads.Edges.Where(edge => edge.Slot == slot).Select(edge => edge.Edge));

    private ulong[] Rules() => new ulong[(program.Rules.Length + 63) / 64];

    private ulong[] Slots() => new ulong[(_layout.Slots.Length + 63) / 64];

    private static void Set(ulong[] bits, int place) => bits[place >> 6] |= 1UL << place;
}
