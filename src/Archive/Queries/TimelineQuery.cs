using IoTGateway.Archive.Files;
using IoTGateway.Readings;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Archive.Queries;

/// <summary>Reads the timeline of a patient or of a ward, the newest first; of the same moment what the log had last.</summary>
internal static class TimelineQuery
{
    private const string Columns = "time, kind, ward, bed, patient, by, words, priority, episode";

    /// <summary>Of a patient, wherever.</summary>
    internal const string PatientSql = $"SELECT {Columns} FROM entries WHERE patient = ?1 AND time >= ?2 AND time < ?3 ORDER BY time DESC, id DESC LIMIT ?4";

    /// <summary>Of a ward: what happened there, who left it for another ward, and what concerns all wards. Each part comes by its index.</summary>
    internal const string WardSql = $"""
        SELECT {Columns} FROM (
          SELECT * FROM (SELECT id, {Columns} FROM entries WHERE ward = ?1 AND time >= ?2 AND time < ?3 ORDER BY time DESC, id DESC LIMIT ?4)
          UNION ALL
          SELECT * FROM (SELECT id, {Columns} FROM entries WHERE from_ward = ?1 AND from_ward <> '' AND ward <> ?1 AND time >= ?2 AND time < ?3 ORDER BY time DESC, id DESC LIMIT ?4)
          UNION ALL
          SELECT * FROM (SELECT id, {Columns} FROM entries WHERE ward = '' AND ?1 <> '' AND time >= ?2 AND time < ?3 ORDER BY time DESC, id DESC LIMIT ?4))
        ORDER BY time DESC, id DESC LIMIT ?4
        """;

    /// <summary>Runs the query of a patient.</summary>
    public static List<TimelineEntry> OfPatient(SqliteConnection connection, string patient, Instant from, Instant to, int atMost, CancellationToken cancellation) =>
        Read(connection, PatientSql, patient, from, to, atMost, cancellation);

    /// <summary>Runs the query of a ward.</summary>
    public static List<TimelineEntry> OfWard(SqliteConnection connection, string ward, Instant from, Instant to, int atMost, CancellationToken cancellation) =>
        Read(connection, WardSql, ward, from, to, atMost, cancellation);

    private static List<TimelineEntry> Read(SqliteConnection connection, string sql, string whose, Instant from, Instant to, int atMost, CancellationToken cancellation)
    {
        using var rows = new SqliteStatement(connection, sql);
        rows.Bind(1, whose);
        rows.Bind(2, from.UnixMilliseconds);
        rows.Bind(3, to.UnixMilliseconds);
        rows.Bind(4, atMost);
        var entries = new List<TimelineEntry>();
        while (rows.Step())
        {
            cancellation.ThrowIfCancellationRequested();
            entries.Add(new TimelineEntry(
                new Instant(rows.Int64(0)),
                (TimelineKind)rows.Int64(1),
                rows.Text(2),
                rows.Text(3),
                rows.Text(4),
                rows.Text(5),
                rows.Text(6),
                PriorityWord.Of(rows.Int64(7)),
                rows.Text(8)));
        }

        return entries;
    }
}
