using IoTGateway.Queue;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Archive.Files;

/// <summary>Writes the records that are kept as they are.</summary>
internal sealed class RecordTable : IDisposable
{
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _newest;

    public RecordTable(SqliteConnection connection)
    {
        _add = new SqliteStatement(
            connection, "INSERT INTO records(log, position, kind, topic, recorded, fault, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING");
        _newest = new SqliteStatement(connection, "SELECT body FROM records WHERE kind = ?1 AND fault IS NULL ORDER BY log DESC, position DESC LIMIT 1");
    }

    /// <summary>Adds a record; false if it was there already.</summary>
    /// <param name="log">In which log it stands.</param>
    /// <param name="record">The record.</param>
    /// <param name="fault">Why it could not be read; null where it was.</param>
    public bool Add(long log, ArchiveRecord record, string? fault)
    {
        _add.Bind(1, log);
        _add.Bind(2, record.Position.Address);
        _add.Bind(3, (long)record.Kind);
        _add.Bind(4, record.Topic);
        _add.Bind(5, record.Recorded.UnixMilliseconds);
        _add.Bind(6, fault);
        _add.Bind(7, record.Body.AsSpan());
        _add.Run();
        return _add.Changes > 0;
    }

    /// <summary>The body of the newest record of a kind that could be read; null where there is none.</summary>
    public byte[]? NewestOf(RecordKind kind)
    {
        _newest.Bind(1, (long)kind);
        var body = _newest.Step() ? _newest.Bytes(0).ToArray() : null;
        _newest.Reset();
        return body;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _add.Dispose();
        _newest.Dispose();
    }
}
