using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Sqlite;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.BuiltIn;

public sealed class StoreReaderTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Pages_RowsOfSeveralDays_AreWholeAndInOrder()
    {
        var next = Noon + TimeSpan.FromDays(1);
        var rows = new RowBatch().And("m2", next, Valid(Saturation, 97)).And("m2", Noon, Questionable(HeartRate, 290), Valid(Consciousness, 'V')).And("m1", Noon + TimeSpan.FromSeconds(1), NoValue(HeartRate));
        rows.Add("m1", Noon, Noon + TimeSpan.FromHours(1), new Assignment("p2", "Ward 2", ""), new(4), [Valid(HeartRate, 72)]);
        await _fixture.StoreAsync(rows, 1);

        var reader = Open();
        var all = reader.Pages(100).SelectMany(page => page.Rows).ToList();

        Assert.Equal([new StoredSignal("avpu", true), new StoredSignal("hr", false), new StoredSignal("spo2", false)], reader.Signals);
        Assert.Equal([("m1", Noon), ("m1", Noon + TimeSpan.FromSeconds(1)), ("m2", Noon), ("m2", next)], all.Select(row => (row.Device, row.Time)));
        Assert.Equal((Noon + TimeSpan.FromHours(1), new Assignment("p2", "Ward 2", ""), null), (all[0].Received, all[0].Assignment, all[0].Quality));
        Assert.Equal([double.NaN, 72, double.NaN], all[0].Values);
        Assert.Equal(("hr=no-value", double.NaN), (all[1].Quality, all[1].Values[1]));
        Assert.Equal(["hr=questionable"], new[] { all[2].Quality });
        Assert.Equal(['V', 290, double.NaN], all[2].Values);
        Assert.Equal([double.NaN, double.NaN, 97], all[3].Values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task Pages_AnySizeAndAnyPlace_GiveEachRowOnce(int rowsAtMost)
    {
        var rows = new RowBatch();
        for (var number = 0; number < 60; number++)
        {
            rows.And($"m{number % 4}", Noon + TimeSpan.FromHours(number), Valid(HeartRate, number));
        }

        await _fixture.StoreAsync(rows, 1);
        var reader = Open();
        var pages = reader.Pages(rowsAtMost).ToList();
        var all = pages.SelectMany(page => page.Rows).Select(row => (row.Device, row.Time)).ToList();

        Assert.Equal(60, all.Distinct().Count());
        Assert.Equal(all.OrderBy(row => StoreDay.Of(row.Time)).ThenBy(row => row.Device, StringComparer.Ordinal).ThenBy(row => row.Time), all);
        Assert.All(pages, page => Assert.InRange(page.Rows.Count, 1, rowsAtMost));
        Assert.Equal(pages.Select(page => page.Done).Order(), pages.Select(page => page.Done));
        Assert.InRange(pages[^1].Done, 0.9, 1.01);
        for (var after = 0; after < all.Count; after++)
        {
            var place = new StorePlace(all[after].Device, all[after].Time);
            Assert.Equal(all.Skip(after + 1), reader.Pages(rowsAtMost, place).SelectMany(page => page.Rows).Select(row => (row.Device, row.Time)));
        }
    }

    [Fact]
    public async Task Pages_SpanAndPatient_HoldOnlyTheirs()
    {
        await _fixture.StoreAsync(
            Row(Noon, Valid(HeartRate, 1))
                .And("m1", Noon + TimeSpan.FromSeconds(1), Valid(HeartRate, 2))
                .And("m1", new Assignment("p2", "ICU", "ICU-1"), Noon + TimeSpan.FromSeconds(1.5), Valid(HeartRate, 3))
                .And("m1", Noon + TimeSpan.FromSeconds(2), Valid(HeartRate, 4)), 1);

        var reader = StoreReader.Open(_fixture.Directory, Noon + TimeSpan.FromSeconds(1), Noon + TimeSpan.FromSeconds(2), "p1");
        Assert.Equal([2.0], reader.Pages(10).SelectMany(page => page.Rows).Select(row => row.Values[0]));
        Assert.Empty(StoreReader.Open(_fixture.Directory, Noon, Noon + TimeSpan.FromDays(1), "p9").Pages(10));
        Assert.Empty(StoreReader.Open(_fixture.Directory, Noon + TimeSpan.FromDays(9), Noon + TimeSpan.FromDays(10)).Pages(10));
    }

    [Fact]
    public async Task Pages_BetweenTwo_TheWriterMayWriteAndCheckpoint()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 1)).And("m1", Noon + TimeSpan.FromSeconds(1), Valid(HeartRate, 2)), 1);
        using var pages = Open().Pages(1).GetEnumerator();
        Assert.True(pages.MoveNext());

        await _fixture.StoreAsync(Row(Noon + TimeSpan.FromSeconds(2), Valid(HeartRate, 3), Valid(Saturation, 97)), 2);
        Assert.Equal(["0|0|0"], CheckpointOf("2026-11-22.db"));

        Assert.True(pages.MoveNext() && pages.MoveNext());
        Assert.Equal([3.0], pages.Current.Rows[0].Values);
        Assert.False(pages.MoveNext());
    }

    [Fact]
    public async Task Pages_DayDeletedMeanwhile_IsPassedOver()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 1)).And("m1", Noon + TimeSpan.FromDays(1), Valid(HeartRate, 2)), 1);
        var reader = Open();
        _fixture.Store.Dispose();
        File.Delete(_fixture.PathOf("2026-11-22.db"));

        Assert.Equal([2.0], reader.Pages(10).SelectMany(page => page.Rows).Select(row => row.Values[0]));
    }

    [Fact]
    public void Open_NoStore_SaysSo()
    {
        var failure = Assert.Throws<StoreException>(() => StoreReader.Open(_fixture.PathOf("nothing"), Instant.MinValue, Instant.MaxValue));
        Assert.Contains("There is no built-in store in", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DamagedDay_NamesTheFile()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 1)), 1);
        _fixture.Store.Dispose();
        await File.WriteAllTextAsync(_fixture.PathOf("2026-11-21.db"), new string('x', 8_192), TestContext.Current.CancellationToken);

        var failure = Assert.Throws<StoreException>(() => Open());
        Assert.Contains("2026-11-21.db", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_AnyQuery_SeekByKey(bool ofPatient)
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1);
        var plan = string.Join("; ", _fixture.Query("2026-11-22.db", "EXPLAIN QUERY PLAN " + StoredDay.RowsSql(", \"hr\"", ofPatient)));
        Assert.Contains("SEARCH readings USING PRIMARY KEY (device=? AND time>? AND time<?)", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    private StoreReader Open() => StoreReader.Open(_fixture.Directory, Instant.MinValue, Instant.MaxValue);

    /// <summary>Busy, pages in the write-ahead log, pages copied, after a checkpoint that empties it.</summary>
    private string[] CheckpointOf(string file)
    {
        using var connection = StoreDatabase.OpenForWriting(_fixture.PathOf(file), "", 16 << 20);
        using var checkpoint = new SqliteStatement(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        checkpoint.Step();
        return [$"{checkpoint.Int64(0)}|{checkpoint.Int64(1)}|{checkpoint.Int64(2)}"];
    }
}
