using IoTGateway.Alerts;

namespace IoTGateway.Notifications.Escalation;

/// <summary>What people see of the escalations.</summary>
internal static class EscalationView
{
    /// <summary>All alerts that call or did, as long as they stand.</summary>
    public static IReadOnlyList<EscalationStatus> Standing(EscalationLedger ledger) =>
        [.. ledger.Calls.Where(call => call is { HasEnded: false, Last: not null } && (call.Call > 0 || call.Pages.Count > 0)).Select(StatusOf)];

    /// <summary>Whether all stages of it have gone by and nobody has acknowledged; at once where nobody has any of the roles, so that nobody was told.</summary>
    public static bool NobodyReached(AlertCall call) =>
        call is { Call: > 0, HasEnded: false, Step: { Stages.IsEmpty: false } step }
        && step.Call == call.Call
        && (step.Repeats > 0 || (step.Reached == step.Stages.Length && !call.Pages.Exists(fact => fact.Page.Items.Any(item => item.Episode == call.Episode && item.Call == call.Call))));

    private static EscalationStatus StatusOf(AlertCall call)
    {
        var status = call.Last!.Status;
        return new EscalationStatus(call.Episode, status.Ward, status.Patient, NextOf(call, status), NobodyReached(call), [.. call.Pages.Select(fact => fact.ToStatus())]);
    }

    private static EscalationNext? NextOf(AlertCall call, AlertStatus status)
    {
        if (call.Call == 0 || call.Step is not { Stages.IsEmpty: false } step || step.Call != call.Call)
        {
            return null;
        }

        var (at, role) = step.Reached < step.Stages.Length
            ? (step.Since + step.Stages[step.Reached].After, step.Stages[step.Reached].Notify)
            : (step.ReachedAt + Decider.RepeatAfter, string.Join(", ", step.Stages.Select(stage => stage.Notify).Distinct()));
        return status.Silence is { } silence && silence.Until > at ? new EscalationNext(silence.Until, role, Waits: true) : new EscalationNext(at, role, Waits: false);
    }
}
