using IoTGateway.Alerts.Ledger;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>What people and the census do to alerts.</summary>
public sealed partial class AlertLedger
{
    /// <summary>
    /// Acknowledges an episode. What is only pending is no alert yet and cannot be acknowledged: nobody would be told when it is raised; what is
    /// only tried is none either.
    /// Acknowledging a latched or orphaned alert ends it. One that has become more urgent since the person looked is refused as stale; that it got
    /// better is no reason to.
    /// </summary>
    internal AcknowledgeResult Acknowledge(
        string patient, string slug, string episode, SeenState? seen, Acknowledgement acknowledgement, AlertContext context, ICollection<AlertEvent> output)
    {
        var last = FindEvent(patient, slug);
        if (last is null || last.Status.State == AlertState.Pending || last.Status.Shadow)
        {
            return AnswerLate(patient + ":" + slug, episode);
        }

        var status = last.Status;
        if (status.Episode != episode)
        {
            return AcknowledgeResult.Stale;
        }

        if (status.Acknowledgement is not null)
        {
            return AcknowledgeResult.AlreadyAcknowledged;
        }

        if (seen is not null && (status.Priority > seen.Priority || Urgency(status.State) > Urgency(seen.State)))
        {
            return AcknowledgeResult.Stale;
        }

        var next = status with { Acknowledgement = acknowledgement, ReAlarmAt = ReAlarmAt(status, acknowledgement, context) };
        if (status.State == AlertState.Latched || status.Orphaned)
        {
            next = Over(next with
            {
                State = AlertState.Ended,
                Changed = acknowledgement.At,
                Reason = status.Orphaned ? "acknowledged; no rule evaluated it any more" : "acknowledged after its condition was over",
            });
        }

        Record(AlertChange.Acknowledged, last, next, acknowledgement.At, context, output, acknowledgement.By, $"acknowledged by {acknowledgement.By}");
        return AcknowledgeResult.Acknowledged;
    }

    /// <summary>Ends everything of a patient, latched or not: the patient has gone.</summary>
    internal void EndAll(string patient, Instant time, string reason, AlertContext context, ICollection<AlertEvent> output) =>
        ForEach(patient, last => End(last, time, reason, context, output));

    /// <summary>The rules no longer know the patient's alerts: what stands stays, unverified; what was only pending, or only tried, is dropped.</summary>
    internal void Orphan(string patient, Instant time, string reason, AlertContext context, ICollection<AlertEvent> output) =>
        ForEach(patient, last =>
        {
            var status = last.Status;
            if (status.State == AlertState.Pending || status.Shadow)
            {
                End(last, time, reason, context, output);
            }
            else if (status.State != AlertState.Latched && !status.Orphaned)
            {
                // Nobody sees its end coming any more, so one that was clearing counts as active; nor that of what holds it back.
                var changed = status.State == AlertState.Active ? status.Changed : time;
                var next = status with
                {
                    State = AlertState.Active,
                    Changed = changed,
                    Orphaned = true,
                    Unverified = true,
                    Suppressed = false,
                    SuppressedBy = "",
                    Reason = reason,
                };
                Record(status.State == AlertState.Active ? ChangeOf(status, next) : AlertChange.Entered, last, next, time, context, output);
            }
        });

    /// <summary>The patient lies elsewhere now: alerts and acknowledgements go along.</summary>
    internal void Move(string patient, AlertPlace place, Instant time, AlertContext context, ICollection<AlertEvent> output) =>
        ForEach(patient, last =>
        {
            var status = last.Status;
            if (status.Ward != place.Ward || status.Bed != place.Bed)
            {
                var why = "the patient is now in ward " + place.Ward + (place.Bed.Length == 0 ? "" : ", bed " + place.Bed);
                Record(AlertChange.Moved, last, status with { Ward = place.Ward, Bed = place.Bed }, time, context, output, why: why);
            }
        });

    /// <summary>The patients that have an alert.</summary>
    internal IReadOnlyList<string> Patients => [.. _alerts.Keys];

    /// <summary>The patients that have an alert which people are told of, or are about to be.</summary>
    internal IReadOnlyList<string> PatientsShown => [.. _alerts.Where(pair => pair.Value.Values.Any(last => !last.Status.Shadow)).Select(pair => pair.Key)];

    /// <summary>What to say of an acknowledgement of an alert that does not stand.</summary>
    internal AcknowledgeResult AnswerLate(string id, string episode)
    {
        var known = false;
        foreach (var happened in _recent)
        {
            if (happened.Status.Id != id)
            {
                continue;
            }

            known = true;
            if (happened.Status.Episode == episode && happened.Status.Acknowledgement is not null)
            {
                return AcknowledgeResult.AlreadyAcknowledged;
            }
        }

        return known ? AcknowledgeResult.Stale : AcknowledgeResult.Unknown;
    }

    /// <summary>How much a state asks of people: what is over less than what is about to be.</summary>
    private static int Urgency(AlertState state) => state switch
    {
        AlertState.Active => 3,
        AlertState.Clearing => 2,
        AlertState.Latched => 1,
        _ => 0,
    };

    private void ForEach(string patient, Action<AlertEvent> action)
    {
        if (_alerts.TryGetValue(patient, out var alerts))
        {
            foreach (var last in alerts.Values.ToArray())
            {
                action(last);
            }
        }
    }
}
