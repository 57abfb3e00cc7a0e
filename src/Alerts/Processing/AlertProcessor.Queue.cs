using IoTGateway.Alerts.Ledger;
using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <content>What the queue has to tell people: damage in what it holds, and that it is full.</content>
internal sealed partial class AlertProcessor
{
    private static readonly AlertPlace NoPlace = new(BuiltInAlerts.Gateway, "");

    /// <summary>Nothing more happens to it by itself, but it stays until somebody has seen it.</summary>
    private void TellDamage(LogDamage damage, Instant time)
    {
        var raised = OfTheQueue(BuiltInAlerts.Damage, AlertState.Active, time) with
        {
            Value = damage.RecordsLost is { } lost ? $"{lost} records" : "an unknown number of records",
            Message = "Readings that were acknowledged are lost. Call the operator: the disk may be failing.",
            Reason = damage.ToString(),
        };
        _output.Transition(raised, NoPlace, "");
        _output.Transition(raised with { State = AlertState.Ended }, NoPlace, "");
    }

    private void TellAdmission(AdmissionRecord admission, Instant time)
    {
        var state = admission.IsFull ? AlertState.Active : AlertState.Ended;
        _output.Transition(
            OfTheQueue(BuiltInAlerts.Full, state, time) with
            {
                Value = $"{admission.UsedBytes / 1_000_000} MB used, {admission.AvailableBytes / 1_000_000} MB left on the volume",
                Limit = $"{admission.HighWaterBytes / 1_000_000} MB",
                Message = "The gateway takes no readings, so nobody is warned of the patients' values. Look at the bedside monitors and call the operator.",
                Reason = admission.IsFull
                    ? "The queue's disk limit is near: a consumer is stopped or too slow, or the volume is full."
                    : "readings are taken again",
            },
            NoPlace,
            "");
    }

    private static AlertTransition OfTheQueue(AlertRule rule, AlertState state, Instant time) => new()
    {
        Patient = BuiltInAlerts.Gateway,
        Rule = rule,
        State = state,
        Priority = rule.Priority,
        Time = time,
        Since = time,
        Value = "",
        Limit = "",
        Message = "",
        Reason = "",
        Unverified = false,
    };
}
