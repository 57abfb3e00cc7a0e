using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    /// <inheritdoc/>
    /// <remarks>Other limits, another ward or other tags put the patient under another program of the rules: everything is evaluated anew.</remarks>
    public int SetPatient(PatientProfile profile, Instant time, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(output);
        if (_handles.TryGet(profile.Patient, out var handle))
        {
            var known = _patients[handle]!;
            var now = Begin(known, time.UnixMilliseconds, output);
            known.Profile = profile;
            var program = known.Rules.ProgramFor(profile);
            if (!ReferenceEquals(program, known.Program))
            {
                known.Program = program;
                MarkEverything(known);
            }

            WaitFor(known, now);
            Settle(known, now, fires: false, output);
            Rearm(known);
            return handle;
        }

        handle = _handles.Give(profile.Patient);
        MakeRoom();
        var admitted = new PatientState(handle, profile, _loaded) { Clock = time.UnixMilliseconds };
        _patients[handle] = admitted;
        _nextDue[handle] = SlotState.None;
        WaitFor(admitted, admitted.Clock);
        MarkEverything(admitted);
        Settle(admitted, admitted.Clock, fires: false, output);
        Rearm(admitted);
        return handle;
    }

    /// <inheritdoc/>
    public void RemovePatient(string patient, Instant time, string reason, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!_handles.TryGet(patient, out var handle))
        {
            return;
        }

        var state = _patients[handle]!;
        var now = Begin(state, time.UnixMilliseconds, output);
        EndAlerts(state, now, reason, output);
        ClearMarks();
        _handles.Free(patient);
        _patients[handle] = null;
        _nextDue[handle] = SlotState.None;
    }

    /// <inheritdoc/>
    public void ResetPatient(string patient, Instant time, string reason, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!_handles.TryGet(patient, out var handle))
        {
            return;
        }

        var state = _patients[handle]!;
        var now = Begin(state, time.UnixMilliseconds, output);
        EndAlerts(state, now, reason, output);
        state.Forget();
        WaitFor(state, now);
        MarkEverything(state);
        Settle(state, now, fires: false, output);
        Rearm(state);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A patient who still waits to be brought under the rules in force waits anew at once. A signal whose <c>missing after</c> they shorten is then not
    /// missing for the time before, as nobody listened.
    /// </remarks>
    public void WaitAnew(Instant time)
    {
        _waitsFrom = Math.Max(_waitsFrom, time.UnixMilliseconds);
        for (var handle = 0; handle < _count; handle++)
        {
            if (_patients[handle] is not { } patient)
            {
                continue;
            }

            foreach (ref var slot in patient.Signals.AsSpan())
            {
                if (slot.MonitoredFrom != SlotState.None && !slot.Missing)
                {
                    slot.MonitoredFrom = Math.Max(slot.MonitoredFrom, time.UnixMilliseconds);
                }
            }

            Rearm(patient);
        }
    }

    /// <summary>Lets there be a place for every handle.</summary>
    internal void MakeRoom()
    {
        for (; _count < _handles.Count; _count++)
        {
            if (_count == _patients.Length)
            {
                Array.Resize(ref _patients, _count * 2);
                Array.Resize(ref _nextDue, _count * 2);
                Array.Resize(ref _isLive, _count * 2);
            }

            // Patients admitted from now on are under the rules in force.
            _nextDue[_count] = SlotState.None;
            _migrated += _migrated == _count ? 1 : 0;
        }
    }

    /// <summary>Brings what is waited for in line with the patient's monitored signals; a signal that is new among them is waited for from now on.</summary>
    private void WaitFor(PatientState patient, long now)
    {
        for (var index = 0; index < patient.Signals.Length; index++)
        {
            ref var slot = ref patient.Signals[index];
            var monitored = patient.Profile.Monitored.Contains(patient.Program.Layout.Slots[index].Id);
            if (monitored == (slot.MonitoredFrom != SlotState.None))
            {
                continue;
            }

            slot.MonitoredFrom = monitored ? now : SlotState.None;
            if (slot.Missing)
            {
                slot.Missing = false;
                MarkAll(patient.Program.Readers[index]);
            }
        }
    }

    /// <summary>Finds out anew when time alone next changes something.</summary>
    private void Rearm(PatientState patient)
    {
        patient.Due = NextDue(patient);
        _nextDue[patient.Handle] = Math.Min(patient.Due, patient.WindowDue);
    }
}
