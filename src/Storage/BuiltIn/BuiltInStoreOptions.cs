namespace IoTGateway.Storage.BuiltIn;

/// <summary>Where and how the built-in store keeps its files.</summary>
public sealed class BuiltInStoreOptions
{
    /// <summary>The directory of the day files; made if absent.</summary>
    public required string Directory { get; init; }

    /// <summary>The identity of the log that is stored from, kept with the cursor, which means nothing in another log. Null: not known.</summary>
    public Guid? LogIdentity { get; init; }

    /// <summary>
    /// A day file is deleted this long after its day ended and nothing was added to it any more, so that old recordings which were stored
    /// today stay as long as today's readings. At least 1 h; default 7 days.
    /// </summary>
    public TimeSpan RetentionAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Readings are committed at least this often, so a chart lags by no more. Longer intervals write less to the disk. 0 to 5 min; default 1 s.
    /// </summary>
    public TimeSpan CommitAge { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Readings of one commit at most. 1 to 1,000,000; default 20,000.</summary>
    public int CommitRowsAtMost { get; init; } = 20_000;

    /// <summary>Day files open for writing at once. 1 to 100; default 4: today, the day before, and two for a replay of old data.</summary>
    public int OpenDaysAtMost { get; init; } = 4;

    /// <summary>
    /// After an unclean end a day file up to this size is checked before it is written again; a larger one is trusted to its write-ahead log,
    /// since the check reads it all. Bytes; default 256 MiB.
    /// </summary>
    public long CheckedSizeBytesAtMost { get; init; } = 256L << 20;

    /// <summary>
    /// The write-ahead log of a day file is copied into it at half this size and cut back to this size. A larger one writes less in all: the
    /// page of a device that was changed by several commits is copied once. Bytes, 1 MiB to 1 GiB; default 64 MiB.
    /// </summary>
    public long WalSizeBytesAtMost { get; init; } = 64L << 20;
}
