using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Storage.Sqlite;

namespace IoTGateway.Archive.Files;

internal sealed partial class ArchiveFile
{
    /// <summary>
    /// Deletes some of what is over for longer than it is kept, in one transaction. An episode that stands keeps its events and entries, however old;
    /// the newest census is kept too, since the next one is compared with it.
    /// </summary>
    /// <param name="before">What was over before this time.</param>
    /// <param name="rowsAtMost">Rows of one table at most.</param>
    /// <returns>Whether there may be more.</returns>
    public bool DeleteOlder(Instant before, int rowsAtMost)
    {
        _begin.Run();
        var isFull = false;
        Delete("events", "id IN (SELECT e.id FROM episodes AS p CROSS JOIN events AS e ON e.episode = p.number WHERE p.ended < ?1 LIMIT ?2)");
        Delete("episodes", "number IN (SELECT number FROM episodes AS p WHERE ended < ?1 AND NOT EXISTS (SELECT 1 FROM events WHERE episode = p.number) LIMIT ?2)");
        Delete("entries", """
            id IN (SELECT id FROM entries AS n WHERE time < ?1
              AND NOT EXISTS (SELECT 1 FROM episodes AS p WHERE p.episode = n.episode AND p.ended IS NULL) LIMIT ?2)
            """);
        Delete("records", $"""
            id IN (SELECT id FROM records WHERE recorded < ?1
              AND id IS NOT (SELECT id FROM records WHERE kind = {(int)RecordKind.Census} AND fault IS NULL ORDER BY log DESC, position DESC LIMIT 1) LIMIT ?2)
            """);
        Delete("stays", "(ward, bed, since) IN (SELECT ward, bed, since FROM stays WHERE until < ?1 LIMIT ?2)");
        Delete("pages", "key IN (SELECT key FROM pages WHERE changed < ?1 LIMIT ?2)");
        Delete("gaps", "(log, ending) IN (SELECT log, ending FROM gaps WHERE noted < ?1 LIMIT ?2)");
        _commit.Run();
        return isFull;

        void Delete(string table, string which)
        {
            using var delete = new SqliteStatement(_connection, $"DELETE FROM {table} WHERE {which}");
            delete.Bind(1, before.UnixMilliseconds);
            delete.Bind(2, rowsAtMost);
            delete.Run();
            isFull |= delete.Changes >= rowsAtMost;
        }
    }

    /// <summary>Whether anything is over for longer than it is kept; reads only.</summary>
    public bool HasOlder(Instant before)
    {
        using var look = new SqliteStatement(_connection, $"""
            SELECT EXISTS (SELECT 1 FROM episodes WHERE ended < ?1)
              OR EXISTS (SELECT 1 FROM entries AS n WHERE time < ?1 AND NOT EXISTS (SELECT 1 FROM episodes AS p WHERE p.episode = n.episode AND p.ended IS NULL))
              OR EXISTS (SELECT 1 FROM records WHERE recorded < ?1
                AND id IS NOT (SELECT id FROM records WHERE kind = {(int)RecordKind.Census} AND fault IS NULL ORDER BY log DESC, position DESC LIMIT 1))
              OR EXISTS (SELECT 1 FROM stays WHERE until < ?1)
              OR EXISTS (SELECT 1 FROM pages WHERE changed < ?1)
              OR EXISTS (SELECT 1 FROM gaps WHERE noted < ?1)
            """);
        look.Bind(1, before.UnixMilliseconds);
        return look.Step() && look.Int64(0) != 0;
    }
}
