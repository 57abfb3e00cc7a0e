using System.Numerics;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    private void MarkSlot(int slot)
    {
        _dirtySlots[slot >> 6] |= 1UL << slot;
        _anyDirtySlot = true;
    }

    /// <summary>A slot is known otherwise, or has crossed an edge: everybody who looks at it.</summary>
    private void MarkAll(SlotReaders readers) => Mark(readers.Rules, readers.Slots);

    /// <summary>A value has changed between its edges: those for whom any change matters.</summary>
    private void MarkOnChange(SlotReaders readers) => Mark(readers.RulesOnChange, readers.SlotsOnChange);

    private void Mark(ulong[] rules, ulong[] slots)
    {
        for (var word = 0; word < rules.Length; word++)
        {
            _dirtyRules[word] |= rules[word];
        }

        for (var word = 0; word < slots.Length; word++)
        {
            _dirtySlots[word] |= slots[word];
            _anyDirtySlot |= slots[word] != 0;
        }
    }

    /// <summary>Everything is computed and evaluated anew; no value is taken to stand between any edges.</summary>
    private void MarkEverything(PatientState patient)
    {
        var program = patient.Program;
        for (var position = 0; position < program.Rules.Length; position++)
        {
            _dirtyRules[position >> 6] |= 1UL << position;
        }

        for (var slot = program.Layout.SignalCount; slot < program.Layout.Slots.Length; slot++)
        {
            MarkSlot(slot);
        }

        foreach (ref var signal in patient.Signals.AsSpan())
        {
            (signal.Below, signal.Above) = (SlotState.Empty.Below, SlotState.Empty.Above);
        }

        foreach (ref var derived in patient.Derived.AsSpan())
        {
            (derived.Below, derived.Above) = (DerivedState.Empty.Below, DerivedState.Empty.Above);
        }
    }

    private void ClearMarks()
    {
        Array.Clear(_dirtyRules);
        Array.Clear(_dueRules);
        Array.Clear(_dirtySlots);
        _anyDirtySlot = false;
    }

    /// <summary>
    /// Computes the slots that were marked, then goes through the rules in the order of evaluation: evaluates those that were marked, and fires the timers
    /// of those where one is due. What an alert becomes may mark rules further on.
    /// </summary>
    private void Settle(PatientState patient, long now, bool fires, ICollection<AlertTransition> output)
    {
        if (_anyDirtySlot)
        {
            Compute(patient, now);
        }

        for (var word = 0; word < _dirtyRules.Length; word++)
        {
            while ((_dirtyRules[word] | _dueRules[word]) is not 0 and var bits)
            {
                var bit = bits & (~bits + 1);
                var isDirty = (_dirtyRules[word] & bit) != 0;
                var isDue = fires && (_dueRules[word] & bit) != 0;
                _dirtyRules[word] &= ~bit;
                _dueRules[word] &= ~bit;
                var rule = patient.Program.Rules[patient.Program.Order[(word << 6) + BitOperations.TrailingZeroCount(bit)]];
                if (isDirty)
                {
                    Evaluate(patient, rule, now, output);
                }

                if (isDue)
                {
                    FireAlert(patient, rule, now, output);
                }
            }
        }
    }

    private void Compute(PatientState patient, long now)
    {
        _anyDirtySlot = false;
        var program = patient.Program;
        var frame = new Frame(patient, program, now, trustedOnly: false);
        for (var word = 0; word < _dirtySlots.Length; word++)
        {
            // A slot marks only slots behind it.
            while (_dirtySlots[word] is not 0 and var bits)
            {
                _dirtySlots[word] &= bits - 1;
                Compute(patient, program, (word << 6) + BitOperations.TrailingZeroCount(bits), in frame);
            }
        }

        _anyDirtySlot = false;
    }

    private void Compute(PatientState patient, RuleProgram program, int slot, in Frame frame)
    {
        var computation = program.ComputationOf(slot);
        ref var state = ref patient.Derived[slot - program.Layout.SignalCount];
        var value = computation.Compute(in frame, out var questionable);
        if (computation.ValidFor != SlotState.None && value.IsKnown)
        {
            var due = ((ExpressionComputation)computation).DueAt(in frame);
            patient.Due = Math.Min(patient.Due, due);
            _nextDue[patient.Handle] = Math.Min(_nextDue[patient.Handle], due);
        }

        // Of a sum with a questionable part what is known without it may be another, although the sum is the same.
        var before = state.Value;
        if (value == before && questionable == state.Questionable && !(questionable && computation.IsInterval))
        {
            return;
        }

        var isOther = value.IsKnown != before.IsKnown || questionable != state.Questionable;
        (state.Low, state.High, state.Questionable) = (value.Low, value.High, questionable);
        var readers = program.Readers[slot];
        if (isOther || computation.IsInterval || !_usesEdges || !(value.Low >= state.Below && value.Low < state.Above))
        {
            if (value.IsKnown)
            {
                readers.Locate(value.Low, out state.Below, out state.Above);
            }

            MarkAll(readers);
        }
        else if (readers.IsExact)
        {
            MarkOnChange(readers);
        }
    }
}
