using System.Globalization;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Alerts.View;
using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <content>What the gateway has to tell people of itself: damage in the queue, that it is full, rule files that cannot be used, its clock, and devices that nobody follows.</content>
internal sealed partial class AlertProcessor
{
    private static readonly AlertPlace NoPlace = new(BuiltInAlerts.Gateway, "");
    private static readonly TimeSpan NotFollowedToldEvery = TimeSpan.FromSeconds(30);

    private Instant _notFollowedTold = Instant.MinValue;

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

    /// <summary>The queue keeps what is not stored, for as long as it has room; the alerts do not depend on it.</summary>
    private void TellSink(SinkTroubleRecord trouble, Instant time)
    {
        var rule = BuiltInAlerts.OfSink(trouble.Consumer);
        var standing = _ledger.Find(BuiltInAlerts.Gateway, rule.Slug);
        if (!trouble.IsAway && standing is null)
        {
            return;
        }

        var since = new Instant(trouble.SinceUnixMilliseconds);
        _output.Transition(
            OfTheGateway(rule, trouble.IsAway ? AlertState.Active : AlertState.Ended, time) with
            {
                Since = standing?.Since ?? (since < time ? since : time),
                Message = "Readings are kept in the queue and stored when it works again; alerts do not depend on it. Call the operator: the queue does not last for ever.",
                Reason = trouble.IsAway ? trouble.Reason : "readings are stored again",
            },
            NoPlace,
            "");
    }

    /// <summary>
    /// One alert for all of them, brought up to date every half minute: a flood of topics must not become one of alerts. After a start it stays as it is
    /// until such a device sends again or there is room.
    /// </summary>
    private void TellNotFollowed(Instant time)
    {
        var standing = _ledger.Find(BuiltInAlerts.Gateway, BuiltInAlerts.NotFollowed.Slug);
        var count = _host.NotFollowed;
        if (count == 0 && (standing is null || !_host.HasRoomForOwn))
        {
            return;
        }

        if (count > 0 && standing is not null && time < _notFollowedTold + NotFollowedToldEvery)
        {
            return;
        }

        _notFollowedTold = time;
        var most = _options.UnassignedDevicesAtMost;
        _output.Transition(
            OfTheGateway(BuiltInAlerts.NotFollowed, count > 0 ? AlertState.Active : AlertState.Ended, time) with
            {
                Since = standing?.Since ?? time,
                Value = string.Create(CultureInfo.InvariantCulture, $"{count} devices"),
                Limit = string.Create(CultureInfo.InvariantCulture, $"{most}"),
                Message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count} more devices send that are in no census; the rules follow the first {most}. Nobody is warned of what the others measure. Enter them in the census."),
                Reason = count > 0 ? "more devices that stand at no bed send than the rules follow" : "the rules follow all devices again",
            },
            NoPlace,
            "");
    }

    /// <summary>Alarms go on at their true pace in both cases; what people have to know is that times are not what they seem.</summary>
    private void TellClock(ClockRecord clock, Instant time)
    {
        if (clock.Jumped > TimeSpan.Zero)
        {
            var jump = InWords(clock.Jumped);
            AlertsLog.ClockJumped(_log, jump);
            var jumped = OfTheGateway(BuiltInAlerts.ClockJumped, AlertState.Active, time) with
            {
                Value = jump,
                Message = $"The gateway's clock jumped ahead by {jump}. Devices with the right clock count as late for about 30 s, until their offset is learned.",
                Reason = $"the gateway's clock was {jump} ahead of where it should have been: it was set, or the machine had stood still",
            };
            _output.Transition(jumped, NoPlace, "");
            _output.Transition(jumped with { State = AlertState.Ended, Reason = "it is over when it is told" }, NoPlace, "");
        }

        var isBehind = clock.Behind > TimeSpan.Zero;
        if (!isBehind && _ledger.Find(BuiltInAlerts.Gateway, BuiltInAlerts.ClockBehind.Slug) is null)
        {
            return;
        }

        var behind = InWords(clock.Behind);
        if (isBehind)
        {
            AlertsLog.ClockBehind(_log, behind);
        }
        else
        {
            AlertsLog.ClockCaughtUp(_log);
        }

        _output.Transition(
            OfTheGateway(BuiltInAlerts.ClockBehind, isBehind ? AlertState.Active : AlertState.Ended, time) with
            {
                Value = behind,
                Message = $"The gateway's clock was set back by {behind}: times shown are ahead by that until it has caught up. Devices with the right clock count as late for about 30 s, until their offset is learned.",
                Reason = isBehind
                    ? $"the gateway's clock is {behind} behind the newest record: it had run ahead and was put right, or was set back"
                    : "the gateway's clock has caught up",
            },
            NoPlace,
            "");
    }

    /// <summary>It was measured up to a second after it happened: 3 days are not to read "2 d".</summary>
    private static string InWords(TimeSpan span) =>
        WardViewBuilder.InWords(span >= TimeSpan.FromMinutes(2) ? TimeSpan.FromMinutes(Math.Round(span.TotalMinutes)) : span);

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
