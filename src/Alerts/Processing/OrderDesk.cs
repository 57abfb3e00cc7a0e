using IoTGateway.Alerts.Orders;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <summary>
/// Decides upon orders of people: what is allowed is done through the ledgers, and all is answered in a sentence. Decided once, when the rules come to the
/// order's record; what came of it stands in the log.
/// </summary>
internal sealed partial class OrderDesk(AlertLedger ledger, CareLedger care, LedgerOutput output)
{
    // No rule file has a longer one, and an order that is recorded must not be of any size.
    private const int LimitNameAtMost = 200;

    private static readonly OrderAnswer NoLimit = new(OrderOutcome.Unknown, "The rules have no such limit.");
    private static readonly OrderAnswer NoPatient = new(OrderOutcome.Unknown, "There is no such patient.");
    private static readonly OrderAnswer NoWard = new(OrderOutcome.Unknown, "There is no such ward.");

    /// <summary>Decides upon an order.</summary>
    /// <param name="record">The order and who gave it.</param>
    /// <param name="time">When it was recorded.</param>
    /// <param name="host">Who there is, and which rules are in force.</param>
    public OrderAnswer Decide(OrderRecord record, Instant time, RuleHost host)
    {
        var by = record.By;
        return record.Order switch
        {
            SilenceAlert order => SilenceAlert(order, by, time),
            EndSilence order => EndSilence(order, by, time),
            SilenceWard order => SilenceWard(order, by, time, host),
            PausePatient order => OfPatient(order.Patient, host, _ => Pause(order, by, time)),
            ResumePatient order => OfPatient(order.Patient, host, _ => Resume(order, by, time)),
            StandBy order => OfPatient(order.Patient, host, _ => StandBy(order, by, time)),
            EndStandby order => OfPatient(order.Patient, host, _ => EndStandby(order, by, time)),
            SetLimit order => OfPatient(order.Patient, host, patient => SetLimit(order, by, time, patient, host.Rules)),
            ClearLimit order => OfPatient(order.Patient, host, _ => ClearLimit(order, by, time)),
            NoteSeen order => OfPatient(order.Patient, host, patient => NoteSeen(order, by, time, patient)),
            _ => throw new InvalidOperationException("An order is not handled."),
        };
    }

    /// <summary>What an order would be answered that is about an alert, a patient or a ward that is not; null for one that has to be decided upon.</summary>
    public OrderAnswer? AnswerAtOnce(Order order, RuleHost host)
    {
        OrderAnswer? answer = null;
        switch (order)
        {
            case SilenceAlert silence:
                return Find(silence.AlertId, silence.Episode, out answer) is null ? answer : null;
            case EndSilence silence:
                return Find(silence.AlertId, silence.Episode, out answer) is null ? answer : null;
            case SilenceWard silence:
                return IsWard(silence.Ward, host) ? null : NoWard;
            case SetLimit { Value: var value } when !double.IsFinite(value):
                return Refused("The limit has to be a number.");
            case SetLimit { Limit.Length: > LimitNameAtMost } or ClearLimit { Limit.Length: > LimitNameAtMost }:
                return NoLimit;
            default:
                return host.FindPatient(OrderRecord.SubjectOf(order)) is null ? NoPatient : null;
        }
    }

    private OrderAnswer SilenceAlert(SilenceAlert order, string by, Instant time)
    {
        if (Find(order.AlertId, order.Episode, out var answer) is not { } alert)
        {
            return answer;
        }

        var most = SilenceLimits.AtMost(alert.Priority, alert.Kind);
        if (order.For <= TimeSpan.Zero || order.For > most)
        {
            return Refused($"{alert.Alert} is {WordsOf(alert)}: it can be silenced for at most {OrderWords.Span(most)} at once.");
        }

        if (Reason(order.Reason) is not { } reason)
        {
            return Refused("Say why it is silenced.");
        }

        output.Silence(alert, new Silence(by, reason, time, time + order.For));
        return Done($"{alert.Alert} is silenced for {OrderWords.Span(order.For)}.");
    }

    private OrderAnswer EndSilence(EndSilence order, string by, Instant time)
    {
        if (Find(order.AlertId, order.Episode, out var answer) is not { } alert)
        {
            return answer;
        }

        if (!alert.Silenced)
        {
            return Refused($"{alert.Alert} is not silenced.");
        }

        output.EndSilence(alert, time, by);
        var now = ledger.Find(alert.Id);
        return Done(now is { Calls: true } ? $"{alert.Alert} is no longer silenced." : $"{alert.Alert} is no longer silenced; {WhyItDoesNotCall(now!)}.");
    }

    private OrderAnswer SilenceWard(SilenceWard order, string by, Instant time, RuleHost host)
    {
        var standing = ledger.Alerts.Where(alert => alert.Ward == order.Ward && Stands(alert)).ToList();
        if (!IsWard(order.Ward, host))
        {
            return NoWard;
        }

        if (order.For <= TimeSpan.Zero)
        {
            return Refused("Say for how long.");
        }

        if (Reason(order.Reason) is not { } reason)
        {
            return Refused("Say why they are silenced.");
        }

        // What is acknowledged calls nobody, and its re-alarm has to; a silence that lasts longer already is not cut short.
        var ofKind = standing.Where(alert => alert.Kind == order.Kind && alert.Acknowledgement is null).ToList();
        var silenced = 0;
        foreach (var alert in ofKind.Where(alert => alert.Priority != AlertPriority.High))
        {
            var most = SilenceLimits.AtMost(alert.Priority, alert.Kind);
            var until = time + (order.For < most ? order.For : most);
            if (alert.Silence is null || alert.Silence.Until < until)
            {
                output.Silence(alert, new Silence(by, reason, time, until));
                silenced++;
            }
        }

        var high = ofKind.Count(alert => alert.Priority == AlertPriority.High);
        var rest = high == 0 ? "" : $" {high} of high priority {(high == 1 ? "goes" : "go")} on calling: it cannot be silenced for a whole ward.";
        var kind = order.Kind == AlertKind.Technical ? "technical" : "physiological";
        return silenced == 0
            ? Refused($"No {kind} alert of ward {order.Ward} could be silenced.{rest}")
            : Done($"{silenced} {kind} {(silenced == 1 ? "alert" : "alerts")} of ward {order.Ward} {(silenced == 1 ? "is" : "are")} silenced. What is raised from now on calls.{rest}");
    }

    private bool IsWard(string ward, RuleHost host) => host.Census.Beds.Any(bed => bed.Ward == ward) || ledger.Alerts.Any(alert => alert.Ward == ward);

    private AlertStatus? Find(string alertId, string episode, out OrderAnswer answer)
    {
        answer = Done("");
        if (ledger.Find(alertId) is { } alert && Stands(alert))
        {
            if (alert.Episode == episode)
            {
                return alert;
            }

            answer = new OrderAnswer(OrderOutcome.Stale, $"{alert.Alert} was raised anew since you looked. Look again.");
            return null;
        }

        answer = ledger.AnswerLate(alertId, episode) == AcknowledgeResult.Unknown
            ? new OrderAnswer(OrderOutcome.Unknown, "There is no such alert.")
            : new OrderAnswer(OrderOutcome.Stale, "The alert has ended since you looked.");
        return null;
    }

    private static bool Stands(AlertStatus alert) => !alert.Shadow && alert.State != AlertState.Pending;

    private static string WhyItDoesNotCall(AlertStatus alert) =>
        alert.Acknowledgement is { } seen ? $"it calls nobody, since {seen.By} has acknowledged it"
        : alert.Suppressed ? $"it calls nobody, since {alert.SuppressedBy} stands"
        : "it calls nobody while its patient is " + (alert.Hold == Care.PatientHold.Standby ? "on standby" : "cared for in a pause");

    private static string WordsOf(AlertStatus alert) =>
        $"of {AlertWords.Of(alert.Priority)} priority" + (alert.Kind == AlertKind.Technical ? " and technical" : "");

    /// <summary>A reason as it may be shown; null if it says nothing.</summary>
    private static string? Reason(string reason) => Commands.AcknowledgementPayload.Safe(reason) is { Length: > 0 } safe ? safe : null;

    private static OrderAnswer Done(string sentence) => new(OrderOutcome.Done, sentence);

    private static OrderAnswer Refused(string sentence) => new(OrderOutcome.Refused, sentence);
}
