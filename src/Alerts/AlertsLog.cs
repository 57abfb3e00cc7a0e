using Microsoft.Extensions.Logging;

namespace IoTGateway.Alerts;

/// <summary>What this project logs. Event ids are permanent; patient data is never among it.</summary>
internal static partial class AlertsLog
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Error,
        Message = "The rules stopped for the patient in ward '{Ward}', bed '{Bed}': {Failure} in the rules engine. A high technical alert was raised. {StackTrace}")]
    public static partial void PatientQuarantined(ILogger log, string ward, string bed, string failure, string stackTrace);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error,
        Message = "The rules engine could not forget the patient in ward '{Ward}', bed '{Bed}' either: {Failure}")]
    public static partial void PatientNotRemoved(ILogger log, string ward, string bed, string failure);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning,
        Message = "The rules begin anew: {Reason} {AlertCount} alerts stay, unverified, until the rules know of them again or a person acknowledges them.")]
    public static partial void RulesBeginAnew(ILogger log, string reason, int alertCount);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Information,
        Message = "The state of the rules was restored from log position {From}; records up to {To} were read again.")]
    public static partial void RulesRestored(ILogger log, long from, long to);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Information, Message = "The rules have caught up with the log.")]
    public static partial void CaughtUp(ILogger log);

    [LoggerMessage(EventId = 3006, Level = LogLevel.Critical,
        Message = "The rules have stopped: nobody is warned. Restart the gateway; if it happens again, report the following.")]
    public static partial void RulesStopped(ILogger log, Exception failure);

    [LoggerMessage(EventId = 3007, Level = LogLevel.Critical,
        Message = "Alerts are no longer published by MQTT; the board goes on. Restart the gateway; if it happens again, report the following.")]
    public static partial void PublishingStopped(ILogger log, Exception failure);

    [LoggerMessage(EventId = 3008, Level = LogLevel.Information, Message = "Rule set {Version} was recorded and comes into force.")]
    public static partial void RulesProposed(ILogger log, string version);

    [LoggerMessage(EventId = 3010, Level = LogLevel.Warning,
        Message = "Rule set {Version} was recorded and waits for approval, for {ReasonCount} reasons. See: iotgateway rules plan; then: iotgateway rules approve, or refuse.")]
    public static partial void RulesWait(ILogger log, string version, int reasonCount);

    [LoggerMessage(EventId = 3011, Level = LogLevel.Information,
        Message = "Plan for rule set {Version}: {RuleCount} differences; of the live alerts {Ended} end, {Changed} change, {Anew} wait anew, {Raised} are raised, {Kept} are kept.")]
    public static partial void RulePlan(ILogger log, string version, int ruleCount, int ended, int changed, int anew, int raised, int kept);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Error,
        Message = "The state of the rules cannot be saved: {Reason} The rules go on, but a restart would take longer and the log is kept for it. It is tried again every {Seconds} s; make room.")]
    public static partial void CheckpointFindsNoRoom(ILogger log, string reason, double seconds);

    [LoggerMessage(EventId = 3013, Level = LogLevel.Information, Message = "There is room again: the state of the rules was saved.")]
    public static partial void CheckpointHasRoomAgain(ILogger log);

    [LoggerMessage(EventId = 3009, Level = LogLevel.Information, Message = "A census of {BedCount} beds was recorded and comes into force.")]
    public static partial void CensusProposed(ILogger log, int bedCount);

    [LoggerMessage(EventId = 3050, Level = LogLevel.Warning,
        Message = "The census file has changed, but so have people changed the census at the board: it waits, with {DifferenceCount} differences. See: iotgateway census show; then: iotgateway census apply, or drop.")]
    public static partial void CensusWaits(ILogger log, int differenceCount);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Warning,
        Message = "The machine's clock is {Behind} behind the time of the newest record. The time of the log goes on from there, so alarms keep their pace; times shown are ahead by that until the clock has caught up.")]
    public static partial void ClockBehind(ILogger log, string behind);

    [LoggerMessage(EventId = 3013, Level = LogLevel.Information, Message = "The machine's clock has caught up with the time of the log.")]
    public static partial void ClockCaughtUp(ILogger log);

    [LoggerMessage(EventId = 3014, Level = LogLevel.Warning,
        Message = "The machine's clock jumped ahead by {Jump}, and the time of the log with it: the clock was set, or the machine had stood still.")]
    public static partial void ClockJumped(ILogger log, string jump);
}
