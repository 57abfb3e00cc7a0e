using System.Globalization;
using IoTGateway.Storage.BuiltIn;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Storage.Sqlite;

/// <summary>Opens SQLite files, for the one writer or for a reader, and checks whose they are and of which version.</summary>
internal static class SqliteFile
{
    /// <summary>How long a statement waits for a lock held by another program before it counts as failed.</summary>
    private const int BusySeconds = 5;

    private const int PageSizeBytes = 4_096;

    /// <summary>
    /// Opens a file for writing, making it with the schema of <paramref name="form"/> if it is new. Every commit is fsynced before it counts
    /// (<c>synchronous=FULL</c>).
    /// </summary>
    /// <exception cref="StoreException">It is of another version, or not ours.</exception>
    public static SqliteConnection OpenForWriting(string path, SqliteForm form, long walSizeBytesAtMost)
    {
        var connection = Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            var version = VersionOf(connection);
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"""
                PRAGMA journal_mode=WAL;
                PRAGMA synchronous=FULL;
                PRAGMA wal_autocheckpoint={walSizeBytesAtMost / 2 / PageSizeBytes};
                PRAGMA journal_size_limit={walSizeBytesAtMost};
                PRAGMA cache_size={form.CachePages};
                PRAGMA temp_store=MEMORY;
                """));
            if (version == 0 && IsEmpty(connection))
            {
                // The version is part of the transaction: a file is either new or complete.
                Execute(connection, string.Create(CultureInfo.InvariantCulture, $"BEGIN IMMEDIATE; {form.Schema} PRAGMA user_version={form.Version}; COMMIT;"));
            }
            else
            {
                CheckVersion(path, version, form);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file for reading only; null if it is gone or has nothing in it yet.</summary>
    /// <exception cref="StoreException">It is of another version, or not ours.</exception>
    public static SqliteConnection? OpenForReading(string path, SqliteForm form)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var connection = Connect(path, SqliteOpenMode.ReadOnly);
        try
        {
            var version = VersionOf(connection);
            if (version == 0 && IsEmpty(connection))
            {
                connection.Dispose();
                return null;
            }

            CheckVersion(path, version, form);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements without an answer.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of constants and of quoted names of signals.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Looks through a whole file; null where nothing is wrong, else what.</summary>
    public static string? FindDamage(SqliteConnection connection)
    {
        using var check = new SqliteStatement(connection, "PRAGMA quick_check(1)");
        var answer = check.Step() ? check.Text(0) : "no answer";
        return answer == "ok" ? null : answer;
    }

    /// <summary>A name as SQL wants it.</summary>
    public static string Quoted(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>The columns of a table, in order.</summary>
    public static List<string> ColumnsOf(SqliteConnection connection, string table)
    {
        using var statement = new SqliteStatement(connection, "SELECT name FROM pragma_table_info(?1) ORDER BY cid");
        statement.Bind(1, table);
        var columns = new List<string>();
        while (statement.Step())
        {
            columns.Add(statement.Text(0));
        }

        return columns;
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        // Not pooled: a pooled connection would keep files open that retention deletes.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = BusySeconds }.ToString());
        try
        {
            connection.Open();
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout={BusySeconds * 1000};"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static long VersionOf(SqliteConnection connection) => Number(connection, "PRAGMA user_version");

    private static bool IsEmpty(SqliteConnection connection) => Number(connection, "SELECT count(*) FROM sqlite_master") == 0;

    private static long Number(SqliteConnection connection, string sql)
    {
        using var statement = new SqliteStatement(connection, sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    private static void CheckVersion(string path, long version, SqliteForm form)
    {
        if (version != form.Version)
        {
            throw new StoreException(
                string.Create(CultureInfo.InvariantCulture, $"{path} has {form.What} version {version}, this gateway writes version {form.Version}.")
                + $" Start the gateway that wrote it, or move the {form.What}'s directory away: a new one is made.");
        }
    }
}
