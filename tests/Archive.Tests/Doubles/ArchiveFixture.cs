using System.Globalization;
using IoTGateway.Archive.Files;
using IoTGateway.Queue;
using IoTGateway.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Archive.Tests.Doubles;

/// <summary>An archive in a directory of its own, opened at need, and a look into its file by plain SQL.</summary>
internal sealed class ArchiveFixture : IDisposable
{
    public static readonly Guid Log = new("11111111-1111-1111-1111-111111111111");

    private static readonly string[] Tables = ["logs", "cursor", "gaps", "episodes", "events", "entries", "records", "stays", "pages"];

    private readonly TemporaryDirectory _directory = new();
    private readonly List<ArchiveReader> _readers = [];
    private ArchiveStore? _store;

    public FakeTimeProvider Clock { get; } = new(TestEvents.Noon.ToDateTimeOffset());

    public string Directory => _directory["archive"];

    public string Path => System.IO.Path.Combine(Directory, ArchiveSchema.FileName);

    public int DeletedRowsAtMost { get; init; } = 1_000;

    public ArchiveOptions Options => new() { Directory = Directory, DeletedRowsAtMost = DeletedRowsAtMost };

    public ArchiveStore Store => _store ??= Open();

    /// <summary>Opens it, and begins with the log of the tests if it is new.</summary>
    public ArchiveStore Open()
    {
        var store = ArchiveStore.Open(Options, Clock, new Random(1), NullLogger.Instance);
        if (store.Cursor is null)
        {
            store.BeginAt(Log, new LogPosition(0), [], new HashSet<string>());
        }

        return store;
    }

    public ArchiveStore Reopen()
    {
        _store?.Dispose();
        _store = null;
        return Store;
    }

    /// <summary>Archives records; the cursor stands behind the last one.</summary>
    public Task StoreAsync(params IReadOnlyList<ArchiveRecord> records) =>
        Store.StoreAsync(records, new LogPosition(records[^1].Position.Address + 1), TestContext.Current.CancellationToken);

    public ArchiveReader Reader(string zone = "UTC")
    {
        _readers.Add(new ArchiveReader(Directory, TimeZoneInfo.FindSystemTimeZoneById(zone), Clock));
        return _readers[^1];
    }

    /// <summary>The answer to a query, a string a row, columns separated by a bar.</summary>
    public string[] Query(string sql)
    {
        using var connection = Connect("ReadOnly");
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column) switch
            {
                byte[] bytes => Convert.ToHexString(bytes),
                var value => Convert.ToString(value, CultureInfo.InvariantCulture),
            })));
        }

        return [.. rows];
    }

    /// <summary>Everything that stands in it, a string a row.</summary>
    public string[] Everything() => [.. Tables.SelectMany(table => Query($"SELECT '{table}', * FROM {table} ORDER BY 2, 3"))];

    public void Execute(string sql)
    {
        using var connection = Connect("ReadWrite");
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public SqliteConnection Connect(string mode)
    {
        var connection = new SqliteConnection($"Data Source={Path};Mode={mode};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        _readers.ForEach(reader => reader.Dispose());
        _store?.Dispose();
        _directory.Dispose();
    }
}
