using System.Globalization;
using IoTGateway.Queue;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Storage.Tests.BuiltIn;

/// <summary>A store in a directory of its own, opened at need, and a look into its files by plain SQL.</summary>
internal sealed class StoreFixture : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private BuiltInStore? _store;

    public FakeTimeProvider Clock { get; } = new(TestData.Noon.ToDateTimeOffset());

    public string Directory => _directory["store"];

    public TimeSpan RetentionAge { get; init; } = TimeSpan.FromDays(7);

    public int OpenDaysAtMost { get; init; } = 4;

    public BuiltInStore Store => _store ??= Open();

    public BuiltInStore Open() =>
        BuiltInStore.Open(
            new BuiltInStoreOptions { Directory = Directory, RetentionAge = RetentionAge, OpenDaysAtMost = OpenDaysAtMost }, Clock, new Random(1), NullLogger.Instance);

    public ValueTask StoreAsync(RowBatch rows, long next) => Store.StoreAsync(rows, new LogPosition(next), TestContext.Current.CancellationToken);

    public BuiltInStore Reopen()
    {
        _store?.Dispose();
        _store = null;
        return Store;
    }

    public string PathOf(string file) => Path.Combine(Directory, file);

    /// <summary>The names of the day files.</summary>
    public string[] Days() => [.. System.IO.Directory.GetFiles(Directory, "????-??-??.db").Select(Path.GetFileName).Order()!];

    /// <summary>The answer to a query of a file, a string a row, columns separated by a bar.</summary>
    public string[] Query(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={PathOf(file)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return [.. rows];
    }

    public void Dispose()
    {
        _store?.Dispose();
        _directory.Dispose();
    }
}
