using Microsoft.Extensions.Logging;

namespace IoTGateway.Board;

/// <summary>What the board tells the operator. Never patient data.</summary>
internal static partial class BoardLog
{
    [LoggerMessage(7001, LogLevel.Critical, "The board has stopped following the ward. Its pages say that the connection is lost and /readyz answers 503; ingest, rules and alerts are not touched. Restart the gateway, and report this with the error below.")]
    public static partial void FeedFailed(ILogger logger, Exception failure);

    [LoggerMessage(7002, LogLevel.Warning, "A page was refused the live stream: {Count} streams are open, the most that are allowed. Close pages that nobody looks at, or raise the board's StreamsMost.")]
    public static partial void StreamRefused(ILogger logger, int count);

    [LoggerMessage(7003, LogLevel.Error, "What a person did could not be recorded; the person was told so.")]
    public static partial void NotRecorded(ILogger logger, Exception failure);
}
