using IoTGateway.Readings;
using IoTGateway.Rules;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Archive.Queries;

/// <summary>
/// The alarm load: the episodes that first called somebody in a span of time. What was only pending, only tried, or held back all its life, called nobody
/// and counts for nothing.
/// </summary>
internal static class AlarmLoadQuery
{
    private const string EpisodesSql = """
        SELECT alert, called_ward, called_bed, highest, kind, raised, called, answered, over FROM episodes
        WHERE called >= ?1 AND called < ?2 AND (?3 IS NULL OR called_ward = ?3)
        """;

    private const string BedTimeSql = """
        SELECT sum(min(ifnull(until, ?2), ?2) - max(since, ?1)) FROM stays
        WHERE since < ?2 AND (until IS NULL OR until > ?1) AND (?3 IS NULL OR ward = ?3)
        """;

    /// <summary>Runs it.</summary>
    /// <param name="connection">The archive.</param>
    /// <param name="ward">Of this ward; null: of all.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The instant behind the last.</param>
    /// <param name="until">Until when beds count, at most <paramref name="to"/>: later nobody knows who will be in them.</param>
    /// <param name="zone">The site's time zone.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static AlarmLoad Run(SqliteConnection connection, string? ward, Instant from, Instant to, Instant until, TimeZoneInfo zone, CancellationToken cancellation)
    {
        var sum = new AlarmLoadSum(zone);
        using var rows = new SqliteStatement(connection, EpisodesSql);
        rows.Bind(1, from.UnixMilliseconds);
        rows.Bind(2, to.UnixMilliseconds);
        rows.Bind(3, ward);
        while (rows.Step())
        {
            cancellation.ThrowIfCancellationRequested();
            sum.Add(new LoadedEpisode(
                rows.Text(0),
                rows.Text(1),
                rows.Text(2),
                (AlertPriority)rows.Int64(3),
                (AlertKind)rows.Int64(4),
                new Instant(rows.IsNull(5) ? rows.Int64(6) : rows.Int64(5)),
                new Instant(rows.Int64(6)),
                rows.IsNull(7) ? null : new Instant(rows.Int64(7)),
                rows.IsNull(8) ? null : new Instant(rows.Int64(8))));
        }

        return sum.ToLoad(BedDays(connection, ward, from, until));
    }

    private static double BedDays(SqliteConnection connection, string? ward, Instant from, Instant until)
    {
        if (until <= from)
        {
            return 0;
        }

        using var time = new SqliteStatement(connection, BedTimeSql);
        time.Bind(1, from.UnixMilliseconds);
        time.Bind(2, until.UnixMilliseconds);
        time.Bind(3, ward);
        return time.Step() && !time.IsNull(0) ? TimeSpan.FromMilliseconds(time.Int64(0)).TotalDays : 0;
    }
}
