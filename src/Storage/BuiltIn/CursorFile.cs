using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>How far the store has come in the log, and when something was added to each day. Committed after the day files.</summary>
/// <remarks>
/// <code>
/// cursor.db, schema version 1 (PRAGMA user_version)
///   cursor: one row
///     id             INTEGER  always 1
///     position       INTEGER  every record of the log before this address is stored
///   log: one row; absent in stores that were made before it was kept
///     id             INTEGER  always 1
///     identity       TEXT     the identity of the log in which the position stands, 32 hexadecimal digits
///   days: a row for each day file
///     day            TEXT     the date, 2026-11-22
///     last_received  INTEGER  receive time of the newest reading added to it, Unix milliseconds
/// </code>
/// </remarks>
internal sealed class CursorFile : IDisposable
{
    public const string FileName = "cursor.db";

    private const string Schema = """
        CREATE TABLE cursor(id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL);
        CREATE TABLE days(day TEXT PRIMARY KEY, last_received INTEGER NOT NULL) WITHOUT ROWID;
        """;

    private const string LogTable = "CREATE TABLE IF NOT EXISTS log(id INTEGER PRIMARY KEY CHECK (id = 1), identity TEXT NOT NULL)";

    private readonly Guid? _logIdentity;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _setLog;
    private readonly SqliteStatement _setPosition;
    private readonly SqliteStatement _setDay;
    private readonly SqliteStatement _removeDay;
    private readonly Dictionary<StoreDay, Instant> _lastReceived = [];

    public CursorFile(BuiltInStoreOptions options)
    {
        _logIdentity = options.LogIdentity;
        _connection = StoreDatabase.OpenForWriting(Path.Combine(options.Directory, FileName), Schema, options.WalSizeBytesAtMost);
        _begin = new SqliteStatement(_connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(_connection, "COMMIT");
        SqliteFile.Execute(_connection, LogTable);
        _setLog = new SqliteStatement(_connection, "REPLACE INTO log(id, identity) VALUES (1, ?1)");
        _setPosition = new SqliteStatement(_connection, "REPLACE INTO cursor(id, position) VALUES (1, ?1)");
        _setDay = new SqliteStatement(_connection, "REPLACE INTO days(day, last_received) VALUES (?1, ?2)");
        _removeDay = new SqliteStatement(_connection, "DELETE FROM days WHERE day = ?1");
        Load();
    }

    /// <summary>Every record before it is stored; null in a new store.</summary>
    public LogPosition? Position { get; private set; }

    /// <summary>The log in which <see cref="Position"/> stands; null where that is not known.</summary>
    public Guid? LogIdentity { get; private set; }

    /// <summary>When something was added to a day last; null where nothing is known of it.</summary>
    public Instant? LastReceived(StoreDay day) => _lastReceived.TryGetValue(day, out var time) ? time : null;

    /// <summary>The days are committed: so is now the place up to which they hold the log.</summary>
    public void Write(LogPosition position, IEnumerable<(StoreDay Day, Instant LastReceived)> days)
    {
        _begin.Run();
        _setPosition.Bind(1, position.Address);
        _setPosition.Run();
        if (_logIdentity is { } identity && identity != LogIdentity)
        {
            _setLog.Bind(1, identity.ToString("N"));
            _setLog.Run();
        }

        foreach (var (day, received) in days)
        {
            Set(day, received);
        }

        _commit.Run();
        Position = position;
        LogIdentity = _logIdentity ?? LogIdentity;
    }

    /// <summary>Says when something was added to a day, where that was not known.</summary>
    public void SetLastReceived(StoreDay day, Instant received) => Set(day, received);

    /// <summary>The day's file is deleted.</summary>
    public void Remove(StoreDay day)
    {
        _removeDay.Bind(1, day.Name);
        _removeDay.Run();
        _lastReceived.Remove(day);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _setLog.Dispose();
        _setPosition.Dispose();
        _setDay.Dispose();
        _removeDay.Dispose();
        _connection.Dispose();
    }

    private void Set(StoreDay day, Instant received)
    {
        _setDay.Bind(1, day.Name);
        _setDay.Bind(2, received.UnixMilliseconds);
        _setDay.Run();
        _lastReceived[day] = received;
    }

    private void Load()
    {
        using var position = new SqliteStatement(_connection, "SELECT position FROM cursor");
        if (position.Step())
        {
            Position = new LogPosition(position.Int64(0));
        }

        using var log = new SqliteStatement(_connection, "SELECT identity FROM log");
        if (log.Step() && Guid.TryParseExact(log.Text(0), "N", out var identity))
        {
            LogIdentity = identity;
        }

        using var days = new SqliteStatement(_connection, "SELECT day, last_received FROM days");
        while (days.Step())
        {
            if (StoreDay.TryParse(days.Text(0) + ".db", out var day))
            {
                _lastReceived[day] = new Instant(days.Int64(1));
            }
        }
    }
}
