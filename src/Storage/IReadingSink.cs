using IoTGateway.Queue;
using IoTGateway.Readings.Census;

namespace IoTGateway.Storage;

/// <summary>A place that keeps readings: the built-in store or a database. At least once and idempotent: the same rows may come again.</summary>
/// <remarks>Used by one thread, its <see cref="StorageConsumer"/>'s; <see cref="State"/> may be read by any.</remarks>
public interface IReadingSink
{
    /// <summary>How many rows it likes to get at once; 1 or more.</summary>
    int RowsAtMost { get; }

    /// <summary>How long rows may be gathered before it gets them; zero: as soon as they are there.</summary>
    TimeSpan GatherAtMost { get; }

    /// <summary>Whether it keeps its own cursor beside its data, which then is the authoritative one; otherwise the log keeps it.</summary>
    bool KeepsCursor { get; }

    /// <summary>How far it has come; null where nothing is stored yet, or where it keeps no cursor.</summary>
    LogPosition? Cursor { get; }

    /// <summary>The identity of the log in which <see cref="Cursor"/> stands; null where that is not known.</summary>
    Guid? CursorIdentity { get; }

    /// <summary>How it is doing, for health pages.</summary>
    SinkState State { get; }

    /// <summary>
    /// Stores rows, and after them the cursor where it keeps one. Returns when they are safe, however long that takes: what may pass
    /// (a full disk, a database that is down) is tried again in here.
    /// </summary>
    /// <param name="rows">The rows in log order; may be none. Read only during the call.</param>
    /// <param name="next">The cursor once they are stored: every record before it is dealt with.</param>
    /// <param name="cancellation">Gives up; the same rows will come again after the next start.</param>
    /// <exception cref="RowsFailException">These rows fail, or seem to; the sink may well take others.</exception>
    /// <exception cref="IOException">It cannot go on, and trying again would not help; the message says what to do.</exception>
    ValueTask StoreAsync(RowBatch rows, LogPosition next, CancellationToken cancellation);

    /// <summary>
    /// A change of who is where was undone: what a device said in between belongs to somebody else. A sink that cannot change what it has stored leaves it.
    /// </summary>
    /// <param name="correction">Which device, from when to when, and to whom it belonged.</param>
    /// <param name="cancellation">Gives up; it will come again after the next start.</param>
    /// <exception cref="IOException">It cannot go on, and trying again would not help; the message says what to do.</exception>
    ValueTask CorrectAsync(CensusCorrection correction, CancellationToken cancellation) => ValueTask.CompletedTask;
}
