using System.Numerics;
using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    /// <inheritdoc/>
    public bool Advance(Instant time, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var isMigrating = IsMigrating;

        // First, so that below everybody's timers fire in the order of the handles.
        MigrateSome(output);
        return AdvanceTo(time.UnixMilliseconds, output) | isMigrating;
    }

    /// <summary>Time passes; whether it has changed anything.</summary>
    internal bool AdvanceTo(long now, ICollection<AlertTransition> output)
    {
        _hasMoved = false;
        _passed = Math.Max(_passed, now);
        FireAllDue(now, output);
        return _hasMoved;
    }

    /// <summary>How many patients may have something due up to and including a time; looks no further once it has found that many.</summary>
    internal int CountDue(long now, int most)
    {
        var found = 0;
        foreach (var due in _nextDue.AsSpan(0, _count))
        {
            found += due <= now ? 1 : 0;
            if (found == most)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>Fires all that is due up to and including a time, patient by patient, in the order of the handles.</summary>
    internal void FireAllDue(long now, ICollection<AlertTransition> output)
    {
        var due = _nextDue.AsSpan(0, _count);
        var index = 0;

        // Almost nobody is due at a tick: whole vectors of patients are passed over at once.
        var limit = new Vector<long>(now);
        while (index <= due.Length - Vector<long>.Count)
        {
            if (!Vector.LessThanOrEqualAny(new Vector<long>(due[index..]), limit))
            {
                index += Vector<long>.Count;
                continue;
            }

            for (var end = index + Vector<long>.Count; index < end; index++)
            {
                FireIfDue(index, now, output);
            }
        }

        for (; index < due.Length; index++)
        {
            FireIfDue(index, now, output);
        }
    }

    private void FireIfDue(int handle, long now, ICollection<AlertTransition> output)
    {
        if (_nextDue[handle] <= now && _patients[handle] is { } patient)
        {
            CatchUp(patient, output);
            FireTimers(patient, now, including: true, output);
        }
    }

    /// <summary>
    /// Fires what is due, each at its own instant: first the values that go out of date, windows that move on and signals that become missing, then the rules
    /// that see it, and the alerts whose time is over.
    /// </summary>
    /// <param name="patient">The patient.</param>
    /// <param name="limit">Until when.</param>
    /// <param name="including">Whether what is due at the limit fires too.</param>
    /// <param name="output">Receives the transitions.</param>
    private void FireTimers(PatientState patient, long limit, bool including, ICollection<AlertTransition> output)
    {
        while (true)
        {
            var due = Math.Min(patient.Due, patient.WindowDue);
            _nextDue[patient.Handle] = due;
            if (due == SlotState.None || (including ? due > limit : due >= limit))
            {
                return;
            }

            if (patient.Due == due)
            {
                // It may be too early.
                patient.Due = NextDue(patient);
                if (patient.Due > due && patient.WindowDue > due)
                {
                    continue;
                }
            }

            _hasMoved = true;
            var now = Math.Max(due, patient.Clock);
            PassTime(patient, now);
            if (patient.Due <= now)
            {
                MarkDueAlerts(patient, now);
            }

            patient.Clock = now;
            Settle(patient, now, fires: true, output);
        }
    }

    /// <summary>When time alone next changes a signal, a slot with a time of its own or an alert.</summary>
    private static long NextDue(PatientState patient)
    {
        var program = patient.Program;
        var due = SlotState.None;
        for (var slot = 0; slot < patient.Signals.Length; slot++)
        {
            due = Math.Min(due, patient.Signals[slot].Due(program.Layout.Slots[slot]));
        }

        foreach (var slot in program.Aged)
        {
            if (!double.IsNaN(patient.Derived[slot - program.Layout.SignalCount].Low))
            {
                due = Math.Min(due, DueOfAged(patient, slot));
            }
        }

        foreach (ref readonly var cell in patient.Alerts.Cells)
        {
            due = Math.Min(due, cell.Due(program.Rules[cell.Rule]));
        }

        return due;
    }

    private static long DueOfAged(PatientState patient, int slot)
    {
        var frame = new Frame(patient, patient.Program, patient.Clock, trustedOnly: false);
        return ((ExpressionComputation)patient.Program.ComputationOf(slot)).DueAt(in frame);
    }

    private void MarkDueAlerts(PatientState patient, long now)
    {
        foreach (ref readonly var cell in patient.Alerts.Cells)
        {
            if (cell.Due(patient.Program.Rules[cell.Rule]) <= now)
            {
                var position = patient.Program.PositionOf(cell.Rule);
                _dueRules[position >> 6] |= 1UL << position;
            }
        }
    }

    /// <summary>Values go out of date, windows move on and signals become missing.</summary>
    private void PassTime(PatientState patient, long now)
    {
        if (patient.WindowDue <= now)
        {
            MoveWindows(patient, now);
        }

        if (patient.Due > now)
        {
            return;
        }

        var program = patient.Program;
        for (var index = 0; index < patient.Signals.Length; index++)
        {
            ref var slot = ref patient.Signals[index];
            var info = program.Layout.Slots[index];
            if (slot.Due(info) <= now)
            {
                slot.Age(info, now);
                slot.Missing |= slot.MonitoredFrom != SlotState.None && slot.MissingAt(info) <= now;
                if (slot.ReadsNothing != Truth.Unknown && SlotState.Later(slot.Newest, info.ExpiresAfter) <= now)
                {
                    slot.ReadsNothing = Truth.Unknown;
                    slot.ReadsQuestionable = false;
                }

                MarkAll(program.Readers[index]);
            }
        }

        foreach (var slot in program.Aged)
        {
            if (!double.IsNaN(patient.Derived[slot - program.Layout.SignalCount].Low) && DueOfAged(patient, slot) <= now)
            {
                MarkSlot(slot);
            }
        }
    }
}
