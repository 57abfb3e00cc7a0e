using System.Collections.Immutable;
using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Escalation;

/// <summary>What people see of the escalations.</summary>
/// <param name="ledger">What was done so far.</param>
/// <param name="plan">Who is who; null while nobody is told.</param>
/// <param name="rules">The stages of an alert's rule; empty where it has none.</param>
/// <param name="now">The present time: what begins anew begins by the routes of this hour.</param>
internal sealed class EscalationView(EscalationLedger ledger, NotificationPlan? plan, Func<AlertStatus, ImmutableArray<EscalationStage>> rules, Instant now)
{
    /// <summary>All alerts that call or did, or will when the patient's pause or standby is over, as long as they stand.</summary>
    public IReadOnlyList<EscalationStatus> Standing() =>
        [.. ledger.Calls.Where(call => call is { HasEnded: false, Last: not null } && (call.Call > 0 || call.Pages.Count > 0 || AfterHold(call.Last.Status) is not null)).Select(StatusOf)];

    /// <summary>Whether all stages of it have gone by and nobody has acknowledged: those of the last one had their time, or cannot be reached at all.</summary>
    public static bool NobodyReached(AlertCall call) =>
        call is { Call: > 0, HasEnded: false, Step: { Stages.IsEmpty: false } step } && step.Call == call.Call && step.Reached == step.Stages.Length
        && (step.Repeats > 0 || CannotBeReached(call, step.Stages.Length));

    /// <summary>Whether nobody of a stage is told: no page of it has been taken, none may still be, and nobody stands in.</summary>
    private static bool CannotBeReached(AlertCall call, int stage) => call.Pages
        .Where(fact => fact.Page.Type == PageType.Stage && fact.Page.Stage == stage && fact.Page.Items.Any(item => item.Episode == call.Episode && item.Call == call.Call))
        .All(fact => fact.State is PageState.Failed or PageState.GivenUp);

    private EscalationStatus StatusOf(AlertCall call)
    {
        var status = call.Last!.Status;
        return new EscalationStatus(call.Episode, status.Ward, status.Patient, NextOf(call, status), NobodyReached(call), [.. call.Pages.Select(fact => fact.ToStatus())]);
    }

    private EscalationNext? NextOf(AlertCall call, AlertStatus status)
    {
        if (call.Call == 0)
        {
            return AfterHold(status);
        }

        if (call.Step is not { Stages.IsEmpty: false } step || step.Call != call.Call)
        {
            return null;
        }

        var (at, role) = step.Reached < step.Stages.Length
            ? (step.Since + step.Stages[step.Reached].After, step.Stages[step.Reached].Notify)
            : (step.ReachedAt + Decider.RepeatAfter, string.Join(", ", step.Stages.Select(stage => stage.Notify).Distinct()));
        return status.Silence is { } silence && silence.Until > at
            ? new EscalationNext(silence.Until, role, EscalationWait.Silence)
            : new EscalationNext(at, role, EscalationWait.Nothing);
    }

    /// <summary>Who is told when a pause or standby is over, if it then still stands: it begins anew. Null where that is nobody, or nothing of the kind holds it back.</summary>
    private EscalationNext? AfterHold(AlertStatus status)
    {
        if (plan is null || status.Hold == PatientHold.None || status.State == AlertState.Clearing || !AlertCall.MayCall(status with { Hold = PatientHold.None }))
        {
            return null;
        }

        List<string> told = [.. plan.RoutesFor(status, 0, now).SelectMany(route => route.Roles.Concat(route.Persons.Select(person => plan.People[person].Name))).Distinct()];
        if (told.Count == 0 && Decider.StagesOf(status, plan, rules) is [var first, ..])
        {
            told.Add(first.Notify);
        }

        return told.Count == 0 ? null : new EscalationNext(null, string.Join(", ", told), status.Hold == PatientHold.Pause ? EscalationWait.Pause : EscalationWait.Standby);
    }
}
