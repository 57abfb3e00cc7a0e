using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Alerts.Orders;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <content>What keeps an alert from calling although it stands: a silence, a hold of the patient, an acknowledgement; and when that is over.</content>
public sealed partial class AlertLedger
{
    /// <summary>Silences an alert that stands and that people are told of. A silence that lasts already is replaced.</summary>
    internal AlertStatus Silence(string patient, string slug, Silence silence, string why, AlertContext context, ICollection<AlertEvent> output)
    {
        var last = FindEvent(patient, slug) ?? throw new InvalidOperationException("An alert is silenced that does not stand.");
        var next = last.Status with { Silence = silence, PastSilences = last.Status.PastSilences.With(silence) };
        Record(AlertChange.Silenced, last, next, silence.At, context, output, silence.By, why);
        return next;
    }

    /// <summary>Ends the silence of an alert.</summary>
    internal void EndSilence(string patient, string slug, Instant time, string by, string why, AlertContext context, ICollection<AlertEvent> output)
    {
        if (FindEvent(patient, slug) is { Status.Silence: not null } last)
        {
            RecordRelease(AlertChange.SilenceEnded, last, last.Status with { Silence = null }, time, context, output, by, why);
        }
    }

    /// <summary>What holds back the alerts of a patient is another thing from now on. What is only pending or tried is held when it is raised.</summary>
    internal void Hold(string patient, PatientHold hold, Instant time, string by, string why, AlertContext context, ICollection<AlertEvent> output) =>
        ForEach(patient, last =>
        {
            var status = last.Status;
            if (status.Hold == hold || !CanBeHeld(status))
            {
                return;
            }

            var next = status with { Hold = hold };
            if (hold == PatientHold.None)
            {
                RecordRelease(AlertChange.Released, last, next, time, context, output, by, why);
            }
            else
            {
                Record(AlertChange.Held, last, next, time, context, output, by, why);
            }
        });

    /// <summary>When the next silence is over or the next alert calls again; null for never.</summary>
    internal Instant? NextDue
    {
        get
        {
            Instant? next = null;
            foreach (var alert in Alerts)
            {
                next = Earlier(next, Earlier(alert.Silence?.Until, alert.ReAlarmAt));
            }

            return next;
        }
    }

    /// <summary>Ends the silences whose time is over, and lets call again what was acknowledged long enough ago. Each at its own time, in their order.</summary>
    internal void FireDue(Instant time, AlertContext context, ICollection<AlertEvent> output)
    {
        while (NextDue is { } due && due <= time)
        {
            // Only one alert of those of the same moment: the next look finds the others, in the order of patients and names.
            var last = _alerts.Values.SelectMany(alerts => alerts.Values).First(last => last.Status.Silence?.Until == due || last.Status.ReAlarmAt == due);
            var status = last.Status;
            if (status.Silence is { } silence && silence.Until == due)
            {
                EndSilence(status.Patient, status.Slug, due, "", $"the silence by {silence.By} is over", context, output);
            }
            else
            {
                ReAlarm(last, due, context, output);
            }
        }
    }

    private void ReAlarm(AlertEvent last, Instant time, AlertContext context, ICollection<AlertEvent> output)
    {
        var acknowledgement = last.Status.Acknowledgement ?? throw new InvalidOperationException("An alert is to call again that nobody has acknowledged.");
        var why = $"acknowledged by {acknowledgement.By}, and {(last.Status.Orphaned ? "no rule has seen its end" : "the condition still holds")} after {OrderWords.Span(time - acknowledgement.At)}";
        Record(AlertChange.Rearmed, last, last.Status with { Acknowledgement = null, ReAlarmAt = null }, time, context, output, why: why);
    }

    /// <summary>Brings the time at which an acknowledged alert calls again in line with what its rule says now.</summary>
    private void FollowReAlarm(string patient, string slug, Instant time, AlertContext context, ICollection<AlertEvent> output)
    {
        if (FindEvent(patient, slug) is { Status.Acknowledgement: { } acknowledgement } last && ReAlarmAt(last.Status, acknowledgement, context) is var again && again != last.Status.ReAlarmAt)
        {
            Record(AlertChange.Updated, last, last.Status with { ReAlarmAt = again }, time, context, output, why: "the rules say another time after which it calls again");
        }
    }

    private void RecordRelease(
        AlertChange change, AlertEvent last, AlertStatus next, Instant time, AlertContext context, ICollection<AlertEvent> output, string by, string why) =>
        Record(IsAnnounced(next) ? AlertChange.Announced : change, last, next, time, context, output, by, why);

    /// <summary>Whether a hold of the patient touches it: only what people are told of calls anybody.</summary>
    private static bool CanBeHeld(AlertStatus status) => !status.Shadow && status.State is AlertState.Active or AlertState.Clearing or AlertState.Latched;

    /// <summary>The alert as it is held back by what holds its patient now.</summary>
    private static AlertStatus Held(AlertStatus status, AlertContext context) =>
        status with { Hold = CanBeHeld(status) ? context.Policies.HoldOf(status.Patient) : PatientHold.None };

    /// <summary>The alert when it is over: nothing holds it back any more.</summary>
    private static AlertStatus Over(AlertStatus status) => status with { Suppressed = false, SuppressedBy = "", Silence = null, Hold = PatientHold.None, ReAlarmAt = null };

    /// <summary>A silence as far as it may go for an alert that has another priority or kind now; null if it ends.</summary>
    private static Silence? Kept(Silence? silence, AlertPriority before, AlertPriority after, AlertKind kind)
    {
        if (silence is null || after > before)
        {
            // Whoever silenced it did so for a less urgent alert.
            return null;
        }

        var last = silence.At + SilenceLimits.AtMost(after, kind);
        return silence.Until <= last ? silence : silence with { Until = last };
    }

    private static Instant? ReAlarmAt(AlertStatus status, Acknowledgement acknowledgement, AlertContext context) =>
        context.Policies.ReAlarmAfter(status.Slug) is { } after ? acknowledgement.At + after : null;

    /// <summary>What it is called that an alert stays in its state: where it was held back, and now calls, people have to be told as of a raise.</summary>
    private static AlertChange ChangeOf(AlertStatus before, AlertStatus after) =>
        (before.Suppressed || before.Silenced || before.Hold != PatientHold.None) && !before.Calls && IsAnnounced(after) ? AlertChange.Announced : AlertChange.Updated;

    /// <summary>What is about to end is not announced any more; it calls if it becomes active again.</summary>
    private static bool IsAnnounced(AlertStatus status) => status.Calls && status.State != AlertState.Clearing;

    private static Instant? Earlier(Instant? left, Instant? right) => left is null ? right : right is null || left < right ? left : right;
}
