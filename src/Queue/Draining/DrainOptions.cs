namespace IoTGateway.Queue.Draining;

/// <summary>How a sink is served, and what becomes of topics that fail.</summary>
public sealed record DrainOptions
{
    /// <summary>The directory of the side file; made if absent.</summary>
    public required string Directory { get; init; }

    /// <summary>How many deliveries may be on their way at once, each for its own topics. 1 to 64; default 1.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Records of one delivery at most. 1 to 1,000,000; default 10,000.</summary>
    public int RecordsAtMost { get; init; } = 10_000;

    /// <summary>Bytes of one delivery at most; one record more may come. Default 8 MiB. A lane holds up to two deliveries.</summary>
    public int BytesAtMost { get; init; } = 8 << 20;

    /// <summary>How long records may be gathered before they are delivered. Default zero: as soon as they are there.</summary>
    public TimeSpan GatherAtMost { get; init; }

    /// <summary>A sink that keeps its own cursor gets it anew after this much of the log held nothing for it. Bytes; default 1 MiB.</summary>
    public long CursorDistanceBytes { get; init; } = 1 << 20;

    /// <summary>A delivery that is not answered in this time has failed. Default 30 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest first delay before something is tried again; it doubles up to <see cref="RetryAtMost"/>. Default 1 s.</summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay between tries. Default 5 min.</summary>
    public TimeSpan RetryAtMost { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A parked record that failed this many times by itself becomes a dead letter. At least 1; default 12, some 30 minutes.</summary>
    public int ParkedTriesAtMost { get; init; } = 12;

    /// <summary>A parked record that fails this long after it was parked becomes a dead letter. Default 24 h.</summary>
    public TimeSpan ParkedAtMost { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// The size of the side file; one topic may fill a quarter of it. What a topic has parked beyond that becomes dead letters. Bytes, at least
    /// 64 KiB; default 64 MiB.
    /// </summary>
    public long ParkedBytesAtMost { get; init; } = 64L << 20;
}
