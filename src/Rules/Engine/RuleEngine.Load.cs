using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    private static readonly ReasonWriter RuleRemoved = TransitionReasons.Outside("rule removed");
    private static readonly ReasonWriter RuleChanged = TransitionReasons.Outside("rule changed");

    /// <inheritdoc/>
    /// <remarks>
    /// An alert is the same one if its name is the same.
    /// <code>
    /// its rule                      pending                               active or clearing
    /// unchanged                     goes on                               goes on
    /// other message, kind           goes on                               goes on
    /// other priority                goes on                               goes on, told as an update
    /// other conditions, durations   begins anew if it holds, else ends    active until the new rule clears it, told as "rule changed"
    /// gone                          ends: "rule removed"                  ends: "rule removed"
    /// </code>
    /// </remarks>
    public void Load(RuleSet rules, Instant time, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(output);
        var before = _program;
        var now = time.UnixMilliseconds;
        var next = rules.Program;
        var oldByName = before.Rules.ToDictionary(rule => rule.Rule.Name, StringComparer.Ordinal);
        var newNames = next.Rules.Select(rule => rule.Rule.Name).ToHashSet(StringComparer.Ordinal);
        var removed = before.Rules.Where(rule => !newNames.Contains(rule.Rule.Name)).ToList();
        var oldOf = next.Rules.Select(rule => oldByName.GetValueOrDefault(rule.Rule.Name)).ToArray();
        for (var handle = 0; handle < _count; handle++)
        {
            if (_patients[handle] is { } patient)
            {
                FireTimers(handle, patient, now, output);
                EndRemoved(patient, removed, now, output);
            }
        }

        UseProgram(next);
        Rules = rules;
        for (var handle = 0; handle < _count; handle++)
        {
            if (_patients[handle] is { } patient)
            {
                CarryOver(handle, patient, before, oldOf, now, output);
            }
        }
    }

    private static void EndRemoved(PatientState patient, List<CompiledRule> removed, long now, ICollection<AlertTransition> output)
    {
        foreach (var rule in removed)
        {
            ref var cell = ref patient.Alerts[rule.Rule.Index];
            if (cell.State != AlertState.Unknown)
            {
                End(patient, rule, ref cell, now, RuleRemoved, output);
            }
        }
    }

    private void CarryOver(int handle, PatientState patient, RuleProgram before, CompiledRule?[] oldOf, long now, ICollection<AlertTransition> output)
    {
        var alerts = patient.Alerts;
        CarrySlots(patient, before, now);
        patient.Alerts = new AlertCell[_program.Rules.Length];
        Array.Fill(patient.Alerts, AlertCell.Idle);
        WaitFor(patient, now);
        MarkEverything();
        _nextDue[handle] = SlotState.None;
        ComputeDerived(handle, patient, now);
        foreach (var rule in _program.Rules)
        {
            if (oldOf[rule.Rule.Index] is { } old)
            {
                ref var cell = ref patient.Alerts[rule.Rule.Index];
                cell = alerts[old.Rule.Index];
                CarryAlert(patient, rule, old, ref cell, now, output);
            }
        }

        Settle(handle, patient, now, output);
        _nextDue[handle] = NextDue(patient);
    }

    /// <summary>The values of signals that still exist stay; when they go out of date is decided anew.</summary>
    private void CarrySlots(PatientState patient, RuleProgram before, long now)
    {
        var old = patient.Slots;
        patient.Slots = new SlotState[_program.Slots.Length];
        Array.Fill(patient.Slots, SlotState.Empty);
        for (var index = 0; index < _program.Catalogue.Signals.Length; index++)
        {
            var info = _program.Slots[index];
            if (before.Catalogue.Find(info.Id) is not { } known || known.Id != info.Id)
            {
                continue;
            }

            ref var slot = ref patient.Slots[index];
            slot = old[known.Index];
            slot.Expires = double.IsNaN(slot.Value) ? SlotState.None : Math.Max(now, Later(slot.Heard, info.ExpiresAfter));
            slot.ReadsExpires = slot.ReadsNothing == Truth.Unknown ? SlotState.None : Math.Max(now, Later(slot.Newest, info.ExpiresAfter));
            if (slot.MonitoredFrom != SlotState.None)
            {
                var due = Later(Math.Max(slot.Heard, slot.MonitoredFrom), info.MissingAfter);
                slot.Missing &= due <= now;
                slot.MissingDue = slot.Missing ? SlotState.None : Math.Max(now, due);
            }
        }
    }

    private static void CarryAlert(PatientState patient, CompiledRule rule, CompiledRule old, ref AlertCell cell, long now, ICollection<AlertTransition> output)
    {
        if (cell.State == AlertState.Unknown)
        {
            return;
        }

        if (rule.Hash != old.Hash)
        {
            CarryChanged(patient, rule, ref cell, now, output);
        }
        else if (rule.Rule.Priority != old.Rule.Priority)
        {
            var words = $"priority changed from {old.Rule.Priority.ToString().ToLowerInvariant()} to {rule.Rule.Priority.ToString().ToLowerInvariant()}";
            Update(patient, rule, ref cell, now, TransitionReasons.Outside(words), output);
        }
    }

    private static void CarryChanged(PatientState patient, CompiledRule rule, ref AlertCell cell, long now, ICollection<AlertTransition> output)
    {
        cell.Due = SlotState.None;
        if (cell.State != AlertState.Pending)
        {
            var wasActive = cell.State == AlertState.Active;
            cell.State = AlertState.Active;
            Tell(patient, rule, ref cell, AlertState.Active, now, wasActive, RuleChanged, output);
            return;
        }

        var frame = new Frame(patient.Slots, trustedOnly: false);
        if (rule.When.Evaluate(in frame) != Truth.True)
        {
            End(patient, rule, ref cell, now, RuleChanged, output);
            return;
        }

        cell.Since = now;
        if (rule.For == 0)
        {
            Enter(patient, rule, ref cell, AlertState.Active, now, RuleChanged, output);
            return;
        }

        cell.Due = Later(now, rule.For);
        Update(patient, rule, ref cell, now, RuleChanged, output);
    }
}
