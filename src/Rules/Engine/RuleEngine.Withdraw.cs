using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    /// <summary>
    /// Takes back the newest value of a signal. One that is not the newest any more changes nothing: it counts for nothing but windows, which keep what they
    /// have taken in. Whether the signal is missing does not change, as the value did not change it when it came.
    /// </summary>
    private void Withdraw(PatientState patient, int index, in SignalValue sample, long time)
    {
        ref var slot = ref patient.Signals[index];
        if (time != slot.Newest || !sample.Value.Equals(slot.NewestValue))
        {
            return;
        }

        var info = patient.Program.Layout.Slots[index];
        slot = SlotState.Empty with { MonitoredFrom = slot.MonitoredFrom, Missing = slot.Missing };
        MarkAll(patient.Program.Readers[index]);
        foreach (var aged in patient.Program.Readers[index].Aged)
        {
            MarkSlot(aged);
        }

        foreach (var place in info.Windows)
        {
            patient.Windows[place].HoldsNewest = false;
        }

        var due = slot.Due(info);
        if (due < patient.Due)
        {
            patient.Due = due;
            _nextDue[patient.Handle] = Math.Min(_nextDue[patient.Handle], due);
        }
    }
}
