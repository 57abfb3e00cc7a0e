using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Alerts.Orders;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <content>How patients are cared for, and what that makes of their alerts: each change of one is followed by the other in the same append.</content>
internal sealed partial class LedgerOutput
{
    // Unknown while the rules begin: then the ledger of care says where the patient lay.
    private Func<string, AlertPlace?> _placeOf = _ => null;
    private string _ruleSet = "";

    /// <summary>The rules' state is there after a start, and what stands in the ledgers has followed it already.</summary>
    /// <param name="rules">The rules in force; null if there are none.</param>
    /// <param name="placeOf">Where a patient lies now; null for one whom the rules do not know.</param>
    public void GoOn(RuleSet? rules, Func<string, AlertPlace?> placeOf)
    {
        _policies.Follow(rules?.Rules ?? []);
        _placeOf = placeOf;
        _ruleSet = rules?.Version ?? "";
    }

    /// <summary>Whether an alert does not let a care pause be.</summary>
    public bool BreaksPause(AlertStatus alert) => _policies.BreaksPause(alert);

    /// <summary>Silences an alert that stands. Where that happens again and again it is reported.</summary>
    public void Silence(AlertStatus alert, Silence silence)
    {
        var why = $"silenced by {silence.By} for {OrderWords.Span(silence.Until - silence.At)}: {silence.Reason}";
        var silenced = _ledger.Silence(alert.Patient, alert.Slug, silence, why, Context(_ruleSet), _events);
        if (silenced.PastSilences.IsReported && alert.Slug != BuiltInAlerts.SilencedAgain.Slug)
        {
            ReportSilences(silenced, silence.At);
        }
    }

    public void EndSilence(AlertStatus alert, Instant time, string by) =>
        _ledger.EndSilence(alert.Patient, alert.Slug, time, by, $"{by} ended the silence", Context(_ruleSet), _events);

    public void Pause(string patient, CarePause pause) =>
        Change(patient, Cause(patient, pause.Since, pause.By, $"care pause of {OrderWords.Span(pause.Until - pause.Since)}"), cause => _care.Pause(patient, pause, cause, _careEvents));

    public void Resume(string patient, Instant time, string by, string why) => Change(patient, Cause(patient, time, by, why), cause => _care.Resume(patient, cause, _careEvents));

    public void StandBy(string patient, Standby standby) => Change(
        patient, Cause(patient, standby.Since, standby.By, $"standby for {OrderWords.Span(standby.Until - standby.Since)}: {standby.Reason}"),
        cause =>
        {
            // In one step for the alerts: between the two nothing may call.
            _care.Resume(patient, cause with { Why = "the patient is on standby now" }, _careEvents);
            _care.StandBy(patient, standby, cause, _careEvents);
        });

    public void EndStandby(string patient, Instant time, string by, string why) =>
        Change(patient, Cause(patient, time, by, why), cause => _care.EndStandby(patient, cause, _careEvents));

    public void SetLimit(string patient, BedsideLimit limit, string why) =>
        _care.SetLimit(patient, limit, Cause(patient, limit.Since, limit.By, why), _careEvents);

    public void EndLimit(string patient, string limit, Instant time, string by, string why) =>
        _care.EndLimit(patient, limit, Cause(patient, time, by, why), _careEvents);

    public void NoteSeen(string patient, Instant time, string by) =>
        _care.NoteSeen(patient, Cause(patient, time, by, $"{by} has seen what came late"), _careEvents);

    /// <summary>
    /// Time passes: what was to last until now is over. Each at its own time and in their order, also where one tick finds several: what calls again while a
    /// pause holds it is announced at its end, and what calls again after it calls by itself. At the same moment the patient's care comes first.
    /// </summary>
    public void FireDue(Instant time)
    {
        while (_care.NextDue is { } due && due.Time <= time)
        {
            _ledger.FireDue(due.Time - TimeSpan.FromMilliseconds(1), Context(_ruleSet), _events);
            switch (due.Change)
            {
                case CareChange.Resumed:
                    Resume(due.Patient, due.Time, "", "the time of the pause is over");
                    break;
                case CareChange.StandbyEnded:
                    EndStandby(due.Patient, due.Time, "", "the time of the standby is over");
                    break;
                default:
                    EndLimit(due.Patient, due.Limit, due.Time, "", "the time for which it was set is over");
                    break;
            }
        }

        _ledger.FireDue(time, Context(_ruleSet), _events);
    }

    /// <summary>An alert that breaks a care pause is about to be raised, or to become that urgent: the pause ends before, so that nothing holds it back.</summary>
    private void BreakPauseBy(AlertTransition transition, AlertPlace place, string ruleSet)
    {
        if (transition is { Priority: AlertPriority.High, State: AlertState.Active or AlertState.Clearing, SuppressedBy: "", Rule: { BreaksPause: true, Shadow: false } rule }
            && _care.Of(transition.Patient).Pause is not null)
        {
            var why = $"broken by {rule.Name}: {transition.Reason}";
            Change(
                transition.Patient, new CareCause(_recorded, place, "", why, Context(ruleSet)),
                cause => _care.Resume(transition.Patient, cause, _careEvents));
        }
    }

    /// <summary>Other rules may break a pause, or no longer allow a limit.</summary>
    private void FollowCare(RuleSet rules, Instant time)
    {
        foreach (var (patient, care) in _care.Patients.ToArray())
        {
            foreach (var limit in care.Limits)
            {
                if (limit.WhyEndedBy(rules) is { } why)
                {
                    EndLimit(patient, limit.Limit, time, "", why);
                }
            }

            if (care.Pause is not null && _ledger.AlertsOf(patient).FirstOrDefault(_policies.BreaksPause) is { } breaking)
            {
                Resume(patient, time, "", $"broken by {breaking.Alert}: {breaking.Reason}");
            }
        }
    }

    /// <summary>Changes the care of a patient; the alerts follow.</summary>
    private void Change(string patient, CareCause cause, Action<CareCause> change)
    {
        var before = _care.Of(patient).Hold;
        change(cause);
        var hold = _care.Of(patient).Hold;
        if (hold != before)
        {
            _ledger.Hold(patient, hold, cause.Time, cause.By, cause.Why, cause.Context, _events);
        }
    }

    private void ReportSilences(AlertStatus alert, Instant time)
    {
        var persons = string.Join(", ", alert.PastSilences.Persons);
        var raised = new AlertTransition
        {
            Patient = alert.Patient,
            Rule = BuiltInAlerts.SilencedAgain,
            State = AlertState.Active,
            Priority = BuiltInAlerts.SilencedAgain.Priority,
            Time = time,
            Since = alert.PastSilences.Silences[0].At,
            Value = $"silenced {alert.PastSilences.Times}",
            Limit = $"in {OrderWords.Span(SilenceTrail.Within)}",
            Message = $"{alert.Alert} is silenced again and again: is its limit right for this patient?",
            Reason = $"{alert.Alert} was silenced {alert.PastSilences.Times} within {OrderWords.Span(SilenceTrail.Within)}, by {persons}",
            Unverified = false,
        };
        var place = new AlertPlace(alert.Ward, alert.Bed);
        Transition(raised, place, _ruleSet);
        Transition(raised with { State = AlertState.Ended }, place, _ruleSet);
    }

    private CareCause Cause(string patient, Instant time, string by, string why) =>
        new(time, _placeOf(patient) ?? _care.PlaceOf(patient) ?? new AlertPlace("", ""), by, why, Context(_ruleSet));
}
