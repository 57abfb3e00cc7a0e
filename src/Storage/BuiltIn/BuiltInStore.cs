using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Readings;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>
/// The store that needs no database server: a directory of SQLite files, one for each UTC day of corrected time. The day files are
/// committed first and the cursor last; after a crash in between the same rows come again and change nothing.
/// </summary>
/// <remarks>One writer; readers have their own connections (<see cref="BuiltInHistory"/>) and neither wait for it nor hold it up.</remarks>
public sealed partial class BuiltInStore : IReadingSink, IDisposable
{
    private readonly BuiltInStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly Backoff _backoff;
    private readonly ILogger _logger;
    private readonly RowOrder _order = new();
    private readonly List<DayFile> _openDays = []; // The one used last stands last.
    private readonly Dictionary<StoreDay, Instant> _touchedDays = [];
    private CursorFile? _cursor;
    private volatile SinkState _state = new();
    private Instant _lastClean;

    private BuiltInStore(BuiltInStoreOptions options, TimeProvider clock, Random random, ILogger logger)
    {
        _options = options;
        _clock = clock;
        _backoff = new Backoff(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30), random);
        _logger = logger;
    }

    /// <inheritdoc/>
    public int RowsAtMost => _options.CommitRowsAtMost;

    /// <inheritdoc/>
    public TimeSpan GatherAtMost => _options.CommitAge;

    /// <inheritdoc/>
    public bool KeepsCursor => true;

    /// <inheritdoc/>
    public LogPosition? Cursor { get; private set; }

    /// <inheritdoc/>
    public Guid? CursorIdentity { get; private set; }

    /// <inheritdoc/>
    public SinkState State => _state;

    /// <summary>Called between the commit of the day files and that of the cursor, so that a test can end it there.</summary>
    internal Action? BeforeCursor { get; set; }

    /// <summary>Opens or makes the store, and deletes the days whose time is over.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="clock">Gives the present time for retention and retries.</param>
    /// <param name="random">Jitter of the retries.</param>
    /// <param name="logger">Life cycle and faults.</param>
    /// <exception cref="StoreException">The directory cannot be used, or its files are damaged or of another version.</exception>
    public static BuiltInStore Open(BuiltInStoreOptions options, TimeProvider clock, Random random, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RetentionAge, TimeSpan.FromHours(1), nameof(options.RetentionAge));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CommitAge, TimeSpan.Zero, nameof(options.CommitAge));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.CommitAge, TimeSpan.FromMinutes(5), nameof(options.CommitAge));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CommitRowsAtMost, 1, nameof(options.CommitRowsAtMost));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.CommitRowsAtMost, 1_000_000, nameof(options.CommitRowsAtMost));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.OpenDaysAtMost, 1, nameof(options.OpenDaysAtMost));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.OpenDaysAtMost, 100, nameof(options.OpenDaysAtMost));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.WalSizeBytesAtMost, 1 << 20, nameof(options.WalSizeBytesAtMost));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.WalSizeBytesAtMost, 1 << 30, nameof(options.WalSizeBytesAtMost));
        var store = new BuiltInStore(options, clock, random, logger);
        try
        {
            Directory.CreateDirectory(options.Directory);
            RemoveOrphans(options.Directory);
            store.Cursor = store.CursorFile.Position;
            store.CursorIdentity = store.CursorFile.LogIdentity;
            store.DeleteOldDays();
            logger.StoreOpened(options.Directory, StoreDay.In(options.Directory).Count);
            return store;
        }
        catch (Exception failure) when (failure is SqliteException or UnauthorizedAccessException || (failure is IOException and not StoreException))
        {
            store.Dispose();
            throw Explain(failure, options.Directory);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask StoreAsync(RowBatch rows, LogPosition next, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        await UntilItWorksAsync(() => Store(rows, next), cancellation).ConfigureAwait(false);
        _state = _state with { RowsStored = _state.RowsStored + rows.Count };
    }

    /// <summary>Closes the files. What was not stored comes again at the next start.</summary>
    public void Dispose() => CloseFiles();

    private CursorFile CursorFile => _cursor ??= new CursorFile(_options);

    /// <summary>What may pass (a full disk) is tried again for as long as it takes.</summary>
    private async ValueTask UntilItWorksAsync(Action work, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                work();
                break;
            }
            catch (SqliteException failure)
            {
                CloseFiles(); // Ends the transaction, and the next try begins with what is really on disk.
                var reason = Explain(failure, _options.Directory);
                if (!SqliteFaults.MayPass(failure))
                {
                    _state = _state with { LastError = reason.Message };
                    throw reason;
                }

                Retrying(reason.Message);
            }
            catch (Exception failure)
            {
                CloseFiles();
                _state = _state with { LastError = failure.Message };
                throw;
            }

            await Task.Delay(_backoff.Next(), _clock, cancellation).ConfigureAwait(false);
        }

        _backoff.Reset();
        if (_state.RetryingSince is not null)
        {
            _logger.StoreWorksAgain(_options.Directory);
        }

        _state = _state with { LastSuccess = Instant.Now(_clock), RetryingSince = null };
    }

    private void Store(RowBatch rows, LogPosition next)
    {
        _touchedDays.Clear();
        for (var group = _order.Begin(rows); group.MoveNext();)
        {
            OpenDay(group.Day).Write(rows, group.Rows);
            var newest = CursorFile.LastReceived(group.Day) ?? Instant.MinValue;
            foreach (var index in group.Rows)
            {
                newest = Instant.Later(newest, rows.Rows[index].Received);
            }

            _touchedDays[group.Day] = newest;
        }

        BeforeCursor?.Invoke();
        CursorFile.Write(next, _touchedDays.Select(pair => (pair.Key, pair.Value)));
        Cursor = next;
        if (Instant.Now(_clock) - _lastClean >= TimeSpan.FromHours(1))
        {
            DeleteOldDays();
        }
    }

    private DayFile OpenDay(StoreDay day)
    {
        var place = _openDays.FindIndex(open => open.Day == day);
        DayFile file;
        if (place >= 0)
        {
            file = _openDays[place];
            _openDays.RemoveAt(place);
        }
        else
        {
            if (_openDays.Count >= _options.OpenDaysAtMost)
            {
                _openDays[0].Dispose();
                _openDays.RemoveAt(0);
            }

            file = DayFile.Open(day, _options);
        }

        _openDays.Add(file);
        return file;
    }

    private void CloseFiles()
    {
        foreach (var file in _openDays)
        {
            file.Dispose();
        }

        _openDays.Clear();
        _cursor?.Dispose();
        _cursor = null;
    }

    private static StoreException Explain(Exception failure, string directory) => SqliteFaults.Explain(failure, "The built-in store", directory, "the readings");

    private void Retrying(string reason)
    {
        if (_state.RetryingSince is null)
        {
            _logger.StoreRetries(reason);
        }

        _state = _state with { LastError = reason, RetryingSince = _state.RetryingSince ?? Instant.Now(_clock) };
    }
}
