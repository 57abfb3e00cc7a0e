using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    // No handle below this one is free.
    private int _firstMaybeFree;

    /// <inheritdoc/>
    public int SetPatient(PatientProfile profile, Instant time, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(output);
        var now = time.UnixMilliseconds;
        if (_handles.TryGetValue(profile.Patient, out var handle))
        {
            var known = _patients[handle]!;
            FireTimers(handle, known, now - 1, output);
            known.Profile = profile;
            WaitFor(known, now);
            Settle(handle, known, now, output);
        }
        else
        {
            handle = FreeHandle();
            var admitted = new PatientState(profile, _program);
            _patients[handle] = admitted;
            _handles.Add(profile.Patient, handle);
            WaitFor(admitted, now);
            MarkEverything();
            _nextDue[handle] = SlotState.None;
            Settle(handle, admitted, now, output);
        }

        _nextDue[handle] = NextDue(_patients[handle]!);
        return handle;
    }

    /// <inheritdoc/>
    public void RemovePatient(string patient, Instant time, string reason, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!_handles.TryGetValue(patient, out var handle))
        {
            return;
        }

        var state = _patients[handle]!;
        FireTimers(handle, state, time.UnixMilliseconds - 1, output);
        EndAlerts(state, time.UnixMilliseconds, reason, output);
        _handles.Remove(patient);
        _patients[handle] = null;
        _nextDue[handle] = SlotState.None;
        _firstMaybeFree = Math.Min(_firstMaybeFree, handle);
    }

    /// <inheritdoc/>
    public void ResetPatient(string patient, Instant time, string reason, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!_handles.TryGetValue(patient, out var handle))
        {
            return;
        }

        var state = _patients[handle]!;
        var now = time.UnixMilliseconds;
        FireTimers(handle, state, now - 1, output);
        EndAlerts(state, now, reason, output);
        Array.Fill(state.Slots, SlotState.Empty);
        WaitFor(state, now);
        MarkEverything();
        Settle(handle, state, now, output);
        _nextDue[handle] = NextDue(state);
    }

    /// <inheritdoc/>
    public void WaitAnew(Instant time)
    {
        for (var handle = 0; handle < _count; handle++)
        {
            if (_patients[handle] is not { } patient)
            {
                continue;
            }

            for (var index = 0; index < _program.Catalogue.Signals.Length; index++)
            {
                ref var slot = ref patient.Slots[index];
                if (slot.MonitoredFrom != SlotState.None && !slot.Missing)
                {
                    slot.MonitoredFrom = Math.Max(slot.MonitoredFrom, time.UnixMilliseconds);
                    slot.MissingDue = Later(Math.Max(slot.Heard, slot.MonitoredFrom), _program.Slots[index].MissingAfter);
                }
            }

            _nextDue[handle] = NextDue(patient);
        }
    }

    private int FreeHandle()
    {
        while (_firstMaybeFree < _count && _patients[_firstMaybeFree] is not null)
        {
            _firstMaybeFree++;
        }

        if (_firstMaybeFree == _count)
        {
            if (_count == _patients.Length)
            {
                Array.Resize(ref _patients, _count * 2);
                Array.Resize(ref _nextDue, _count * 2);
            }

            _count++;
        }

        return _firstMaybeFree;
    }

    /// <summary>Brings what is waited for in line with the patient's monitored signals; a signal that is new among them is waited for from now on.</summary>
    private void WaitFor(PatientState patient, long now)
    {
        for (var index = 0; index < _program.Catalogue.Signals.Length; index++)
        {
            ref var slot = ref patient.Slots[index];
            var monitored = patient.Profile.Monitored.Contains(_program.Slots[index].Id);
            if (monitored == (slot.MonitoredFrom != SlotState.None))
            {
                continue;
            }

            slot.MonitoredFrom = monitored ? now : SlotState.None;
            slot.MissingDue = monitored ? Later(Math.Max(slot.Heard, now), _program.Slots[index].MissingAfter) : SlotState.None;
            if (slot.Missing)
            {
                slot.Missing = false;
                MarkRules(index);
            }
        }
    }

    private void EndAlerts(PatientState patient, long time, string reason, ICollection<AlertTransition> output)
    {
        var writer = TransitionReasons.Outside(reason);
        foreach (var rule in _program.Rules)
        {
            ref var cell = ref patient.Alerts[rule.Rule.Index];
            if (cell.State != AlertState.Unknown)
            {
                End(patient, rule, ref cell, time, writer, output);
            }
        }
    }

    private void MarkEverything()
    {
        for (var rule = 0; rule < _program.Rules.Length; rule++)
        {
            _dirtyRules[rule >> 6] |= 1UL << rule;
        }

        for (var derived = _program.Catalogue.Signals.Length; derived < _program.Slots.Length; derived++)
        {
            _dirtyDerived[derived] = true;
            _anyDerived = true;
        }
    }
}
