using IoTGateway.Archive.Entries;
using IoTGateway.Archive.Files;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.BuiltIn;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Archive;

/// <summary>
/// The consumer "archive": takes alerts, what people did and who was where out of the log into a file that keeps them for longer, at its own pace.
/// At least once; the cursor stands in the file and moves in the transaction of the records, so that nothing is lost and nothing is there twice.
/// </summary>
/// <remarks>A failure ends it and is told by <see cref="Failure"/>; it then still holds the log from its cursor on, until it is disposed.</remarks>
public sealed class ArchiveConsumer : IDisposable
{
    /// <summary>The consumer's name in the log.</summary>
    public const string ConsumerName = "archive";

    /// <summary>Bodies of one commit at most, and one frame more: rule sets are some 100 KiB each.</summary>
    private const int BytesAtMost = 8 << 20;

    private readonly DurableLog _log;
    private readonly ArchiveOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ArchiveStore? _store;
    private readonly LogConsumer _consumer;
    private readonly ArchiveLag _lag;
    private readonly ArchiveMeter _meter;
    private readonly List<ArchiveRecord> _records = [];

    /// <summary>
    /// Opens the archive and the log's consumer: from now on the log keeps what the archive does not hold yet. A file that cannot be used is a
    /// <see cref="Failure"/>, no exception: alerts are worth more than their history.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="censusBefore">Who was where, as known just before a place of the log.</param>
    /// <param name="standing">The ids of the episodes that stand at the end of the log.</param>
    /// <param name="clock">The time of commits, retries and of what is too old.</param>
    /// <param name="random">Jitter of the retries.</param>
    /// <param name="logger">Life cycle and faults.</param>
    /// <exception cref="LogCorruptException">The log is another than the archive says, and cannot go on behind its cursor.</exception>
    public ArchiveConsumer(
        DurableLog log,
        ArchiveOptions options,
        Func<LogPosition, CensusHistory> censusBefore,
        Func<IReadOnlySet<string>> standing,
        TimeProvider clock,
        Random random,
        ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(censusBefore);
        ArgumentNullException.ThrowIfNull(standing);
        options.ThrowIfOutOfRange();
        _log = log;
        _options = options;
        _clock = clock;
        _logger = logger;
        try
        {
            _store = OpenStore(random);
            Begin(_store, censusBefore, standing);
            _consumer = log.OpenConsumerAt(ConsumerName, EntryMakers.Kinds, _store.Cursor!.Value, _store.LogIdentity);
            _consumer.HeldFrom = _store.Cursor.Value;
        }
        catch (StoreException failure)
        {
            // It holds all of the log there is, so that nothing is missing once the file is mended.
            _consumer = log.OpenConsumerAt(ConsumerName, EntryMakers.Kinds, log.Start);
            _consumer.HeldFrom = log.Start;
            Fail(failure);
        }
        catch
        {
            _store?.Dispose();
            throw;
        }

        _lag = new ArchiveLag(log, _consumer, clock);
        _meter = new ArchiveMeter(this);
    }

    /// <summary>Why it has stopped; null while it works and after an ordinary stop.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How it is doing.</summary>
    public ArchiveState State => _store?.State ?? new ArchiveState { LastError = Failure?.Message };

    /// <summary>The age of the oldest record that is not archived yet; zero where there is none.</summary>
    internal TimeSpan Lag => _lag.Age();

    /// <summary>The size of the file, with its write-ahead log; 0 where there is none.</summary>
    internal long SizeBytes
    {
        get
        {
            var path = Path.Combine(_options.Directory, ArchiveSchema.FileName);
            return new[] { path, path + "-wal" }.Select(file => new FileInfo(file)).Sum(file => file.Exists ? file.Length : 0);
        }
    }

    /// <summary>Archives what the log holds until it is cancelled or fails. The task ends without an exception in both cases: see <see cref="Failure"/>.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (_store is null || Failure is not null)
        {
            return;
        }

        try
        {
            await Task.Run(() => DrainAsync(_store, cancellation), cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // An ordinary stop: what was not committed comes again.
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    /// <summary>Closes the file and the log's consumer. Only after the task of <see cref="RunAsync"/> has ended.</summary>
    public void Dispose()
    {
        _meter.Dispose();
        _store?.Dispose();
        _consumer.Dispose();
    }

    /// <summary>Called before each commit of records, so that a test can end it there.</summary>
    internal Action? BeforeCommit
    {
        set => _store!.BeforeCommit = value;
    }

    /// <summary>Archives what there is by now, and no more.</summary>
    internal async Task DrainOnceAsync(CancellationToken cancellation)
    {
        while (await StepAsync(_store!, cancellation).ConfigureAwait(false))
        {
        }
    }

    private async Task DrainAsync(ArchiveStore store, CancellationToken cancellation)
    {
        while (true)
        {
            var isMore = await StepAsync(store, cancellation).ConfigureAwait(false);
            if (_log.Failure is { } failure)
            {
                throw failure;
            }

            await Task.Delay(_options.CommitAge, _clock, cancellation).ConfigureAwait(false);
            if (!isMore)
            {
                await _consumer.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One commit and one step of the retention, each if there is anything for it; whether there may be more.</summary>
    private async Task<bool> StepAsync(ArchiveStore store, CancellationToken cancellation)
    {
        var next = Read(out var isMore);
        if (_records.Count > 0 || next.Address - store.Cursor!.Value.Address >= _options.CursorDistanceBytes)
        {
            await store.StoreAsync(_records, next, cancellation).ConfigureAwait(false);
            _consumer.HeldFrom = next;
            _consumer.Advance(next);
        }

        return await store.CleanAsync(cancellation).ConfigureAwait(false) || isMore;
    }

    /// <summary>Copies the records that come next; returns the place behind them.</summary>
    private LogPosition Read(out bool isMore)
    {
        _records.Clear();
        var (bytes, next) = (0L, _consumer.Position);
        isMore = false;
        while (!isMore && _consumer.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                _records.Add(new ArchiveRecord(
                    record.Position, record.Kind, record.Topic?.Name ?? "", new Instant(record.TimeUnixMilliseconds), record.Body.ToArray()));
                bytes += record.Body.Length;
            }

            next = frame.Next;
            isMore = _records.Count >= _options.CommitRecordsAtMost || bytes >= BytesAtMost;
        }

        return _records.Count > 0 ? next : _consumer.Position;
    }

    private ArchiveStore OpenStore(Random random)
    {
        try
        {
            return ArchiveStore.Open(_options, _clock, random, _logger);
        }
        catch (StoreException full) when (full.IsDiskFull && _log.GiveUpReserve())
        {
            return OpenStore(random); // A start needs a little room, also on a volume that is full.
        }
    }

    /// <summary>Finds the place to go on at where the archive's own cursor does not say it: in a new archive, another log, or behind what is gone.</summary>
    private void Begin(ArchiveStore store, Func<LogPosition, CensusHistory> censusBefore, Func<IReadOnlySet<string>> standing)
    {
        var isSameLog = store.LogIdentity == _log.Identity;
        if (isSameLog && (store.Cursor > _log.End || _log.Holds(store.Cursor!.Value)))
        {
            return;
        }

        var start = _log.Start;
        if (isSameLog)
        {
            _logger.ArchiveHasGap(store.Cursor!.Value.Address, start.Address);
        }
        else if (store.LogIdentity is not null)
        {
            _logger.ArchiveMeetsNewLog();
        }

        store.BeginAt(_log.Identity, start, censusBefore(start).Changes, standing());
    }

    private void Fail(Exception failure)
    {
        Failure = failure;
        _logger.ArchiveStopped(failure.Message, failure);
    }
}
