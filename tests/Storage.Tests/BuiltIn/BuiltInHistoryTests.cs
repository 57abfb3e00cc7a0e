using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Sqlite;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.BuiltIn;

public sealed class BuiltInHistoryTests : IDisposable
{
    private readonly StoreFixture _fixture = new();
    private readonly BuiltInHistory _history;

    public BuiltInHistoryTests() => _history = new BuiltInHistory(_fixture.Directory);

    public void Dispose()
    {
        _history.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public async Task Series_FewValues_AreGivenAsTheyAre()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)).And("m1", Noon + TimeSpan.FromSeconds(1), Questionable(HeartRate, 290)), 1);
        Assert.Equal(
            [new SeriesPoint(Noon, 72, 72, 72, false), new SeriesPoint(Noon + TimeSpan.FromSeconds(1), 290, 290, 290, true)],
            await SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromMinutes(1), 1_000));
    }

    [Theory]
    [InlineData("m1", 60, false)]
    [InlineData("m1", 61, true)]
    [InlineData("observation:p1", 7_200, false)]
    public async Task Series_ReceivedAfterwards_IsLateUnlessAPersonWroteItDown(string device, int seconds, bool late)
    {
        var rows = new RowBatch();
        rows.Add(device, Noon, Noon + TimeSpan.FromSeconds(seconds), BedOne, new LogPosition(1), [Valid(HeartRate, 72)]);
        await _fixture.StoreAsync(rows, 1);

        Assert.Equal([new SeriesPoint(Noon, 72, 72, 72, false, late)], await SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromMinutes(1), 1_000));
    }

    [Fact]
    public async Task Series_ManyValues_KeepPeaksAndMean()
    {
        var rows = new RowBatch();
        for (var second = 0; second < 3_600; second++)
        {
            rows.And("m1", Noon + TimeSpan.FromSeconds(second), Valid(Saturation, second switch { 1_234 => 71, 2_345 => 100, _ => 96 }));
        }

        await _fixture.StoreAsync(rows, 1);
        var series = await SeriesAsync("p1", "spo2", Noon, Noon + TimeSpan.FromHours(1), 60);
        Assert.Equal(60, series.Count);
        Assert.Equal((71, 96), (series[20].Lowest, series[20].Highest));
        Assert.Equal((96, 100), (series[39].Lowest, series[39].Highest));
        Assert.Equal(96 - (25.0 / 60), series[20].Average, 9);
        Assert.Equal(Noon + TimeSpan.FromMinutes(20), series[20].Time);
        Assert.All(series, point => Assert.InRange(point.Average, point.Lowest, point.Highest));
    }

    [Fact]
    public async Task Series_OverMidnight_JoinsTheDays()
    {
        var midnight = new StoreDay(StoreDay.Of(Noon).Number + 1).Start;
        await _fixture.StoreAsync(Row(midnight, Valid(HeartRate, 3)).And("m1", midnight - TimeSpan.FromSeconds(1), Valid(HeartRate, 2)).And("m1", midnight - TimeSpan.FromDays(3), Valid(HeartRate, 1)), 1);
        Assert.Equal([1.0, 2, 3], (await SeriesAsync("p1", "hr", Instant.MinValue, Instant.MaxValue, 10_000)).Select(point => point.Average));
        Assert.Equal([2.0, 3], (await SeriesAsync("p1", "hr", midnight - TimeSpan.FromSeconds(1), midnight + TimeSpan.FromSeconds(1), 100)).Select(point => point.Average));
        Assert.Equal([2.0], (await SeriesAsync("p1", "hr", midnight - TimeSpan.FromSeconds(1), midnight, 100)).Select(point => point.Average));
    }

    [Fact]
    public async Task Series_NoValues_AreLeftOut()
    {
        await _fixture.StoreAsync(Row(Noon, NoValue(HeartRate, -100), Valid(Saturation, 97)).And("m1", Noon + TimeSpan.FromSeconds(1), NoValue(HeartRate)), 1);
        Assert.Empty(await SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromMinutes(1), 100));
        Assert.Single(await SeriesAsync("p1", "spo2", Noon, Noon + TimeSpan.FromMinutes(1), 100));
    }

    [Fact]
    public async Task Series_SignalsThatResemble_AreToldApart()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(Systolic, 120), NoValue(ArterialSystolic, -1)), 1);
        Assert.Equal([new SeriesPoint(Noon, 120, 120, 120, false)], await SeriesAsync("p1", "sbp", Noon, Noon + TimeSpan.FromMinutes(1), 100));
        Assert.Empty(await SeriesAsync("p1", "art_sbp", Noon, Noon + TimeSpan.FromMinutes(1), 100));
    }

    [Fact]
    public async Task Series_PatientOfSeveralDevices_HasAllAndOnlyHisOwn()
    {
        var other = new Assignment("p2", "ICU", "ICU-1");
        await _fixture.StoreAsync(
            Row(Noon, Valid(HeartRate, 1))
                .And("m1", other, Noon + TimeSpan.FromSeconds(1), Valid(HeartRate, 50))
                .And("m2", Noon + TimeSpan.FromSeconds(2), Valid(HeartRate, 2))
                .And("m3", other, Noon + TimeSpan.FromSeconds(3), Valid(HeartRate, 60)), 1);
        Assert.Equal([1.0, 2], (await SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromMinutes(1), 1_000)).Select(point => point.Average));
        Assert.Equal([50.0, 60], (await SeriesAsync("p2", "hr", Noon, Noon + TimeSpan.FromMinutes(1), 1_000)).Select(point => point.Average));
    }

    [Fact]
    public async Task Series_Letters_AreTheirCharacterCodes()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(Consciousness, 'V')), 1);
        Assert.Equal(['V'], (await SeriesAsync("p1", "avpu", Noon, Noon + TimeSpan.FromMinutes(1), 10)).Select(point => point.Average));
    }

    [Fact]
    public async Task Series_UnknownPatientSignalOrStore_IsEmpty()
    {
        Assert.Empty(await SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromMinutes(1), 10));
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1);
        Assert.Empty(await SeriesAsync("p9", "hr", Noon, Noon + TimeSpan.FromMinutes(1), 10));
        Assert.Empty(await SeriesAsync("p1", "etco2", Noon, Noon + TimeSpan.FromMinutes(1), 10));
        Assert.Empty(await SeriesAsync("p1", "quality", Noon, Noon + TimeSpan.FromMinutes(1), 10));
        Assert.Empty(await SeriesAsync("p1", "hr\" FROM readings --", Noon, Noon + TimeSpan.FromMinutes(1), 10));
        Assert.Empty(await SeriesAsync("p1", "hr", Noon, Noon, 10));
    }

    [Fact]
    public async Task Series_StoreIsClosed_ReadsTheSame()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1);
        _fixture.Store.Dispose();
        Assert.Single(await SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromMinutes(1), 10));
    }

    [Fact]
    public async Task Series_WriterInItsTransaction_ReadsWithoutWaiting()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1);
        IReadOnlyList<SeriesPoint>? seen = null;
        using var other = StoreDatabase.OpenForWriting(_fixture.PathOf("2026-11-22.db"), "", 16 << 20);
        SqliteFile.Execute(other, "BEGIN IMMEDIATE; UPDATE readings SET hr = 1");
        seen = await SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromMinutes(1), 10);
        SqliteFile.Execute(other, "ROLLBACK");
        Assert.Equal(72, Assert.Single(seen).Average);
    }

    [Fact]
    public async Task Series_OtherVersion_IsRefused()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1);
        using (var other = StoreDatabase.OpenForWriting(_fixture.PathOf("2026-11-22.db"), "", 16 << 20))
        {
            SqliteFile.Execute(other, "PRAGMA user_version=3");
        }

        await Assert.ThrowsAsync<StoreException>(() => SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromMinutes(1), 10));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task Series_PointsOutOfRange_AreRefused(int points) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromMinutes(1), points));

    [Fact]
    public async Task Series_AnyQuery_SeeksByKey()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1);
        var plan = string.Join("; ", _fixture.Query("2026-11-22.db", "EXPLAIN QUERY PLAN " + BuiltInHistory.RowsSql("\"hr\"")));
        Assert.Contains("SEARCH r USING PRIMARY KEY (device=? AND time>? AND time<?)", plan, StringComparison.Ordinal);
        Assert.Contains("SEARCH p USING PRIMARY KEY (patient=?)", plan, StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<SeriesPoint>> SeriesAsync(string patient, string signal, Instant from, Instant to, int points) =>
        _history.SeriesAsync(patient, signal, from, to, points, TestContext.Current.CancellationToken);
}
