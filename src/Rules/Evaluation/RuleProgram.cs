using System.Collections.Immutable;

namespace IoTGateway.Rules.Evaluation;

/// <summary>
/// A rule set as the engine runs it for patients of one profile: their limits and derived signals are put in. All programs of a rule set have
/// the same layout. Immutable.
/// </summary>
internal sealed class RuleProgram
{
    private readonly ImmutableArray<Computation> _computations;
    private readonly int[] _positions;

    /// <summary>Connects slots with the rules and computations that look at them.</summary>
    /// <param name="layout">Where everything is.</param>
    /// <param name="rules">The rules, in the order of the files.</param>
    /// <param name="applies">By rule, whether it is for these patients.</param>
    /// <param name="computations">One for each slot behind the signals.</param>
    /// <param name="order">The indexes of the rules in the order of evaluation.</param>
    public RuleProgram(
        ProgramLayout layout, ImmutableArray<CompiledRule> rules, ImmutableArray<bool> applies, ImmutableArray<Computation> computations,
        ImmutableArray<int> order)
    {
        Layout = layout;
        Rules = rules;
        Applies = applies;
        Order = order;
        _computations = computations;
        _positions = new int[rules.Length];
        for (var position = 0; position < order.Length; position++)
        {
            _positions[order[position]] = position;
        }

        var wiring = new ProgramWiring(this);
        Readers = wiring.Readers();
        Watchers = wiring.Watchers();
        ShownScores =
        [
            .. rules.Where(rule => applies[rule.Rule.Index] && !rule.Rule.Shadow)
                .SelectMany(rule => rule.Reads.Slots)
                .Where(slot => slot >= layout.SignalCount && layout.Slots[slot].Kind == SlotKind.Sum)
                .Distinct()
                .Order(),
        ];
        Aged = [.. Enumerable.Range(layout.SignalCount, computations.Length).Where(slot => ComputationOf(slot).ValidFor != SlotState.None)];
    }

    /// <summary>Where everything is.</summary>
    public ProgramLayout Layout { get; }

    /// <summary>The rules, in the order of the files.</summary>
    public ImmutableArray<CompiledRule> Rules { get; }

    /// <summary>By rule, whether it is for these patients.</summary>
    public ImmutableArray<bool> Applies { get; }

    /// <summary>The indexes of the rules in the order of evaluation.</summary>
    public ImmutableArray<int> Order { get; }

    /// <summary>Who looks at each slot.</summary>
    public ImmutableArray<SlotReaders> Readers { get; }

    /// <summary>By rule, the rules that look at its alert, as bits by their place in the order of evaluation.</summary>
    public ImmutableArray<ulong[]> Watchers { get; }

    /// <summary>The slots that are known for a time of their own.</summary>
    public ImmutableArray<int> Aged { get; }

    /// <summary>The slots of the sums of scores that a rule for these patients looks at, trials left out: what people are shown as a score.</summary>
    public ImmutableArray<int> ShownScores { get; }

    /// <summary>The place of a rule in the order of evaluation.</summary>
    public int PositionOf(int rule) => _positions[rule];

    /// <summary>How a slot behind the signals is computed.</summary>
    public Computation ComputationOf(int slot) => _computations[slot - Layout.SignalCount];
}
