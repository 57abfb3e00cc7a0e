using IoTGateway.Archive.Entries;
using IoTGateway.Queue;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Archive.Files;

/// <summary>Writes the timeline.</summary>
internal sealed class EntryTable(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _add = new(connection, """
        INSERT INTO entries(log, position, part, time, kind, ward, from_ward, bed, patient, by, words, priority, episode)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT DO NOTHING
        """);

    /// <summary>Adds the entries of a record, those that are not there yet.</summary>
    public void Add(long log, LogPosition position, IReadOnlyList<ArchiveEntry> entries)
    {
        for (var part = 0; part < entries.Count; part++)
        {
            var (entry, fromWard) = entries[part];
            _add.Bind(1, log);
            _add.Bind(2, position.Address);
            _add.Bind(3, part);
            _add.Bind(4, entry.Time.UnixMilliseconds);
            _add.Bind(5, (long)entry.Kind);
            _add.Bind(6, entry.Ward);
            _add.Bind(7, fromWard);
            _add.Bind(8, entry.Bed);
            _add.Bind(9, entry.Patient);
            _add.Bind(10, entry.By);
            _add.Bind(11, entry.Words);
            _add.Bind(12, (long)PriorityWord.Of(entry.Priority));
            _add.Bind(13, entry.Episode);
            _add.Run();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _add.Dispose();
}
