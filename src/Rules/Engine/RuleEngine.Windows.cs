using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    /// <summary>A late or out-of-order sample: one more in the windows that still hold its pane.</summary>
    private void AddToWindows(PatientState patient, int slot, in SignalValue sample, long time, long now)
    {
        var info = patient.Program.Layout.Slots[slot];
        if (sample.Quality != Quality.Valid || double.IsNaN(sample.Value))
        {
            return;
        }

        foreach (var place in info.Windows)
        {
            var window = patient.Window(place);
            window.MoveTo(now);
            if (window.Add(time, sample.Value))
            {
                Changed(patient, place, window.Due);
            }
        }
    }

    /// <summary>The newest sample of a signal. Of two at one time the later takes the earlier one's place.</summary>
    private void TakeIntoWindows(PatientState patient, SlotInfo info, in SignalValue sample, long time, long now, bool replaces, double earlier)
    {
        var counts = sample.Quality == Quality.Valid && !double.IsNaN(sample.Value);
        foreach (var place in info.Windows)
        {
            ref var state = ref patient.Windows[place];
            if (!counts)
            {
                state.HoldsNewest = false;
                continue;
            }

            var window = patient.Window(place);
            window.MoveTo(now);
            if (replaces && state.HoldsNewest)
            {
                window.Replace(time, earlier, sample.Value);
            }
            else
            {
                state.HoldsNewest = window.Add(time, sample.Value);
            }

            Changed(patient, place, window.Due);
        }
    }

    /// <summary>Windows move on; panes that are too old go.</summary>
    private void MoveWindows(PatientState patient, long now)
    {
        patient.WindowDue = SlotState.None;
        for (var place = 0; place < patient.Windows.Length; place++)
        {
            var window = patient.Window(place);
            if (window.MoveTo(now))
            {
                MarkWindow(patient, place);
            }

            patient.WindowDue = Math.Min(patient.WindowDue, window.Due);
        }
    }

    private void Changed(PatientState patient, int place, long due)
    {
        MarkWindow(patient, place);
        if (due < patient.WindowDue)
        {
            patient.WindowDue = due;
            _nextDue[patient.Handle] = Math.Min(_nextDue[patient.Handle], due);
        }
    }

    private void MarkWindow(PatientState patient, int place)
    {
        foreach (var slot in patient.Program.Layout.Windows[place].Slots)
        {
            MarkSlot(slot);
        }
    }
}
