using System.Numerics;
using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    /// <inheritdoc/>
    public void Advance(Instant time, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var now = time.UnixMilliseconds;
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
            FireTimers(handle, patient, now, output);
        }
    }

    /// <summary>
    /// Fires what is due up to and including a time, each at its own instant: first the values that become unknown and the signals that become
    /// missing, then the rules that see it, then the alerts whose time is over.
    /// </summary>
    private void FireTimers(int handle, PatientState patient, long until, ICollection<AlertTransition> output)
    {
        while (true)
        {
            var due = NextDue(patient);
            _nextDue[handle] = due;
            if (due > until || due == SlotState.None)
            {
                return;
            }

            Expire(patient, due);
            Settle(handle, patient, due, output);
            for (var rule = 0; rule < patient.Alerts.Length; rule++)
            {
                if (patient.Alerts[rule].Due <= due)
                {
                    FireAlert(patient, _program.Rules[rule], output);
                }
            }
        }
    }

    private static long NextDue(PatientState patient)
    {
        var due = SlotState.None;
        foreach (ref readonly var slot in patient.Slots.AsSpan())
        {
            due = Math.Min(due, slot.Due);
        }

        foreach (ref readonly var alert in patient.Alerts.AsSpan())
        {
            due = Math.Min(due, alert.Due);
        }

        return due;
    }

    private void Expire(PatientState patient, long now)
    {
        for (var index = 0; index < patient.Slots.Length; index++)
        {
            ref var slot = ref patient.Slots[index];
            if (slot.Expires <= now)
            {
                slot.Expires = SlotState.None;
                slot.Value = double.NaN;
                slot.Quality = Quality.Valid;
                MarkRules(index);
                MarkDerived(_program.Slots[index]);
            }

            if (slot.ReadsExpires <= now)
            {
                slot.ReadsExpires = SlotState.None;
                SetReads(ref slot, index, Truth.Unknown, questionable: false);
            }

            if (slot.MissingDue <= now)
            {
                slot.MissingDue = SlotState.None;
                slot.Missing = true;
                MarkRules(index);
            }
        }
    }
}
