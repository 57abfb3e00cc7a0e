namespace IoTGateway.Archive;

/// <summary>Where and how the archive is kept.</summary>
public sealed class ArchiveOptions
{
    /// <summary>The directory of the file; made if absent.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// How long is kept what is over: an episode after its end, everything else after it happened. 1 to 3,650 days; default 400, so that a year
    /// can be compared with the one before.
    /// </summary>
    public TimeSpan RetentionAge { get; init; } = TimeSpan.FromDays(400);

    /// <summary>The least time between two commits; what comes meanwhile waits for the next one. 0 to 1 s; default 250 ms.</summary>
    public TimeSpan CommitAge { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Records of one commit at most; those that became durable together stay together. 1 to 100,000; default 1,000.</summary>
    public int CommitRecordsAtMost { get; init; } = 1_000;

    /// <summary>Rows of one table that one step of the retention deletes at most. 1 to 100,000; default 1,000.</summary>
    public int DeletedRowsAtMost { get; init; } = 1_000;

    /// <summary>
    /// The cursor is also committed after this much of the log held nothing for the archive, so that the log can go on to delete. Bytes, at least 1;
    /// default 32 MiB.
    /// </summary>
    public long CursorDistanceBytes { get; init; } = 32L << 20;

    /// <summary>After an unclean end a file up to this size is checked before it is written again. Bytes; default 256 MiB.</summary>
    public long CheckedSizeBytesAtMost { get; init; } = 256L << 20;

    /// <summary>The write-ahead log is copied into the file at half this size and cut back to this size. Bytes, 1 MiB to 1 GiB; default 16 MiB.</summary>
    public long WalSizeBytesAtMost { get; init; } = 16L << 20;

    internal void ThrowIfOutOfRange()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(RetentionAge, TimeSpan.FromDays(1), nameof(RetentionAge));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RetentionAge, TimeSpan.FromDays(3_650), nameof(RetentionAge));
        ArgumentOutOfRangeException.ThrowIfLessThan(CommitAge, TimeSpan.Zero, nameof(CommitAge));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CommitAge, TimeSpan.FromSeconds(1), nameof(CommitAge));
        ArgumentOutOfRangeException.ThrowIfLessThan(CommitRecordsAtMost, 1, nameof(CommitRecordsAtMost));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CommitRecordsAtMost, 100_000, nameof(CommitRecordsAtMost));
        ArgumentOutOfRangeException.ThrowIfLessThan(DeletedRowsAtMost, 1, nameof(DeletedRowsAtMost));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DeletedRowsAtMost, 100_000, nameof(DeletedRowsAtMost));
        ArgumentOutOfRangeException.ThrowIfLessThan(CursorDistanceBytes, 1, nameof(CursorDistanceBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(WalSizeBytesAtMost, 1 << 20, nameof(WalSizeBytesAtMost));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WalSizeBytesAtMost, 1 << 30, nameof(WalSizeBytesAtMost));
    }
}
