using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    /// <inheritdoc/>
    public void Ingest(int patient, Reading reading, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(output);
        var state = StateOf(patient);
        if (reading.IsLate)
        {
            // Late values may one day enter windows; they never touch what is current.
            return;
        }

        var time = reading.CorrectedTime.UnixMilliseconds;
        if (_nextDue[patient] < time)
        {
            FireTimers(patient, state, time - 1, output);
        }

        var alarms = _program.HasSensorOff && reading.DeviceAlarms.Count > 0 ? reading.DeviceAlarms : null;
        foreach (var sample in reading.Values)
        {
            if (SlotOf(sample.Signal) is >= 0 and var slot)
            {
                Take(patient, state, slot, in sample, time, alarms);
            }
        }

        if (alarms is not null)
        {
            TakeSensorsOff(patient, state, reading, time);
        }

        Settle(patient, state, time, output);
    }

    private PatientState StateOf(int handle) =>
        (uint)handle < (uint)_count && _patients[handle] is { } state
            ? state
            : throw new ArgumentOutOfRangeException(nameof(handle), handle, "There is no patient with this handle.");

    /// <summary>The slot of a signal; -1 if the rules do not know it. A decoder may still use the catalogue of the rules before.</summary>
    private int SlotOf(Signal signal)
    {
        var signals = _program.Catalogue.Signals;
        return (uint)signal.Index < (uint)signals.Length && ReferenceEquals(signals[signal.Index], signal)
            ? signal.Index
            : _program.Catalogue.Find(signal.Id)?.Index ?? -1;
    }

    private void Take(int handle, PatientState patient, int index, in SignalValue sample, long time, List<string>? alarms)
    {
        ref var slot = ref patient.Slots[index];
        if (time < slot.Newest)
        {
            // Out of order: older than what is known already.
            return;
        }

        if (time == slot.Newest && sample.Quality == slot.NewestQuality && sample.Value.Equals(slot.NewestValue))
        {
            return;
        }

        var info = _program.Slots[index];
        slot.Newest = time;
        slot.NewestValue = sample.Value;
        slot.NewestQuality = sample.Quality;
        slot.ReadsExpires = Later(time, info.ExpiresAfter);
        if (sample.Quality == Quality.NoValue || double.IsNaN(sample.Value))
        {
            var declared = SignalJudge.IsDeclaredNoValue(info.Signal!, sample.Value) && (alarms is null || !DeviceAlarms.AnySays(alarms, info.SensorOff));
            SetReads(ref slot, index, declared ? Truth.True : Truth.Unknown, questionable: false);
        }
        else
        {
            TakeValue(ref slot, index, info, in sample, time);
        }

        _nextDue[handle] = Math.Min(_nextDue[handle], slot.Due);
    }

    private void TakeValue(ref SlotState slot, int index, SlotInfo info, in SignalValue sample, long time)
    {
        SetReads(ref slot, index, Truth.False, sample.Quality == Quality.Questionable);
        slot.Heard = time;
        slot.Expires = Later(time, info.ExpiresAfter);
        if (slot.MonitoredFrom != SlotState.None)
        {
            slot.MissingDue = Later(Math.Max(time, slot.MonitoredFrom), info.MissingAfter);
            if (slot.Missing)
            {
                slot.Missing = false;
                MarkRules(index);
            }
        }

        // A derived signal is as old as its oldest input, so it is computed again even when the value is the same.
        MarkDerived(info);
        if (slot.Value != sample.Value || slot.Quality != sample.Quality)
        {
            slot.Value = sample.Value;
            slot.Quality = sample.Quality;
            MarkRules(index);
        }
    }

    private void SetReads(ref SlotState slot, int index, Truth reads, bool questionable)
    {
        if (slot.ReadsNothing != reads || slot.ReadsQuestionable != questionable)
        {
            slot.ReadsNothing = reads;
            slot.ReadsQuestionable = questionable;
            MarkRules(index);
        }
    }

    /// <summary>A device alarm that names a sensor as off counts like a null of that signal, where the reading brings no sample of it.</summary>
    private void TakeSensorsOff(int handle, PatientState patient, Reading reading, long time)
    {
        for (var index = 0; index < _program.Catalogue.Signals.Length; index++)
        {
            var info = _program.Slots[index];
            if (info.SensorOff.Count == 0 || patient.Slots[index].Newest == SlotState.Never || !DeviceAlarms.AnySays(reading.DeviceAlarms, info.SensorOff))
            {
                continue;
            }

            var brought = false;
            foreach (var sample in reading.Values)
            {
                brought |= SlotOf(sample.Signal) == index;
            }

            if (!brought)
            {
                Take(handle, patient, index, new SignalValue(info.Signal!, double.NaN, Quality.NoValue), time, reading.DeviceAlarms);
            }
        }
    }

    private void MarkRules(int slot)
    {
        foreach (var rule in _program.Slots[slot].Rules)
        {
            _dirtyRules[rule >> 6] |= 1UL << rule;
        }
    }

    private void MarkDerived(SlotInfo info)
    {
        foreach (var derived in info.Derived)
        {
            _dirtyDerived[derived] = true;
            _anyDerived = true;
        }
    }

    /// <summary>Computes what was marked and evaluates the rules that read it, in their order.</summary>
    private void Settle(int handle, PatientState patient, long time, ICollection<AlertTransition> output)
    {
        if (_anyDerived)
        {
            ComputeDerived(handle, patient, time);
        }

        for (var word = 0; word < _dirtyRules.Length; word++)
        {
            var bits = _dirtyRules[word];
            if (bits == 0)
            {
                continue;
            }

            _dirtyRules[word] = 0;
            while (bits != 0)
            {
                var rule = (word << 6) + System.Numerics.BitOperations.TrailingZeroCount(bits);
                bits &= bits - 1;
                Evaluate(handle, patient, _program.Rules[rule], time, output);
            }
        }
    }

    private void ComputeDerived(int handle, PatientState patient, long time)
    {
        _anyDerived = false;
        var frame = new Frame(patient.Slots, trustedOnly: false);
        for (var index = _program.Catalogue.Signals.Length; index < _dirtyDerived.Length; index++)
        {
            if (!_dirtyDerived[index])
            {
                continue;
            }

            _dirtyDerived[index] = false;
            ref var slot = ref patient.Slots[index];
            var info = _program.Slots[index];
            var heard = SlotState.None;
            var quality = Quality.Valid;
            foreach (var input in info.Inputs)
            {
                ref readonly var source = ref patient.Slots[input];
                heard = Math.Min(heard, source.Heard);
                quality = source.Quality == Quality.Questionable ? Quality.Questionable : quality;
            }

            var value = info.Derivation!.Evaluate(in frame);
            var expires = Later(heard, info.ExpiresAfter);
            if (heard == SlotState.Never || expires <= time)
            {
                value = double.NaN;
            }

            if (double.IsNaN(value))
            {
                expires = SlotState.None;
                quality = Quality.Valid;
            }

            slot.Heard = heard;
            slot.Expires = expires;
            _nextDue[handle] = Math.Min(_nextDue[handle], slot.Expires);
            if (!slot.Value.Equals(value) || slot.Quality != quality)
            {
                slot.Value = value;
                slot.Quality = quality;
                MarkRules(index);
            }
        }
    }
}
