using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    private void Evaluate(int handle, PatientState patient, CompiledRule rule, long time, ICollection<AlertTransition> output)
    {
        ref var cell = ref patient.Alerts[rule.Rule.Index];
        var frame = new Frame(patient.Slots, trustedOnly: false);
        var when = rule.When.Evaluate(in frame);
        switch (cell.State)
        {
            case AlertState.Unknown when when == Truth.True:
                Begin(handle, patient, rule, ref cell, time, output);
                break;
            case AlertState.Pending when when != Truth.True:
                End(patient, rule, ref cell, time, TransitionReasons.Dropped(rule, in frame, when), output);
                break;
            case AlertState.Active or AlertState.Clearing:
                EvaluateRaised(handle, patient, rule, ref cell, when, time, output);
                break;
        }
    }

    private void Begin(int handle, PatientState patient, CompiledRule rule, ref AlertCell cell, long time, ICollection<AlertTransition> output)
    {
        cell.Since = time;
        cell.Unverified = Trusted(patient, rule, rule.When) != Truth.True;
        if (rule.For == 0)
        {
            Enter(patient, rule, ref cell, AlertState.Active, time, TransitionReasons.Raised, output);
            return;
        }

        cell.Due = Later(time, rule.For);
        _nextDue[handle] = Math.Min(_nextDue[handle], cell.Due);
        Enter(patient, rule, ref cell, AlertState.Pending, time, TransitionReasons.Raised, output);
    }

    /// <summary>An alert that stands: only values that can be trusted clear it, and only while the condition itself does not hold.</summary>
    private void EvaluateRaised(
        int handle, PatientState patient, CompiledRule rule, ref AlertCell cell, Truth when, long time, ICollection<AlertTransition> output)
    {
        var trustedWhen = Trusted(patient, rule, rule.When);
        var clear = rule.ClearWhen is null ? Opposite(trustedWhen) : Trusted(patient, rule, rule.ClearWhen);
        var unverified = trustedWhen == Truth.Unknown || (trustedWhen == Truth.False && clear == Truth.Unknown);
        if (clear == Truth.True && when != Truth.True)
        {
            StartClearing(handle, patient, rule, ref cell, time, output);
        }
        else if (cell.State == AlertState.Clearing)
        {
            cell.Due = SlotState.None;
            cell.Unverified = unverified;
            Enter(patient, rule, ref cell, AlertState.Active, time, TransitionReasons.NotClear, output);
        }
        else if (cell.Unverified != unverified)
        {
            cell.Unverified = unverified;
            Update(patient, rule, ref cell, time, unverified ? TransitionReasons.Unverified : TransitionReasons.Verified, output);
        }
    }

    private void StartClearing(int handle, PatientState patient, CompiledRule rule, ref AlertCell cell, long time, ICollection<AlertTransition> output)
    {
        if (cell.State == AlertState.Clearing)
        {
            return;
        }

        cell.Unverified = false;
        if (rule.ClearAfter == 0)
        {
            End(patient, rule, ref cell, time, TransitionReasons.Cleared, output);
            return;
        }

        cell.ClearSince = time;
        cell.Due = Later(time, rule.ClearAfter);
        _nextDue[handle] = Math.Min(_nextDue[handle], cell.Due);
        Enter(patient, rule, ref cell, AlertState.Clearing, time, TransitionReasons.Cleared, output);
    }

    /// <summary>The time of a pending or clearing alert is over.</summary>
    private static void FireAlert(PatientState patient, CompiledRule rule, ICollection<AlertTransition> output)
    {
        ref var cell = ref patient.Alerts[rule.Rule.Index];
        var time = cell.Due;
        cell.Due = SlotState.None;
        if (cell.State == AlertState.Clearing)
        {
            End(patient, rule, ref cell, time, TransitionReasons.ClearedFor, output);
            return;
        }

        cell.Unverified = Trusted(patient, rule, rule.When) != Truth.True;
        Enter(patient, rule, ref cell, AlertState.Active, time, TransitionReasons.RaisedFor, output);
    }

    /// <summary>The truth when questionable values count as unknown.</summary>
    private static Truth Trusted(PatientState patient, CompiledRule rule, Condition condition)
    {
        var anyQuestionable = false;
        foreach (var slot in rule.Reads)
        {
            ref readonly var state = ref patient.Slots[slot];
            anyQuestionable |= state.Quality == Quality.Questionable || state.ReadsQuestionable;
        }

        var frame = new Frame(patient.Slots, anyQuestionable);
        return condition.Evaluate(in frame);
    }

    private static Truth Opposite(Truth truth) => Truth.True - (int)truth;

    private static void Enter(
        PatientState patient, CompiledRule rule, ref AlertCell cell, AlertState state, long time, ReasonWriter reason, ICollection<AlertTransition> output)
    {
        cell.State = state;
        Tell(patient, rule, ref cell, state, time, isUpdate: false, reason, output);
    }

    private static void Update(PatientState patient, CompiledRule rule, ref AlertCell cell, long time, ReasonWriter reason, ICollection<AlertTransition> output) =>
        Tell(patient, rule, ref cell, cell.State, time, isUpdate: true, reason, output);

    private static void End(PatientState patient, CompiledRule rule, ref AlertCell cell, long time, ReasonWriter reason, ICollection<AlertTransition> output)
    {
        Tell(patient, rule, ref cell, AlertState.Ended, time, isUpdate: false, reason, output);
        cell.State = AlertState.Unknown;
        cell.Due = SlotState.None;
        cell.Unverified = false;
    }

    private static void Tell(
        PatientState patient, CompiledRule rule, ref AlertCell cell, AlertState state, long time, bool isUpdate, ReasonWriter reason,
        ICollection<AlertTransition> output)
    {
        cell.Changed = Math.Max(cell.Changed, time);
        var frame = new Frame(patient.Slots, trustedOnly: false);
        var told = reason(rule, in frame);
        output.Add(new AlertTransition
        {
            Patient = patient.Profile.Patient,
            Rule = rule.Rule,
            State = state,
            Priority = rule.Rule.Priority,
            IsUpdate = isUpdate,
            Time = new Instant(cell.Changed),
            Since = new Instant(cell.Since),
            Value = told.Leaf.Value(in frame),
            Number = told.Leaf.Number(in frame),
            Limit = told.Leaf.Limit(in frame),
            Message = rule.Message.Fill(in frame, new Instant(cell.Changed)),
            Reason = told.Words,
            Unverified = cell.Unverified,
        });
    }
}
