namespace IoTGateway.Hosting;

/// <summary>What the composition root logs. Event ids 1000 to 1099; never patient data.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(EventId = 1000, Level = LogLevel.Information, Message = "Rules read from {Directory}: {Count} rules, version {Version}.")]
    public static partial void RulesRead(this ILogger logger, string directory, int count, string version);

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "The rule files in {Directory} are invalid ({Count} errors); the last good rules stay in force. The first: {Error}")]
    public static partial void RulesInvalid(this ILogger logger, string directory, int count, string error);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void RuleWarning(this ILogger logger, string warning);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Error, Message = "The census file {Path} is invalid; the census in force stays. {Why}")]
    public static partial void CensusInvalid(this ILogger logger, string path, string why);

    [LoggerMessage(EventId = 1011, Level = LogLevel.Error, Message = "Stored records are damaged. {Damage} Everything else is read on. Check the disk; `iotgateway queue verify` looks at all of it.")]
    public static partial void DamageFound(ILogger logger, string damage);

    [LoggerMessage(EventId = 1013, Level = LogLevel.Warning, Message = "A stored file is damaged. {Damage} Check the disk; `iotgateway queue verify` looks at all of it.")]
    public static partial void HarmlessDamageFound(ILogger logger, string damage);

    [LoggerMessage(EventId = 1014, Level = LogLevel.Warning, Message = "The index {Name} could not be read and was made anew from its segment. Nothing is lost. Check the disk.")]
    public static partial void IndexMadeAnew(ILogger logger, string name);

    [LoggerMessage(EventId = 1012, Level = LogLevel.Warning, Message = "The consumer '{Name}' is known to the log but not configured any more. What it has not seen is kept no longer than the retention; if it is gone for good: iotgateway queue remove {Name}.")]
    public static partial void ConsumerNotOpen(ILogger logger, string name);

    [LoggerMessage(EventId = 1010, Level = LogLevel.Warning, Message = "The queue commands cannot reach this gateway: {Path} cannot be listened on. {Reason}")]
    public static partial void NoControl(ILogger logger, string path, string reason);
}
