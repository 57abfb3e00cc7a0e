using IoTGateway.Alerts.Ledger;
using IoTGateway.Archive.Entries;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Archive.Files;

/// <summary>
/// The archive's file, open for its one writer. For one thread. After an exception it is of no use any more: dispose it and open it anew; what was not
/// committed is as if it had never been tried.
/// </summary>
internal sealed partial class ArchiveFile : IPlaces, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _setCursor;
    private readonly EpisodeTable _episodes;
    private readonly EntryTable _entries;
    private readonly RecordTable _records;
    private readonly StayTable _stays;
    private readonly PageTable _pages;
    private long _log;

    private ArchiveFile(SqliteConnection connection)
    {
        _connection = connection;
        _begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(connection, "COMMIT");
        _setCursor = new SqliteStatement(connection, "REPLACE INTO cursor(id, log, position) VALUES (1, ?1, ?2)");
        _episodes = new EpisodeTable(connection);
        _entries = new EntryTable(connection);
        _records = new RecordTable(connection);
        _stays = new StayTable(connection);
        _pages = new PageTable(connection);
        Load();
    }

    /// <summary>Every record of the log before it is archived; null in a new archive.</summary>
    public LogPosition? Cursor { get; private set; }

    /// <summary>The log in which <see cref="Cursor"/> stands; null in a new archive.</summary>
    public Guid? LogIdentity { get; private set; }

    /// <inheritdoc/>
    public WardCensus Census { get; private set; } = WardCensus.Empty;

    /// <inheritdoc/>
    public Assignment PlaceOf(string patient) =>
        Census.Beds.FirstOrDefault(bed => bed.Patient == patient) is { } bed
            ? new Assignment(patient, bed.Ward, bed.Id)
            : Census.AssignmentOf(patient); // An unassigned device, or one at an empty bed, is its own patient.

    /// <summary>Opens or makes the file; checks it if it was not closed properly.</summary>
    /// <exception cref="StoreException">It is damaged, or of another version.</exception>
    public static ArchiveFile Open(ArchiveOptions options)
    {
        Directory.CreateDirectory(options.Directory);
        var path = Path.Combine(options.Directory, ArchiveSchema.FileName);
        var log = new FileInfo(path + "-wal");
        var wasNotClosed = log.Exists && log.Length > 0;
        var connection = SqliteFile.OpenForWriting(path, ArchiveSchema.Form, options.WalSizeBytesAtMost);
        try
        {
            if (wasNotClosed && new FileInfo(path).Length <= options.CheckedSizeBytesAtMost && SqliteFile.FindDamage(connection) is { } damage)
            {
                throw new StoreException($"{path} is damaged ({damage}). Move it away, with its -wal and -shm files, or put back a copy of it, and start again.");
            }

            return new ArchiveFile(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Begins to archive a log, or goes on with it behind a part that was never seen.</summary>
    /// <param name="identity">The log's identity.</param>
    /// <param name="start">Where it goes on.</param>
    /// <param name="censuses">The censuses before that place, in the order of the log.</param>
    /// <param name="standing">The ids of the episodes that stand at the end of the log.</param>
    /// <param name="now">The present time.</param>
    public void BeginAt(Guid identity, LogPosition start, IReadOnlyList<CensusChange> censuses, IReadOnlySet<string> standing, Instant now)
    {
        _begin.Run();
        if (identity == LogIdentity)
        {
            NoteGap(Cursor!.Value, start, now);
        }
        else
        {
            _log = NumberOf(identity);
        }

        _episodes.CloseAllBut(standing, now); // Their ends stand in what is gone.
        foreach (var change in censuses)
        {
            Take(new ArchiveRecord(new LogPosition(change.LogAddress), RecordKind.Census, "", change.From, new CensusRecord(change.From, change.Census) { Note = change.Note }.Write()));
        }

        Commit(start);
        LogIdentity = identity;
    }

    /// <summary>Adds records and the cursor behind them in one transaction. What stands before the cursor already is passed over.</summary>
    /// <param name="records">Records in log order.</param>
    /// <param name="next">The cursor once they are in.</param>
    /// <param name="beforeCommit">Called before the commit, so that a test can end it there.</param>
    /// <returns>Why records could not be read, with the record; none where all were.</returns>
    public IReadOnlyList<(ArchiveRecord Record, string Fault)> Write(IReadOnlyList<ArchiveRecord> records, LogPosition next, Action? beforeCommit)
    {
        var faults = new List<(ArchiveRecord, string)>();
        _begin.Run();
        foreach (var record in records)
        {
            if (record.Position >= Cursor && Take(record) is { } fault)
            {
                faults.Add((record, fault));
            }
        }

        beforeCommit?.Invoke();
        Commit(next);
        return faults;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _setCursor.Dispose();
        _episodes.Dispose();
        _entries.Dispose();
        _records.Dispose();
        _stays.Dispose();
        _pages.Dispose();
        _connection.Dispose();
    }

    /// <summary>Takes in a record; returns why it could not be read, null where it was.</summary>
    private string? Take(ArchiveRecord record)
    {
        try
        {
            switch (record.Kind)
            {
                case RecordKind.AlertEvent:
                    TakeAlertEvent(record);
                    return null;
                case RecordKind.Census:
                    TakeCensus(record);
                    return null;
                case RecordKind.Page:
                    TakePage(record);
                    return null;
                case RecordKind.PageReceipt:
                    TakeReceipt(record);
                    return null;
                default:
                    TakeOther(record);
                    return null;
            }
        }
        catch (Exception failure) when (failure is not (SqliteException or OutOfMemoryException))
        {
            // Whatever is wrong with one record, it must not end the archive: it is kept for a version that can read it.
            // Each record is read to its end before the first row of it is written.
            _records.Add(_log, record, failure.Message);
            return failure.Message;
        }
    }

    private void TakeAlertEvent(ArchiveRecord record)
    {
        var happened = AlertEventRecord.Read(record.Body);
        var number = ((_log - 1) * ArchiveSchema.EpisodesOfLog) + happened.EpisodeNumber;
        var entries = AlertEventEntries.Make(happened, _episodes.LastEventOf(number));
        if (_episodes.Add(number, record, happened))
        {
            _entries.Add(_log, record.Position, entries);
        }
    }

    private void TakeCensus(ArchiveRecord record)
    {
        var change = CensusRecord.Read(record.Body);
        var entries = CensusEntries.Make(change, Census);
        if (_records.Add(_log, record, fault: null))
        {
            _entries.Add(_log, record.Position, entries);
            _stays.Apply(change.From, change.Census, isCorrection: change.Note?.Corrects is not null);
            Census = change.Census;
        }
    }

    private void TakePage(ArchiveRecord record)
    {
        var (page, step) = PageRecord.Read(record.Body);
        var entries = page is not null ? PageEntries.Make(page) : PageEntries.Make(step!, _episodes.LastStatusOf(step!.Episode));
        if (_records.Add(_log, record, fault: null))
        {
            _entries.Add(_log, record.Position, entries);
            if (page is not null)
            {
                _pages.Add(page);
            }
        }
    }

    private void TakeReceipt(ArchiveRecord record)
    {
        var receipt = PageReceiptRecord.Read(record.Body);
        var page = _pages.Find(receipt.Key);
        if (_records.Add(_log, record, fault: null) && page is not null)
        {
            _entries.Add(_log, record.Position, PageEntries.Make(receipt, page));
            _pages.Note(receipt);
        }
    }

    private void TakeOther(ArchiveRecord record)
    {
        var maker = EntryMakers.Of(record.Kind) ?? throw new InvalidDataException($"This version of the gateway tells nothing of records of kind {record.Kind}.");
        var entries = maker.Make(record, this);
        if (_records.Add(_log, record, fault: null))
        {
            _entries.Add(_log, record.Position, entries);
        }
    }

    private void Commit(LogPosition next)
    {
        _setCursor.Bind(1, _log);
        _setCursor.Bind(2, next.Address);
        _setCursor.Run();
        _commit.Run();
        Cursor = next;
    }

    private void NoteGap(LogPosition from, LogPosition to, Instant now)
    {
        using var add = new SqliteStatement(_connection, "REPLACE INTO gaps(log, beginning, ending, noted) VALUES (?1, ?2, ?3, ?4)");
        add.Bind(1, _log);
        add.Bind(2, from.Address);
        add.Bind(3, to.Address);
        add.Bind(4, now.UnixMilliseconds);
        add.Run();
    }

    private long NumberOf(Guid identity)
    {
        using var add = new SqliteStatement(_connection, "INSERT INTO logs(log, identity) SELECT coalesce(max(log), 0) + 1, ?1 FROM logs WHERE true ON CONFLICT DO NOTHING");
        add.Bind(1, identity.ToString("N"));
        add.Run();
        using var find = new SqliteStatement(_connection, "SELECT log FROM logs WHERE identity = ?1");
        find.Bind(1, identity.ToString("N"));
        find.Step();
        return find.Int64(0);
    }

    private void Load()
    {
        using var cursor = new SqliteStatement(_connection, "SELECT c.log, c.position, l.identity FROM cursor AS c JOIN logs AS l ON l.log = c.log");
        if (cursor.Step())
        {
            _log = cursor.Int64(0);
            Cursor = new LogPosition(cursor.Int64(1));
            LogIdentity = Guid.ParseExact(cursor.Text(2), "N");
        }

        if (_records.NewestOf(RecordKind.Census) is { } census)
        {
            Census = CensusRecord.Read(census).Census;
        }
    }
}
