namespace IoTGateway.Alerts;

/// <summary>How the rules and the alerts are run.</summary>
public sealed class AlertServiceOptions
{
    /// <summary>How often time is told to the rules. 10 ms to 10 s; default 100 ms.</summary>
    public TimeSpan TickInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How far the rules' time stays behind the clock, so that a reading that is on its way still comes before a timer that waits for it.
    /// A missing reading is noticed this much later. 0 to 10 s; default 500 ms.
    /// </summary>
    public TimeSpan Allowance { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How often the state of the rules is saved while there is something new, so that a start has little to read again. 1 s to 1 h; default 1 min.
    /// </summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often while the log is near its limit: the checkpoint before the last holds the log. Default 2 s.</summary>
    public TimeSpan TightCheckpointInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After so much of the log the state is saved whatever the time. Bytes, 1 MiB to 1 GiB; default 32 MiB.</summary>
    public long CheckpointBytes { get; init; } = 32L << 20;

    /// <summary>Without a live reading for this long a tile says NOT MONITORED. 1 s to 1 h; default 60 s.</summary>
    public TimeSpan NoLiveReadingAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>When the rules are further behind than this, every tile says NOT MONITORED. 1 s to 1 min; default 5 s.</summary>
    public TimeSpan RulesBehindAtMost { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A start that took no readings for longer than this says so by a technical alert. 1 s to 1 h; default 10 s.</summary>
    public TimeSpan OutageAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many devices that stand at no bed are watched as patients of their own; readings of further ones are kept but not evaluated, and one
    /// technical alert says how many there are. 0 to 100,000; default 1,000: one that goes on about topics must not bury the ward's alerts.
    /// </summary>
    public int UnassignedDevicesAtMost { get; init; } = 1_000;

    /// <summary>
    /// How much of the records that could not be used is copied into the dead letters of one group commit; the rest is left out there.
    /// Bytes, 0 to 8 MiB; default 1 MiB.
    /// </summary>
    public int DeadLetterBytesAtMost { get; init; } = 1 << 20;
}
