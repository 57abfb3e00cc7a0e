using Microsoft.Extensions.Logging;

namespace IoTGateway.Notifications;

/// <summary>What this project logs. Event ids 8000 to 8099; never patient data.</summary>
internal static partial class NotificationsLog
{
    [LoggerMessage(8000, LogLevel.Critical, "The escalation has stopped: nobody is paged. Restart the gateway; if it happens again, report the following.")]
    public static partial void EscalationStopped(this ILogger logger, Exception failure);

    [LoggerMessage(8001, LogLevel.Error, "The channel '{Channel}' has stopped: nobody is told over it. Restart the gateway; if it happens again, report the following.")]
    public static partial void ChannelStopped(this ILogger logger, string channel, Exception failure);

    [LoggerMessage(8002, LogLevel.Information, "The roster and the notification rules come into force: {Wards} wards, {People} people, {Channels} channels, {Routes} routes.")]
    public static partial void PlanInForce(this ILogger logger, int wards, int people, int channels, int routes);

    [LoggerMessage(8003, LogLevel.Information, "There are no notification rules any more: alerts are told by the board and MQTT alone.")]
    public static partial void PlanGone(this ILogger logger);

    [LoggerMessage(8004, LogLevel.Error, "The roster and the notification rules are invalid ({Count} errors); the last good ones stay in force. The first: {Error}")]
    public static partial void FilesInvalid(this ILogger logger, int count, string error);

    [LoggerMessage(8005, LogLevel.Warning, "{Warning}")]
    public static partial void FileWarning(this ILogger logger, string warning);

    [LoggerMessage(8006, LogLevel.Error, "The channel '{Channel}' cannot be opened: {Reason}")]
    public static partial void ChannelNotOpened(this ILogger logger, string channel, string reason);

    [LoggerMessage(8007, LogLevel.Error, "The heartbeat cannot be sent: {Reason} It is tried again; the watchdog will notice.")]
    public static partial void HeartbeatFails(this ILogger logger, string reason);

    [LoggerMessage(8008, LogLevel.Information, "The heartbeat is sent again.")]
    public static partial void HeartbeatWorksAgain(this ILogger logger);
}
