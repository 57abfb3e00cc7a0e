using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    private void Evaluate(PatientState patient, CompiledRule rule, long now, ICollection<AlertTransition> output)
    {
        var place = patient.Alerts.Find(rule.Rule.Index);
        if (!patient.Program.Applies[rule.Rule.Index])
        {
            if (place >= 0)
            {
                End(patient, rule, place, now, Outside(patient, rule, place, now, "not for this patient any more"), output);
            }

            return;
        }

        Span<Truth> seen = stackalloc Truth[CompiledRule.MostLevels];
        var frame = new Frame(patient, patient.Program, now, trustedOnly: false);
        var any = EvaluateLevels(rule, in frame, seen);
        if (place < 0)
        {
            if (any != Truth.True)
            {
                return;
            }

            place = patient.Alerts.Add(AlertCell.Of(rule.Rule.Index));
            _isLive[patient.Handle] = true;
        }
        else if (patient.Alerts[place].Carried != CarriedAs.Same && !TellCarried(patient, rule, place, seen, in frame, output))
        {
            return;
        }

        ref var cell = ref patient.Alerts[place];
        var reached = Wait(ref cell, rule, seen, now);
        if (!cell.IsRaised)
        {
            EvaluateWaiting(patient, rule, place, reached, in frame, output);
        }
        else
        {
            EvaluateRaised(patient, rule, place, reached, any, in frame, output);
        }
    }

    /// <summary>The truth of all levels. Returns that of all joined by <c>or</c>.</summary>
    private static Truth EvaluateLevels(CompiledRule rule, in Frame frame, Span<Truth> truths)
    {
        var any = Truth.False;
        for (var level = 0; level < rule.Levels.Length; level++)
        {
            truths[level] = rule.Levels[level].When.Evaluate(in frame);
            any = truths[level] > any ? truths[level] : any;
        }

        return any;
    }

    /// <summary>Begins and ends the waiting of the levels above the present one. Returns the highest that is reached without waiting; -1: none is.</summary>
    private static int Wait(ref AlertCell cell, CompiledRule rule, ReadOnlySpan<Truth> seen, long now)
    {
        var reached = -1;
        for (var level = cell.IsRaised ? cell.Level + 1 : 0; level < rule.Levels.Length; level++)
        {
            if (seen[level] != Truth.True)
            {
                cell.Waiting[level] = SlotState.None;
                continue;
            }

            cell.Waiting[level] = cell.Waiting[level] == SlotState.None ? now : cell.Waiting[level];
            reached = rule.Levels[level].For == 0 ? level : reached;
        }

        return reached;
    }

    private void EvaluateWaiting(PatientState patient, CompiledRule rule, int place, int reached, in Frame frame, ICollection<AlertTransition> output)
    {
        ref var cell = ref patient.Alerts[place];
        if (reached >= 0)
        {
            Raise(patient, rule, place, reached, TransitionReasons.Raised(rule, reached, in frame), in frame, output);
        }
        else if (cell.HighestWaiting < 0)
        {
            cell.SuppressedBy = SuppressorOf(rule, in frame);
            End(patient, rule, place, frame.Now, TransitionReasons.Dropped(rule, cell.Level, in frame), output);
        }
        else if (cell.State == AlertState.Unknown)
        {
            cell.Since = frame.Now;
            cell.State = AlertState.Pending;
            cell.Level = (byte)cell.HighestWaiting;
            cell.Unverified = Trusted(rule, in frame) != Truth.True;
            cell.SuppressedBy = SuppressorOf(rule, in frame);
            Tell(patient, rule, ref cell, isUpdate: false, TransitionReasons.Raised(rule, cell.Level, in frame), in frame, output);
            Arm(patient, rule, ref cell);
        }
        else
        {
            Arm(patient, rule, ref cell);
        }
    }

    private void Raise(PatientState patient, CompiledRule rule, int place, int level, TransitionReason reason, in Frame frame, ICollection<AlertTransition> output)
    {
        ref var cell = ref patient.Alerts[place];
        cell.Since = cell.State == AlertState.Unknown ? frame.Now : cell.Since;
        cell.State = AlertState.Active;
        cell.Level = (byte)level;
        cell.StopWaiting(level);
        cell.Unverified = Trusted(rule, in frame) != Truth.True;
        cell.SuppressedBy = SuppressorOf(rule, in frame);
        Tell(patient, rule, ref cell, isUpdate: false, reason, in frame, output);
        Arm(patient, rule, ref cell);
    }

    /// <summary>An alert that stands: only values that can be trusted clear it, and only while no level's condition holds.</summary>
    private void EvaluateRaised(
        PatientState patient, CompiledRule rule, int place, int reached, Truth any, in Frame frame, ICollection<AlertTransition> output)
    {
        ref var cell = ref patient.Alerts[place];
        Span<Truth> trusted = stackalloc Truth[CompiledRule.MostLevels];
        var isTainted = rule.IsTainted(in frame);
        var trustedFrame = isTainted ? frame.With(trustedOnly: true) : frame;
        var anyTrusted = EvaluateLevels(rule, in trustedFrame, trusted);
        var clear = rule.ClearWhen is null ? anyTrusted.Opposite() : rule.ClearWhen.Evaluate(in trustedFrame);
        var before = cell;
        TransitionReason? reason = null;
        if (reached >= 0)
        {
            reason = TransitionReasons.Raised(rule, reached, in frame);
            GoUp(ref cell, reached);
        }

        if (clear == Truth.True && any != Truth.True)
        {
            if (cell.State == AlertState.Active && rule.ClearAfter == 0)
            {
                cell.Unverified = false;
                cell.SuppressedBy = SuppressorOf(rule, in frame);
                End(patient, rule, place, frame.Now, TransitionReasons.Cleared(rule, cell.Level, in frame), output);
                return;
            }

            if (cell.State == AlertState.Active)
            {
                reason = TransitionReasons.Cleared(rule, cell.Level, in frame);
                cell.State = AlertState.Clearing;
                cell.Turning = frame.Now;
            }
        }
        else
        {
            if (cell.State == AlertState.Clearing)
            {
                reason = TransitionReasons.NotClear(rule, cell.Level, in frame);
                cell.State = AlertState.Active;
                cell.Turning = SlotState.None;
            }

            Turn(ref cell, rule, trusted, ref reason, in frame);
        }

        cell.Unverified = cell.State == AlertState.Active
            && (anyTrusted == Truth.Unknown || (anyTrusted == Truth.False && clear == Truth.Unknown));
        cell.SuppressedBy = SuppressorOf(rule, in frame);
        TellChange(patient, rule, ref cell, in before, reason, in frame, output);
        Arm(patient, rule, ref cell);
    }

    private static void GoUp(ref AlertCell cell, int level)
    {
        cell.State = AlertState.Active;
        cell.Level = (byte)level;
        cell.Turning = SlotState.None;
        cell.StopWaiting(level);
    }

    /// <summary>An active alert whose level's condition is false turns to a lower level, in time or at once.</summary>
    private static void Turn(ref AlertCell cell, CompiledRule rule, ReadOnlySpan<Truth> trusted, ref TransitionReason? reason, in Frame frame)
    {
        if (cell.Level == 0 || trusted[cell.Level] != Truth.False)
        {
            cell.Turning = SlotState.None;
        }
        else if (rule.ClearAfter == 0)
        {
            reason = TransitionReasons.SteppedDown(rule, cell.Level, in frame);
            GoDown(ref cell, trusted);
        }
        else if (cell.Turning == SlotState.None)
        {
            cell.Turning = frame.Now;
        }
    }

    private static void GoDown(ref AlertCell cell, ReadOnlySpan<Truth> trusted)
    {
        cell.Turning = SlotState.None;
        do
        {
            cell.Level--;
        }
        while (cell.Level > 0 && trusted[cell.Level] == Truth.False);
    }

    /// <summary>The time of a level that waits, of a clearing or of a step down may be over. What the evaluation before has cancelled is not.</summary>
    private void FireAlert(PatientState patient, CompiledRule rule, long now, ICollection<AlertTransition> output)
    {
        var place = patient.Alerts.Find(rule.Rule.Index);
        if (place < 0)
        {
            return;
        }

        ref var cell = ref patient.Alerts[place];
        var frame = new Frame(patient, patient.Program, now, trustedOnly: false);
        var reached = cell.HighestWaiting;
        while (reached >= 0 && (cell.Waiting[reached] == SlotState.None || SlotState.Later(cell.Waiting[reached], rule.Levels[reached].For) > now))
        {
            reached--;
        }

        var isTurned = cell.Turning != SlotState.None && SlotState.Later(cell.Turning, rule.ClearAfter) <= now;
        if (reached >= 0 && !cell.IsRaised)
        {
            Raise(patient, rule, place, reached, TransitionReasons.RaisedFor(rule, reached, in frame), in frame, output);
        }
        else if (reached < 0 && isTurned && cell.State == AlertState.Clearing)
        {
            cell.SuppressedBy = SuppressorOf(rule, in frame);
            End(patient, rule, place, now, TransitionReasons.ClearedFor(rule, cell.Level, in frame), output);
        }
        else if (reached >= 0 || isTurned)
        {
            ChangeLevel(patient, rule, ref cell, reached, in frame, output);
        }
    }

    private void ChangeLevel(PatientState patient, CompiledRule rule, ref AlertCell cell, int reached, in Frame frame, ICollection<AlertTransition> output)
    {
        var before = cell;
        var trustedFrame = frame.With(rule.IsTainted(in frame));
        Span<Truth> trusted = stackalloc Truth[CompiledRule.MostLevels];
        var anyTrusted = EvaluateLevels(rule, in trustedFrame, trusted);
        var clear = rule.ClearWhen is null ? anyTrusted.Opposite() : rule.ClearWhen.Evaluate(in trustedFrame);
        var reason = reached >= 0 ? TransitionReasons.RaisedFor(rule, reached, in frame) : TransitionReasons.SteppedDown(rule, cell.Level, in frame);
        if (reached >= 0)
        {
            GoUp(ref cell, reached);
        }
        else
        {
            GoDown(ref cell, trusted);
        }

        cell.Unverified = anyTrusted == Truth.Unknown || (anyTrusted == Truth.False && clear == Truth.Unknown);
        cell.SuppressedBy = SuppressorOf(rule, in frame);
        TellChange(patient, rule, ref cell, in before, reason, in frame, output);
        Arm(patient, rule, ref cell);
    }

    /// <summary>The truth of all levels joined by <c>or</c> when questionable values count as unknown.</summary>
    private static Truth Trusted(CompiledRule rule, in Frame frame)
    {
        Span<Truth> trusted = stackalloc Truth[CompiledRule.MostLevels];
        var trustedFrame = frame.With(rule.IsTainted(in frame));
        return EvaluateLevels(rule, in trustedFrame, trusted);
    }

    /// <summary>The first of the rules that hold this one back and are raised; -1: none is.</summary>
    private static short SuppressorOf(CompiledRule rule, in Frame frame)
    {
        foreach (var suppressor in rule.SuppressedBy)
        {
            if (frame.IsRaised(suppressor) == Truth.True)
            {
                return (short)suppressor;
            }
        }

        return AlertCell.Nobody;
    }

    /// <summary>Time alone may change this alert.</summary>
    private void Arm(PatientState patient, CompiledRule rule, ref AlertCell cell)
    {
        var due = cell.Due(rule);
        patient.Due = Math.Min(patient.Due, due);
        _nextDue[patient.Handle] = Math.Min(_nextDue[patient.Handle], due);
    }
}
