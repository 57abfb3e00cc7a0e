using IoTGateway.Archive.Entries;
using IoTGateway.Notifications;
using IoTGateway.Notifications.Records;
using IoTGateway.Rules;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Archive.Files;

/// <summary>Writes the table of pages: each with what became of it last.</summary>
internal sealed class PageTable : IDisposable
{
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _note;

    public PageTable(SqliteConnection connection)
    {
        _add = new SqliteStatement(connection, """
            INSERT INTO pages(key, queued, type, stage, role, name, channel, ward, bed, patient, alerts, episode, priority, state, changed, reason, failures)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?2, '', 0) ON CONFLICT DO NOTHING
            """);
        _find = new SqliteStatement(connection, "SELECT name, channel, ward, bed, patient, alerts, episode, priority, state, failures FROM pages WHERE key = ?1");

        // A quick receiver says that a page is delivered before the channel has on record that it was sent.
        _note = new SqliteStatement(connection, "UPDATE pages SET state = ?2, changed = ?3, reason = ?4, failures = failures + ?5 WHERE key = ?1 AND state <> 'delivered'");
    }

    /// <summary>Adds a page, unless it is there already.</summary>
    public void Add(Page page)
    {
        _add.Bind(1, page.Key);
        _add.Bind(2, page.Queued.UnixMilliseconds);
        _add.Bind(3, PageWords.Of(page.Type));
        _add.Bind(4, page.Stage);
        _add.Bind(5, page.Role);
        _add.Bind(6, page.Name);
        _add.Bind(7, page.Channel);
        _add.Bind(8, page.Ward);
        _add.Bind(9, page.Bed);
        _add.Bind(10, page.Patient);
        _add.Bind(11, PageEntries.AlertsOf(page));
        _add.Bind(12, page.Items.MaxBy(item => item.Priority)!.Episode);
        _add.Bind(13, (long)page.Priority);
        _add.Bind(14, PageWords.Of(PageState.Queued));
        _add.Run();
    }

    /// <summary>A page by its key; null where it is not known.</summary>
    public ArchivedPage? Find(string key)
    {
        _find.Bind(1, key);
        var page = _find.Step()
            ? new ArchivedPage(
                _find.Text(0), _find.Text(1), _find.Text(2), _find.Text(3), _find.Text(4), _find.Text(5), _find.Text(6), (AlertPriority)_find.Int64(7), PageWords.State(_find.Text(8)),
                (int)_find.Int64(9))
            : null;
        _find.Reset();
        return page;
    }

    /// <summary>Notes what became of a page.</summary>
    public void Note(PageReceipt receipt)
    {
        _note.Bind(1, receipt.Key);
        _note.Bind(2, PageWords.Of(receipt.State));
        _note.Bind(3, receipt.At.UnixMilliseconds);
        _note.Bind(4, receipt.Reason);
        _note.Bind(5, receipt.State == PageState.Failed ? 1 : 0);
        _note.Run();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _add.Dispose();
        _find.Dispose();
        _note.Dispose();
    }
}
