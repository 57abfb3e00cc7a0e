using IoTGateway.Alerts;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Readings;
using IoTGateway.Rules;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Archive.Files;

/// <summary>Writes the tables of episodes and of their events.</summary>
internal sealed class EpisodeTable : IDisposable
{
    private readonly SqliteStatement _addEvent;
    private readonly SqliteStatement _newestId;
    private readonly SqliteStatement _lastEvent;
    private readonly SqliteStatement _number;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _put;
    private readonly SqliteStatement _close;
    private readonly SqliteStatement _standing;

    public EpisodeTable(SqliteConnection connection)
    {
        _addEvent = new SqliteStatement(
            connection, "INSERT INTO events(episode, position, time, change, by, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING");
        _newestId = new SqliteStatement(connection, "SELECT last_insert_rowid()");
        _lastEvent = new SqliteStatement(connection, "SELECT e.body FROM episodes AS p JOIN events AS e ON e.id = p.last WHERE p.number = ?1");
        _number = new SqliteStatement(connection, "SELECT number FROM episodes WHERE episode = ?1 ORDER BY number DESC LIMIT 1");
        _find = new SqliteStatement(
            connection, "SELECT highest, began, raised, called, called_ward, called_bed, acknowledged, answered, over, ended FROM episodes WHERE number = ?1");
        _put = new SqliteStatement(connection, """
            REPLACE INTO episodes(number, episode, alert, slug, patient, ward, bed, kind, highest, state, began, raised,
              called, called_ward, called_bed, acknowledged, answered, over, ended, last)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
            """);
        _close = new SqliteStatement(connection, "UPDATE episodes SET ended = ?1, over = coalesce(over, ?1) WHERE number = ?2");
        _standing = new SqliteStatement(connection, "SELECT number, episode FROM episodes WHERE ended IS NULL");
    }

    /// <summary>The newest event of an episode; null where none is known, or where a newer gateway wrote it in a form that this one cannot read.</summary>
    public AlertEvent? LastEventOf(long number)
    {
        _lastEvent.Bind(1, number);
        var body = _lastEvent.Step() ? _lastEvent.Bytes(0).ToArray() : null;
        _lastEvent.Reset();
        try
        {
            return body is null ? null : AlertEventRecord.Read(body);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The newest status of an episode by its id; null where none is known.</summary>
    public AlertStatus? LastStatusOf(string episode)
    {
        _number.Bind(1, episode);
        long? number = _number.Step() ? _number.Int64(0) : null;
        _number.Reset();
        return number is { } known ? LastEventOf(known)?.Status : null;
    }

    /// <summary>Adds an event and takes its episode along; false if it was there already.</summary>
    /// <param name="number">The episode's number in the archive.</param>
    /// <param name="record">The event as it stands in the log.</param>
    /// <param name="happened">The same, read.</param>
    public bool Add(long number, ArchiveRecord record, AlertEvent happened)
    {
        _addEvent.Bind(1, number);
        _addEvent.Bind(2, record.Position.Address);
        _addEvent.Bind(3, happened.Time.UnixMilliseconds);
        _addEvent.Bind(4, AlertWords.Of(happened.Change));
        _addEvent.Bind(5, happened.By);
        _addEvent.BindUtf8(6, record.Body);
        _addEvent.Run();
        if (_addEvent.Changes == 0)
        {
            return false;
        }

        _newestId.Step();
        var id = _newestId.Int64(0);
        _newestId.Reset();
        Put(number, Episode.After(Find(number), happened), happened.Status, id);
        return true;
    }

    /// <summary>The ends of some that stand here will not be seen any more.</summary>
    /// <param name="time">When they count as ended.</param>
    /// <param name="standing">The ids of those that stand indeed.</param>
    public void CloseAllBut(IReadOnlySet<string> standing, Instant time)
    {
        var over = new List<long>();
        while (_standing.Step())
        {
            if (!standing.Contains(_standing.Text(1)))
            {
                over.Add(_standing.Int64(0));
            }
        }

        _standing.Reset();
        foreach (var number in over)
        {
            _close.Bind(1, time.UnixMilliseconds);
            _close.Bind(2, number);
            _close.Run();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _addEvent.Dispose();
        _newestId.Dispose();
        _lastEvent.Dispose();
        _number.Dispose();
        _find.Dispose();
        _put.Dispose();
        _close.Dispose();
        _standing.Dispose();
    }

    private Episode? Find(long number)
    {
        _find.Bind(1, number);
        var episode = _find.Step()
            ? new Episode
            {
                Highest = (AlertPriority)_find.Int64(0),
                Began = new Instant(_find.Int64(1)),
                Raised = InstantAt(2),
                Called = InstantAt(3),
                CalledWard = _find.IsNull(4) ? null : _find.Text(4),
                CalledBed = _find.IsNull(5) ? null : _find.Text(5),
                Acknowledged = InstantAt(6),
                Answered = InstantAt(7),
                Over = InstantAt(8),
                Ended = InstantAt(9),
            }
            : null;
        _find.Reset();
        return episode;

        Instant? InstantAt(int column) => _find.IsNull(column) ? null : new Instant(_find.Int64(column));
    }

    private void Put(long number, Episode episode, AlertStatus status, long lastEvent)
    {
        _put.Bind(1, number);
        _put.Bind(2, status.Episode);
        _put.Bind(3, status.Alert);
        _put.Bind(4, status.Slug);
        _put.Bind(5, status.Patient);
        _put.Bind(6, status.Ward);
        _put.Bind(7, status.Bed);
        _put.Bind(8, (long)status.Kind);
        _put.Bind(9, (long)episode.Highest);
        _put.Bind(10, AlertWords.Of(status.State));
        _put.Bind(11, episode.Began.UnixMilliseconds);
        BindInstant(12, episode.Raised);
        BindInstant(13, episode.Called);
        _put.Bind(14, episode.CalledWard);
        _put.Bind(15, episode.CalledBed);
        BindInstant(16, episode.Acknowledged);
        BindInstant(17, episode.Answered);
        BindInstant(18, episode.Over);
        BindInstant(19, episode.Ended);
        _put.Bind(20, lastEvent);
        _put.Run();
    }

    private void BindInstant(int parameter, Instant? time)
    {
        if (time is { } known)
        {
            _put.Bind(parameter, known.UnixMilliseconds);
        }
        else
        {
            _put.BindNull(parameter);
        }
    }
}
