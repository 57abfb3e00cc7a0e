using Microsoft.Extensions.Logging;

namespace IoTGateway.Archive;

/// <summary>The log messages of this project. None holds patient data. Event ids 8000 to 8099.</summary>
internal static partial class ArchiveLog
{
    [LoggerMessage(8000, LogLevel.Information, "Archive open in {Directory}")]
    public static partial void ArchiveOpened(this ILogger logger, string directory);

    [LoggerMessage(8001, LogLevel.Error, "{Reason} It is tried again until it works.")]
    public static partial void ArchiveRetries(this ILogger logger, string reason);

    [LoggerMessage(8002, LogLevel.Information, "The archive in {Directory} works again")]
    public static partial void ArchiveWorksAgain(this ILogger logger, string directory);

    [LoggerMessage(8003, LogLevel.Error, "The archive has stopped: {Reason} The gateway goes on, and the log keeps what the archive has not seen.")]
    public static partial void ArchiveStopped(this ILogger logger, string reason, Exception failure);

    [LoggerMessage(8004, LogLevel.Warning, "The archive has not seen the log from {From} to {To}: it was off, or stopped, for longer than the log is kept. It goes on from there.")]
    public static partial void ArchiveHasGap(this ILogger logger, long from, long to);

    [LoggerMessage(8005, LogLevel.Information, "The archive goes on with another log than before; what it holds of that stays")]
    public static partial void ArchiveMeetsNewLog(this ILogger logger);

    [LoggerMessage(8006, LogLevel.Warning, "The archive keeps {Count} records as they are that it cannot read; the first at {Position} of kind {Kind}: {Reason}")]
    public static partial void ArchiveCannotRead(this ILogger logger, long count, long position, string kind, string reason);
}
