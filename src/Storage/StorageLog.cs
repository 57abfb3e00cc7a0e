using Microsoft.Extensions.Logging;

namespace IoTGateway.Storage;

/// <summary>The log messages of this project. None holds patient data. Event ids 5000 to 5099.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(5000, LogLevel.Information, "Built-in store open in {Directory}: {Days} day files")]
    public static partial void StoreOpened(this ILogger logger, string directory, int days);

    [LoggerMessage(5001, LogLevel.Information, "Built-in store: {File} is older than the retention and was deleted")]
    public static partial void DayDeleted(this ILogger logger, string file);

    [LoggerMessage(5002, LogLevel.Error, "{Reason} It is tried again until it works.")]
    public static partial void StoreRetries(this ILogger logger, string reason);

    [LoggerMessage(5003, LogLevel.Information, "Built-in store in {Directory} works again")]
    public static partial void StoreWorksAgain(this ILogger logger, string directory);

    [LoggerMessage(5010, LogLevel.Error, "Storage consumer '{Consumer}' has stopped: {Reason}")]
    public static partial void ConsumerFailed(this ILogger logger, string consumer, string reason, Exception failure);

    [LoggerMessage(5020, LogLevel.Error, "InfluxDB: {Reason} It is tried again until it works; the queue keeps the readings.")]
    public static partial void InfluxRetries(this ILogger logger, string reason);

    [LoggerMessage(5021, LogLevel.Information, "InfluxDB at {Url} takes readings again")]
    public static partial void InfluxWorksAgain(this ILogger logger, string url);

    [LoggerMessage(5023, LogLevel.Information, "InfluxDB {Version} at {Url}")]
    public static partial void InfluxIs(this ILogger logger, string url, string version);

    [LoggerMessage(5024, LogLevel.Warning, "The server at {Url} does not say which InfluxDB it is; it is taken for InfluxDB {Version}, as set")]
    public static partial void InfluxDoesNotSay(this ILogger logger, string url, int version);

    [LoggerMessage(5022, LogLevel.Warning, "InfluxDB refused {Count} readings for good; they are in the dead letters")]
    public static partial void InfluxRejected(this ILogger logger, long count);
}
