using IoTGateway.Configuration;
using IoTGateway.Queue;
using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Files;

namespace IoTGateway.Hosting;

/// <summary>Opens the durable queues as configured.</summary>
internal static class QueueHost
{
    private const long SegmentSizeBytesAtMost = 64L << 20;
    private const long ReserveBytesAtMost = 64L << 20;

    /// <summary>Recovers what is on disk and brings the projections up to it.</summary>
    /// <exception cref="UserErrorException">The data directory cannot be used; the message says why.</exception>
    public static DurableLog Open(GatewayOptions options, TimeProvider clock, ILogger logger, params IProjection[] projections)
    {
        var directory = Path.GetFullPath(options.DataDirectory);
        try
        {
            Directory.CreateDirectory(directory);
            var limit = options.Queue.DiskLimitBytes ?? new DriveInfo(directory).TotalSize / 10 * 8;
            var logOptions = new LogOptions
            {
                Directory = DataLayout.Log(options.DataDirectory),
                RetentionAge = TimeSpan.FromHours(options.Queue.RetentionHours),
                RetentionBytes = options.Queue.RetentionBytes,
                TopicCountAtMost = options.Queue.MaxTopics,
                DiskLimitBytes = limit,

                // Only whole segments can be deleted, so a small limit needs small ones.
                SegmentSizeBytes = Math.Min(limit / 32, SegmentSizeBytesAtMost),
                ReserveBytes = Math.Min(limit / 16, ReserveBytesAtMost),
                DamageFound = damage => Tell(logger, damage),
                IndexMadeAnew = index => HostingLog.IndexMadeAnew(logger, index),
            };
            return DurableLog.Open(logOptions, new RealDisk(), clock, projections);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UserErrorException($"The data directory {directory} cannot be used: {failure.Message}", failure);
        }
    }

    private static void Tell(ILogger logger, LogDamage damage)
    {
        if (damage.RecordsLost == 0)
        {
            HostingLog.HarmlessDamageFound(logger, damage.ToString());
        }
        else
        {
            HostingLog.DamageFound(logger, damage.ToString());
        }
    }

    /// <summary>All consumers that are configured are open: one that is not keeps nothing beyond the retention, and the operator is told.</summary>
    public static void ConsumersAreOpen(DurableLog log, ILogger logger)
    {
        foreach (var name in log.ConsumersAreOpen())
        {
            HostingLog.ConsumerNotOpen(logger, name);
        }
    }
}
