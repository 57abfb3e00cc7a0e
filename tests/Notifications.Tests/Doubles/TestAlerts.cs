using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Tests.Doubles;

/// <summary>Makes alert events, each with the next number.</summary>
internal sealed class TestAlerts
{
    private readonly Dictionary<string, AlertStatus> _present = new(StringComparer.Ordinal);
    private long _number;

    public AlertEvent Raise(string episode, Instant at, AlertPriority priority = AlertPriority.High, string patient = "p1", string alert = "SpO2 low", string ward = "ICU") =>
        Event(AlertChange.Entered, AlertState.Pending, at, new AlertStatus
        {
            Id = $"{patient}:{alert}",
            Episode = episode,
            Alert = alert,
            Slug = alert.Replace(' ', '-'),
            Patient = patient,
            Ward = ward,
            Bed = ward + "-1",
            Priority = priority,
            Kind = AlertKind.Physiological,
            State = AlertState.Active,
            Since = at,
            Changed = at,
            Value = "84 %",
            Limit = "88 %",
            Message = "SpO2 84 %",
            Reason = "SpO2 84 % < 88 %",
            RuleSet = "r1",
        });

    public AlertEvent Acknowledge(string episode, Instant at) =>
        Change(episode, at, AlertChange.Acknowledged, status => status with { Acknowledgement = new Acknowledgement("nurse-1", at, "") });

    public AlertEvent End(string episode, Instant at) => Change(episode, at, AlertChange.Entered, status => status with { State = AlertState.Ended, Changed = at });

    public AlertEvent Silence(string episode, Instant at, Instant until) =>
        Change(episode, at, AlertChange.Updated, status => status with { Silence = new Silence("nurse-1", "turning", at, until) });

    public AlertEvent Speak(string episode, Instant at) => Change(episode, at, AlertChange.Updated, status => status with { Silence = null });

    public AlertEvent Hold(string episode, Instant at, PatientHold hold) => Change(episode, at, AlertChange.Updated, status => status with { Hold = hold });

    public AlertEvent Announce(string episode, Instant at) =>
        Change(episode, at, AlertChange.Announced, status => status with { Hold = PatientHold.None, Suppressed = false, Acknowledgement = null });

    public AlertEvent Step(string episode, Instant at, AlertPriority priority) =>
        Change(episode, at, AlertChange.Updated, status => status with { Priority = priority, Acknowledgement = null });

    public AlertEvent Change(string episode, Instant at, AlertChange change, Func<AlertStatus, AlertStatus> next)
    {
        var before = _present[episode];
        return Event(change, before.State, at, next(before));
    }

    private AlertEvent Event(AlertChange change, AlertState previous, Instant at, AlertStatus status)
    {
        _present[status.Episode] = status;
        return new AlertEvent { Number = ++_number, EpisodeNumber = 1, Change = change, Previous = previous, Status = status, Time = at, Recorded = at, Input = default };
    }
}
