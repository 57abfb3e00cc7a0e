using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Archive.Files;

/// <summary>The archive's file and its faults: what may pass (a full disk, a lock) is tried again until it works, all else is told.</summary>
/// <remarks>For one thread; <see cref="State"/> may be read by any.</remarks>
internal sealed class ArchiveStore : IDisposable
{
    private static readonly TimeSpan LookForOlderEvery = TimeSpan.FromHours(1);

    private readonly ArchiveOptions _options;
    private readonly TimeProvider _clock;
    private readonly Backoff _backoff;
    private readonly ILogger _logger;
    private ArchiveFile? _file;
    private volatile ArchiveState _state = new();
    private Instant? _lastLook;

    private ArchiveStore(ArchiveOptions options, TimeProvider clock, Random random, ILogger logger)
    {
        _options = options;
        _clock = clock;
        _backoff = new Backoff(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30), random);
        _logger = logger;
    }

    /// <summary>Every record of the log before it is archived; null in a new archive.</summary>
    public LogPosition? Cursor { get; private set; }

    /// <summary>The log in which <see cref="Cursor"/> stands; null in a new archive.</summary>
    public Guid? LogIdentity { get; private set; }

    /// <summary>How it is doing.</summary>
    public ArchiveState State => _state;

    /// <summary>Called before each commit of records, so that a test can end it there.</summary>
    internal Action? BeforeCommit { get; set; }

    /// <summary>Opens or makes the archive.</summary>
    /// <exception cref="StoreException">The directory cannot be used, or the file is damaged or of another version.</exception>
    public static ArchiveStore Open(ArchiveOptions options, TimeProvider clock, Random random, ILogger logger)
    {
        var store = new ArchiveStore(options, clock, random, logger);
        store.Guarded(() =>
        {
            store.Cursor = store.File.Cursor;
            store.LogIdentity = store.File.LogIdentity;
        });
        logger.ArchiveOpened(options.Directory);
        return store;
    }

    /// <inheritdoc cref="ArchiveFile.BeginAt"/>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public void BeginAt(Guid identity, LogPosition start, IReadOnlyList<CensusChange> censuses, IReadOnlySet<string> standing)
    {
        Guarded(() => File.BeginAt(identity, start, censuses, standing, Instant.Now(_clock)));
        Cursor = start;
        LogIdentity = identity;
    }

    /// <summary>Adds records, and with them the cursor. Returns when they are safe, however long that takes.</summary>
    /// <param name="records">Records in log order; may be none.</param>
    /// <param name="next">The cursor once they are in.</param>
    /// <param name="cancellation">Gives up; the same records come again after the next start.</param>
    /// <exception cref="StoreException">It cannot go on, and trying again would not help; the message says what to do.</exception>
    public async Task StoreAsync(IReadOnlyList<ArchiveRecord> records, LogPosition next, CancellationToken cancellation)
    {
        IReadOnlyList<(ArchiveRecord Record, string Fault)> faults = [];
        await RetryAsync(() => faults = File.Write(records, next, BeforeCommit), cancellation).ConfigureAwait(false);
        Cursor = next;
        if (faults is [var (first, fault), ..])
        {
            _logger.ArchiveCannotRead(faults.Count, first.Position.Address, first.Kind.ToString(), fault);
        }

        _state = _state with
        {
            LastSuccess = Instant.Now(_clock),
            Records = _state.Records + records.Count,
            Unread = _state.Unread + faults.Count,
        };
    }

    /// <summary>Once an hour deletes some of what is over for longer than it is kept; writes nothing where there is none.</summary>
    /// <returns>Whether there may be more to delete at once.</returns>
    /// <exception cref="StoreException">It cannot go on, and trying again would not help; the message says what to do.</exception>
    public async Task<bool> CleanAsync(CancellationToken cancellation)
    {
        var now = Instant.Now(_clock);
        if (_lastLook is { } last && now - last < LookForOlderEvery)
        {
            return false;
        }

        var isMore = false;
        var before = now - _options.RetentionAge;
        await RetryAsync(() => isMore = File.HasOlder(before) && File.DeleteOlder(before, _options.DeletedRowsAtMost), cancellation).ConfigureAwait(false);
        _lastLook = isMore ? null : now;
        return isMore;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => Close();

    private ArchiveFile File => _file ??= ArchiveFile.Open(_options);

    private async Task RetryAsync(Action work, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                Guarded(work);
                break;
            }
            catch (StoreException failure) when (failure.InnerException is SqliteException sqlite && SqliteFaults.MayPass(sqlite))
            {
                if (_state.RetryingSince is null)
                {
                    _logger.ArchiveRetries(failure.Message);
                }

                _state = _state with { RetryingSince = _state.RetryingSince ?? Instant.Now(_clock) };
            }

            await Task.Delay(_backoff.Next(), _clock, cancellation).ConfigureAwait(false);
        }

        _backoff.Reset();
        if (_state.RetryingSince is not null)
        {
            _logger.ArchiveWorksAgain(_options.Directory);
            _state = _state with { RetryingSince = null };
        }
    }

    /// <summary>Does something with the file. After a fault it is closed: the next try begins with what is really on disk.</summary>
    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure)
        {
            Close();
            var reason = failure is SqliteException or UnauthorizedAccessException || (failure is IOException and not StoreException)
                ? SqliteFaults.Explain(failure, "The archive", _options.Directory, "what is to be archived")
                : failure;
            _state = _state with { LastError = reason.Message };
            if (!ReferenceEquals(reason, failure))
            {
                throw reason;
            }

            throw;
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
