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
        var time = reading.CorrectedTime.UnixMilliseconds;

        // What a person writes down later could have told nobody before: it happens when it is written down, and is as old as it is.
        var now = Begin(state, reading.IsTakenByHand ? reading.ReceivedTime.UnixMilliseconds : time, output);
        var layout = state.Program.Layout;
        var isLate = reading.IsLate;
        var alarms = layout.HasSensorOff && reading.DeviceAlarms.Count > 0 && !isLate ? reading.DeviceAlarms : null;
        foreach (var sample in reading.Values)
        {
            if (SlotOf(layout, sample.Signal) is >= 0 and var slot && !IsNewestAgain(in state.Signals[slot], in sample, time))
            {
                if (sample.Quality == Quality.Retracted)
                {
                    Withdraw(state, slot, in sample, time);
                }
                else if (isLate || time < state.Signals[slot].Newest)
                {
                    AddToWindows(state, slot, in sample, time, now);
                }
                else
                {
                    Take(state, slot, in sample, time, now, alarms, reading.IsTakenByHand);
                }
            }
        }

        if (alarms is not null)
        {
            TakeSensorsOff(state, reading, time, now);
        }

        Settle(state, now, fires: false, output);
    }

    /// <summary>The slot of a signal; -1 if the rules do not know it. A decoder may still use the catalogue of the rules before.</summary>
    private static int SlotOf(ProgramLayout layout, Signal signal)
    {
        var signals = layout.Catalogue.Signals;
        return (uint)signal.Index < (uint)signals.Length && ReferenceEquals(signals[signal.Index], signal)
            ? signal.Index
            : layout.Catalogue.Find(signal.Id)?.Index ?? -1;
    }

    /// <summary>A device that has not heard of our answer sends once more what it has sent, however late: it is said already.</summary>
    private static bool IsNewestAgain(in SlotState slot, in SignalValue sample, long time) =>
        time == slot.Newest && sample.Quality == slot.NewestQuality && sample.Value.Equals(slot.NewestValue);

    /// <summary>Takes in a sample that is not older than the newest of its signal.</summary>
    private void Take(PatientState patient, int index, in SignalValue sample, long time, long now, List<string>? alarms, bool byHand = false)
    {
        ref var slot = ref patient.Signals[index];
        var replaces = time == slot.Newest;
        var info = patient.Program.Layout.Slots[index];
        var earlier = slot.NewestValue;
        slot.Newest = time;
        slot.NewestValue = sample.Value;
        slot.NewestQuality = sample.Quality;
        if (sample.Quality == Quality.NoValue || double.IsNaN(sample.Value))
        {
            var declared = SignalJudge.IsDeclaredNoValue(info.Signal!, sample.Value) && (alarms is null || !DeviceAlarms.AnySays(alarms, info.SensorOff));
            SetReads(patient, ref slot, info, index, declared ? Truth.True : Truth.Unknown, questionable: false, now);
        }
        else
        {
            SetReads(patient, ref slot, info, index, Truth.False, sample.Quality == Quality.Questionable, now);
            TakeValue(patient, ref slot, info, index, in sample, time, now, byHand);
        }

        if (info.Windows.Length > 0)
        {
            TakeIntoWindows(patient, info, in sample, time, now, replaces, earlier);
        }

        var due = slot.Due(info);
        if (due < patient.Due)
        {
            patient.Due = due;
            _nextDue[patient.Handle] = Math.Min(_nextDue[patient.Handle], due);
        }
    }

    private void TakeValue(PatientState patient, ref SlotState slot, SlotInfo info, int index, in SignalValue sample, long time, long now, bool byHand)
    {
        var readers = patient.Program.Readers[index];
        slot.Heard = time;
        var isOther = slot.Age(info, now) | slot.Quality != sample.Quality;
        slot.Quality = sample.Quality;

        // What a person measures once does not say that the device measures again.
        if (slot.MonitoredFrom != SlotState.None && !byHand && slot.MissingAt(info) <= now != slot.Missing)
        {
            slot.Missing = !slot.Missing;
            isOther = true;
        }

        foreach (var aged in readers.Aged)
        {
            // What is computed from it is as old as its oldest input, so it is computed again even when the value is the same.
            MarkSlot(aged);
        }

        if (slot.Value == sample.Value && !isOther)
        {
            return;
        }

        slot.Value = sample.Value;
        if (isOther || !_usesEdges || !(sample.Value >= slot.Below && sample.Value < slot.Above))
        {
            readers.Locate(sample.Value, out slot.Below, out slot.Above);
            MarkAll(readers);
        }
        else if (readers.IsExact)
        {
            MarkOnChange(readers);
        }
    }

    private void SetReads(PatientState patient, ref SlotState slot, SlotInfo info, int index, Truth reads, bool questionable, long now)
    {
        if (!info.TellsNoValue)
        {
            return;
        }

        if (reads != Truth.Unknown && SlotState.Later(slot.Newest, info.ExpiresAfter) <= now)
        {
            (reads, questionable) = (Truth.Unknown, false);
        }

        if (slot.ReadsNothing != reads || slot.ReadsQuestionable != questionable)
        {
            slot.ReadsNothing = reads;
            slot.ReadsQuestionable = questionable;
            MarkAll(patient.Program.Readers[index]);
        }
    }

    /// <summary>A device alarm that names a sensor as off counts like a null of that signal, where the reading brings no sample of it.</summary>
    private void TakeSensorsOff(PatientState patient, Reading reading, long time, long now)
    {
        var layout = patient.Program.Layout;
        for (var index = 0; index < layout.SignalCount; index++)
        {
            var info = layout.Slots[index];
            var newest = patient.Signals[index].Newest;
            if (info.SensorOff.Count == 0 || newest == SlotState.Never || time < newest || !DeviceAlarms.AnySays(reading.DeviceAlarms, info.SensorOff))
            {
                continue;
            }

            var brought = false;
            foreach (var sample in reading.Values)
            {
                brought |= SlotOf(layout, sample.Signal) == index;
            }

            if (!brought)
            {
                Take(patient, index, new SignalValue(info.Signal!, double.NaN, Quality.NoValue), time, now, reading.DeviceAlarms);
            }
        }
    }
}
