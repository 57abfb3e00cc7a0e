using IoTGateway.Alerts.Ledger;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>What the ledger makes of the engine's transitions.</summary>
public sealed partial class AlertLedger
{
    /// <summary>Takes in a transition of the engine; adds the event it gives, if any, to <paramref name="output"/>.</summary>
    internal void Take(AlertTransition transition, AlertPlace place, AlertContext context, ICollection<AlertEvent> output)
    {
        var rule = transition.Rule;
        var last = FindEvent(transition.Patient, rule.Slug);
        if (last is not null && last.Status.Shadow != rule.Shadow)
        {
            if (rule.Shadow)
            {
                // What people know of, and have still to acknowledge, is not touched by a rule that is only tried.
                return;
            }

            End(last, transition.Time, "the rule is in earnest now", context, output);
            last = null;
        }

        var present = last?.Status.State ?? AlertState.Unknown;
        switch (Decide(present, transition.State))
        {
            case LedgerStep.Ignore:
                break;
            case LedgerStep.Begin:
                Begin(transition, place, context, output);
                break;
            case LedgerStep.Enter:
                Record(AlertChange.Entered, last!, Entered(last!.Status, transition, transition.State, context), transition.Time, context, output);
                break;
            case LedgerStep.Update:
                Update(last!, Entered(last!.Status, transition, present, context) with { Changed = last.Status.Changed }, transition.Time, context, output);
                break;
            case LedgerStep.TakeUp:
                Update(last!, last!.Status with { Orphaned = false, Unverified = transition.Unverified }, transition.Time, context, output);
                break;
            case LedgerStep.Finish:
                var over = rule.Latch && !rule.Shadow && last!.Status.Acknowledgement is null ? AlertState.Latched : AlertState.Ended;
                Record(AlertChange.Entered, last!, Entered(last!.Status, transition, over, context), transition.Time, context, output);
                break;
            default:
                throw new InvalidOperationException("A step of the ledger is not handled.");
        }
    }

    /// <summary>
    /// The life of an alert as a table: the ledger's state and the state the engine entered give what to do. The pairs that an engine with
    /// its state intact never gives stand here too: whatever the engine says, an alert never becomes less urgent by a beginning.
    /// </summary>
    internal static LedgerStep Decide(AlertState present, AlertState entered) => (present, entered) switch
    {
        (AlertState.Unknown, AlertState.Pending or AlertState.Active or AlertState.Clearing) => LedgerStep.Begin,
        (AlertState.Unknown, AlertState.Ended) => LedgerStep.Ignore,

        (AlertState.Pending, AlertState.Pending) => LedgerStep.Update,
        (AlertState.Pending, AlertState.Active or AlertState.Clearing or AlertState.Ended) => LedgerStep.Enter,

        // The engine began anew while the alert stood: the rules know of it again, but it stays until they see its end.
        (AlertState.Active or AlertState.Clearing, AlertState.Pending) => LedgerStep.TakeUp,
        (AlertState.Active, AlertState.Active) or (AlertState.Clearing, AlertState.Clearing) => LedgerStep.Update,
        (AlertState.Active, AlertState.Clearing) or (AlertState.Clearing, AlertState.Active) => LedgerStep.Enter,
        (AlertState.Active or AlertState.Clearing, AlertState.Ended) => LedgerStep.Finish,

        // The condition came back: the same episode until somebody has seen it. Merely pending does not change what is shown.
        (AlertState.Latched, AlertState.Active or AlertState.Clearing) => LedgerStep.Enter,
        (AlertState.Latched, AlertState.Pending or AlertState.Ended) => LedgerStep.Ignore,

        _ => throw new InvalidOperationException($"The engine entered '{entered}' while the ledger holds '{present}'; neither may be."),
    };

    private void Begin(AlertTransition transition, AlertPlace place, AlertContext context, ICollection<AlertEvent> output)
    {
        var number = EpisodeCount + 1;
        var rule = transition.Rule;
        var status = new AlertStatus
        {
            Id = transition.Patient + ":" + rule.Slug,
            Episode = EpisodeId.Of(transition.Time, number),
            Alert = rule.Name,
            Slug = rule.Slug,
            Patient = transition.Patient,
            Ward = place.Ward,
            Bed = place.Bed,
            Priority = transition.Priority,
            Kind = rule.Kind,
            State = transition.State,
            Suppressed = transition.SuppressedBy.Length > 0,
            SuppressedBy = transition.SuppressedBy,
            Shadow = rule.Shadow,
            Unverified = transition.Unverified,
            Latch = rule.Latch,
            Since = transition.Since,
            Changed = transition.Time,
            Value = transition.Value,
            Limit = transition.Limit,
            Message = transition.Message,
            Reason = transition.Reason,
            RuleSet = context.RuleSet,
        };
        EmitBeginning(number, Held(status, context), transition.Time, context, output);
    }

    private void EmitBeginning(long episode, AlertStatus status, Instant time, AlertContext context, ICollection<AlertEvent> output) => Emit(
        new AlertEvent
        {
            Number = Version + 1,
            EpisodeNumber = episode,
            Change = AlertChange.Entered,
            Previous = AlertState.Unknown,
            Status = status,
            Time = time,
            Recorded = context.Recorded,
            Input = context.Input,
        },
        output);

    private static AlertStatus Entered(AlertStatus status, AlertTransition transition, AlertState state, AlertContext context)
    {
        var entered = Told(status, transition, state, context);
        return state == AlertState.Ended ? Over(entered) : Held(entered, context);
    }

    private static AlertStatus Told(AlertStatus status, AlertTransition transition, AlertState state, AlertContext context) => status with
    {
        State = state,
        Alert = transition.Rule.Name,
        Priority = transition.Priority,
        Kind = transition.Rule.Kind,
        Latch = transition.Rule.Latch,
        // Whoever acknowledged it did so for a less urgent alert: a raise of the priority asks again (IEC 60601-1-8 practice, BICEPS).
        Acknowledgement = transition.Priority > status.Priority ? null : status.Acknowledgement,
        ReAlarmAt = transition.Priority > status.Priority ? null : status.ReAlarmAt,
        Silence = Kept(status.Silence, status.Priority, transition.Priority, transition.Rule.Kind),
        // What is over is held back by nothing: nobody would tell when a latched one may call again.
        Suppressed = transition.SuppressedBy.Length > 0 && state is not (AlertState.Latched or AlertState.Ended),
        SuppressedBy = state is AlertState.Latched or AlertState.Ended ? "" : transition.SuppressedBy,
        Unverified = transition.Unverified,
        Orphaned = false,
        Since = transition.Since,
        Changed = transition.Time,
        Value = transition.Value,
        Limit = transition.Limit,
        Message = transition.Message,
        Reason = transition.Reason,
        RuleSet = context.RuleSet,
    };

    private void Update(AlertEvent last, AlertStatus next, Instant time, AlertContext context, ICollection<AlertEvent> output)
    {
        // A rule set that only came into force is no news of the alert.
        if (next with { RuleSet = last.Status.RuleSet } != last.Status)
        {
            Record(ChangeOf(last.Status, next), last, next, time, context, output);
        }
    }

    private void End(AlertEvent last, Instant time, string reason, AlertContext context, ICollection<AlertEvent> output) =>
        Record(
            AlertChange.Entered,
            last,
            Over(last.Status with { State = AlertState.Ended, Changed = time, Reason = reason }),
            time,
            context,
            output);

    private void Record(
        AlertChange change, AlertEvent last, AlertStatus next, Instant time, AlertContext context, ICollection<AlertEvent> output, string by = "", string why = "") =>
        Emit(
            new AlertEvent
            {
                Number = Version + 1,
                EpisodeNumber = last.EpisodeNumber,
                Change = change,
                Previous = last.Status.State,
                Status = next,
                Time = time,
                Recorded = context.Recorded,
                Input = context.Input,
                By = by,
                Why = why,
                PreviousWard = next.Ward == last.Status.Ward ? "" : last.Status.Ward,
            },
            output);

    private void Emit(AlertEvent happened, ICollection<AlertEvent> output)
    {
        Apply(happened);
        output.Add(happened);
    }
}
