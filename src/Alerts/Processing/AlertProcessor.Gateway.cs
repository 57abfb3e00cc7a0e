using IoTGateway.Alerts.Ledger;
using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <content>What the gateway has to tell people of itself: damage in the queue, that it is full, and rule files that cannot be used.</content>
internal sealed partial class AlertProcessor
{
    private static readonly AlertPlace NoPlace = new(BuiltInAlerts.Gateway, "");

    /// <summary>Nothing more happens to it by itself, but it stays until somebody has seen it.</summary>
    private void TellDamage(LogDamage damage, Instant time)
    {
        var raised = damage.RecordsLost == 0
            ? OfTheGateway(BuiltInAlerts.HarmlessDamage, AlertState.Active, time) with
            {
                Value = "nothing is lost",
                Message = damage.IsOfCheckpoint
                    ? "A checkpoint could not be read; an older one was used; nothing is lost. Call the operator: the disk may be failing."
                    : "A file of the queue is damaged, but no record is lost. Call the operator: the disk may be failing.",
                Reason = damage.ToString(),
            }
            : OfTheGateway(BuiltInAlerts.Damage, AlertState.Active, time) with
            {
                Value = damage.RecordsLost is { } lost ? $"{lost} {(lost == 1 ? "record" : "records")}" : "an unknown number of records",
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
            OfTheGateway(BuiltInAlerts.Full, state, time) with
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

    private void TellRuleFiles(RuleSetRecord record, Instant time)
    {
        if (record.Step is not (RuleSetStep.FilesInvalid or RuleSetStep.FilesValid))
        {
            return;
        }

        var nothingInForce = _host.Rules is null;
        _output.Transition(
            OfTheGateway(BuiltInAlerts.RuleFilesInvalid, record.Step == RuleSetStep.FilesInvalid ? AlertState.Active : AlertState.Ended, time) with
            {
                Priority = nothingInForce ? AlertPriority.High : AlertPriority.Medium,
                Message = nothingInForce
                    ? "There are no valid rules: nobody is monitored. Look at the bedside monitors and call the operator."
                    : "The rule files have errors; the last good rules stay in force. See: iotgateway rules check",
                Reason = record.Step == RuleSetStep.FilesInvalid ? FirstLine(record.Why) : "the rule files can be used again",
            },
            NoPlace,
            "");
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();

    private static AlertTransition OfTheGateway(AlertRule rule, AlertState state, Instant time) => new()
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
