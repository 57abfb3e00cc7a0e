using IoTGateway.Queue.Damage;

namespace IoTGateway.Queue;

/// <summary>How the log keeps its files.</summary>
public sealed class LogOptions
{
    /// <summary>The directory of the log's files; made if absent.</summary>
    public required string Directory { get; init; }

    /// <summary>A segment is sealed at this size. Bytes, 1 MiB to 1 GiB; default 64 MiB.</summary>
    public long SegmentSizeBytes { get; init; } = 64L << 20;

    /// <summary>A consumed segment is kept this long. Default 24 h.</summary>
    public TimeSpan RetentionAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Consumed segments are kept up to this size in all. Bytes; default 2 GiB.</summary>
    public long RetentionBytes { get; init; } = 2L << 30;

    /// <summary>
    /// How large the segments may grow in all. Readings are not taken from <see cref="ReserveBytes"/> below it on; what the gateway itself
    /// writes goes on. Bytes, at least 16 segments; default: no limit but the volume.
    /// </summary>
    public long DiskLimitBytes { get; init; } = long.MaxValue;

    /// <summary>What is kept free for the gateway's own records, of the limit and, in a file, of the volume. Bytes; default 0: nothing.</summary>
    public long ReserveBytes { get; init; }

    /// <summary>How many topics there may be. Default 100,000.</summary>
    public int TopicCountAtMost { get; init; } = 100_000;

    /// <summary>The largest record. Bytes; default 1 MiB.</summary>
    public int RecordSizeBytesAtMost { get; init; } = 1 << 20;

    /// <summary>How much may wait for the next commit before appenders have to wait. Bytes; default 8 MiB.</summary>
    public int PendingBytesAtMost { get; init; } = 8 << 20;

    /// <summary>Told once of each damage that is found, on a background thread. Default: nobody.</summary>
    public Action<LogDamage>? DamageFound { get; init; }

    /// <summary>Told, on a background thread, the file name of each index that could not be read and was made anew. Default: nobody.</summary>
    public Action<string>? IndexMadeAnew { get; init; }

    /// <summary>Makes the identity of a new log. Default: 16 bytes from the system's random generator.</summary>
    public Func<Guid> NewIdentity { get; init; } = () => new Guid(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
}
