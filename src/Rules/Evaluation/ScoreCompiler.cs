using System.Collections.Immutable;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Compiles a score table: its rows see values for the table's own time, and rounded.</summary>
internal sealed class ScoreCompiler(ProgramLayout layout, ResolvedProfile profile, ScoreDefinition score, Func<string, int> ruleOf)
    : ConditionCompiler(layout, profile, "", ruleOf)
{
    private readonly Dictionary<int, ScoreInput> _inputs = [];

    /// <summary>Compiles it.</summary>
    /// <param name="signals">The signals it comes from.</param>
    public ScoreComputation Compile(int[] signals)
    {
        var rows = score.Rows.Select(row => (Condition(row.Condition), row.Points)).ToImmutableArray();
        return new ScoreComputation(rows, [.. _inputs.Values.Select(input => (input, NameOf(input.Slot)))]) { Signals = signals };
    }

    /// <inheritdoc/>
    protected override NumberNode Read(int slot)
    {
        if (_inputs.TryGetValue(slot, out var known))
        {
            return known;
        }

        var info = Layout.Slots[slot];
        var lifetime = info.Signal is { } signal ? info.LifetimeOf(SignalSlot.LifetimeIn(score, signal)) : 0;
        var input = new ScoreInput(slot, lifetime, info.Display.Form == Readings.SignalForm.Number ? score.Round : null);
        _inputs.Add(slot, input);
        return input;
    }

    /// <inheritdoc/>
    protected override int? ArithmeticSlot(Expression expression) => null;

    /// <summary>A name in the middle of a sentence: "temperature", but "SpO2".</summary>
    private string NameOf(int slot)
    {
        var name = Layout.Slots[slot].Display.Label;
        return name.Length > 1 && name.Skip(1).All(character => char.IsLower(character) || character == ' ') ? name.ToLowerInvariant() : name;
    }
}
