using System.Text;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Readings;
using IoTGateway.Rules;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Archive.Queries;

/// <summary>
/// Finds episodes, the newest first. Those raised in the span asked for come by the index of their times, as far as they are wanted; only if these are too
/// few, those that were raised before it and still stood in it are looked for, by the index of their ends.
/// </summary>
internal static class EpisodeQuery
{
    // The first event at or after the raise is the raise itself; the last one tells how it is now, with the value that ended it.
    private const string Columns = """
        p.number, p.raised, p.ended, p.highest, p.acknowledged, e.body,
          (SELECT f.body FROM events AS f WHERE f.episode = p.number AND f.time >= p.raised ORDER BY f.position LIMIT 1)
        """;

    /// <summary>Runs it.</summary>
    public static List<ArchivedEpisode> Run(SqliteConnection connection, EpisodeFilter filter, CancellationToken cancellation)
    {
        var episodes = new List<ArchivedEpisode>();
        if (filter.To <= filter.From)
        {
            return episodes;
        }

        Read(connection, filter, SqlOf(filter, raisedBefore: false), filter.AtMost, episodes, cancellation);
        if (episodes.Count < filter.AtMost)
        {
            Read(connection, filter, SqlOf(filter, raisedBefore: true), filter.AtMost - episodes.Count, episodes, cancellation);
        }

        return episodes;
    }

    /// <summary>The statement: episodes raised in the span, or those raised before it that still stood in it.</summary>
    internal static string SqlOf(EpisodeFilter filter, bool raisedBefore)
    {
        var sql = new StringBuilder($"SELECT {Columns} FROM episodes AS p CROSS JOIN events AS e ON e.id = p.last WHERE ");

        // "+" keeps SQLite from going through everything that was raised before the span, which grows without end.
        sql.Append(raisedBefore
            ? filter.Patient is null ? "+p.raised < ?1 AND (p.ended IS NULL OR p.ended >= ?1)" : "p.raised < ?1 AND ifnull(p.ended >= ?1, true)"
            : "p.raised >= ?1 AND p.raised < ?2");
        sql.Append(filter.Patient is null ? "" : " AND p.patient = ?3");
        sql.Append(filter.Alert is null ? "" : raisedBefore ? " AND +p.alert = ?4" : " AND p.alert = ?4");
        sql.Append(filter.Ward is null ? "" : " AND p.ward = ?5");
        sql.Append(filter.Priority is null ? "" : " AND p.highest = ?6");
        sql.Append(filter.Kind is null ? "" : " AND p.kind = ?7");
        sql.Append(filter.Acknowledged switch { null => "", true => " AND p.acknowledged IS NOT NULL", false => " AND p.acknowledged IS NULL" });
        sql.Append(filter.BeforeEpisodeNumber is null ? "" : " AND (p.raised, p.number) < ((SELECT raised FROM episodes WHERE number = ?8), ?8)");
        sql.Append(" ORDER BY p.raised DESC, p.number DESC LIMIT ?9");
        return sql.ToString();
    }

    private static void Read(SqliteConnection connection, EpisodeFilter filter, string sql, int atMost, List<ArchivedEpisode> episodes, CancellationToken cancellation)
    {
        using var rows = new SqliteStatement(connection, sql);
        rows.Bind(1, filter.From.UnixMilliseconds);
        rows.Bind(2, filter.To.UnixMilliseconds);
        rows.Bind(3, filter.Patient);
        rows.Bind(4, filter.Alert);
        rows.Bind(5, filter.Ward);
        rows.Bind(6, (long)(filter.Priority ?? default));
        rows.Bind(7, (long)(filter.Kind ?? default));
        rows.Bind(8, filter.BeforeEpisodeNumber ?? 0);
        rows.Bind(9, atMost);
        while (rows.Step())
        {
            cancellation.ThrowIfCancellationRequested();
            var last = AlertEventRecord.Read(rows.Bytes(5)).Status;
            episodes.Add(new ArchivedEpisode(
                rows.Int64(0),
                new Instant(rows.Int64(1)),
                rows.IsNull(2) ? null : new Instant(rows.Int64(2)),
                (AlertPriority)rows.Int64(3),
                rows.IsNull(4) ? null : new Instant(rows.Int64(4)),
                rows.IsNull(6) ? last : AlertEventRecord.Read(rows.Bytes(6)).Status,
                last));
        }
    }
}
