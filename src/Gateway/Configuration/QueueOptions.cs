namespace IoTGateway.Configuration;

/// <summary>The durable log.</summary>
internal sealed class QueueOptions
{
    /// <summary>How long consumed records are kept. Hours, 0 to 8,760; default 24.</summary>
    public double RetentionHours { get; init; } = 24;

    /// <summary>Up to which size consumed records are kept. Bytes, at least 0; default 2 GiB. What comes first, age or size, counts.</summary>
    public long RetentionBytes { get; init; } = 2L << 30;

    /// <summary>
    /// How large the queues may grow. Near it readings are withheld, then refused; alerts and acknowledgements go on. Bytes, at least
    /// 67,108,864; default: 80 % of the volume.
    /// </summary>
    public long? DiskLimitBytes { get; init; }

    /// <summary>How many topics there may be; a device is one. 1 to 10,000,000; default 100,000.</summary>
    public int MaxTopics { get; init; } = 100_000;

    /// <summary>A parked reading that a sink refused this many times by itself becomes a dead letter. 1 to 1,000; default 12, some 30 minutes.</summary>
    public int ParkedTries { get; init; } = 12;

    /// <summary>A parked reading that a sink still refuses after this time becomes a dead letter. Hours, 0 to 8,760; default 24.</summary>
    public double ParkedHours { get; init; } = 24;

    /// <summary>How much a sink may have parked; one topic a quarter of it. Bytes, at least 65,536; default 64 MiB.</summary>
    public long ParkedBytes { get; init; } = 64L << 20;
}
