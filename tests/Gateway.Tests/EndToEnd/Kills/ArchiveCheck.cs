using Microsoft.Data.Sqlite;

namespace IoTGateway.Gateway.Tests.EndToEnd.Kills;

/// <summary>The archive tells the same as the log: the episodes with their events and last states, the pages with what became of them, the observations.</summary>
internal static class ArchiveCheck
{
    public static void Holds(string file, WardLog log)
    {
        using var archive = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        archive.Open();
        var expected = log.Events.GroupBy(record => record.Text("episode"))
            .Select(events => (events.Key, events.Last().Text("state"), Events: (long)events.Count()))
            .Order();
        Assert.Equal(expected, Rows(
            archive,
            "SELECT e.episode, e.state, (SELECT count(*) FROM events AS v WHERE v.episode = e.number) FROM episodes AS e",
            row => (row.GetString(0), row.GetString(1), row.GetInt64(2))).Order());

        var receipts = log.Receipts.ToLookup(record => record.Text("key"), record => record.Text("state"));
        Assert.Equal(
            log.Pages.Select(page => (page.Text("key"), Last(receipts[page.Text("key")]))).Order(),
            Rows(archive, "SELECT key, state FROM pages", row => (row.GetString(0), row.GetString(1))).Order());

        const int Observation = 21;
        Assert.Equal(
            log.Observations.Select(record => record.Position).Order(),
            Rows(archive, $"SELECT position FROM records WHERE kind = {Observation}", row => row.GetInt64(0)).Order());
        Assert.Empty(Rows(archive, "SELECT fault FROM records WHERE fault IS NOT NULL", row => row.GetString(0)));
        Assert.Empty(Rows(archive, "SELECT noted FROM gaps", row => row.GetInt64(0)));
    }

    /// <summary>What has reached its person stays delivered, though the channel's own record may come behind.</summary>
    private static string Last(IEnumerable<string> states) => states.Contains("delivered") ? "delivered" : states.LastOrDefault("queued");

    private static List<T> Rows<T>(SqliteConnection archive, string query, Func<SqliteDataReader, T> read)
    {
        using var command = archive.CreateCommand();
        command.CommandText = query;
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
        {
            rows.Add(read(row));
        }

        return rows;
    }
}
