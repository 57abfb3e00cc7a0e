using IoTGateway.Readings;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.BuiltIn;

public sealed class BuiltInStoreRetentionTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Store_DaysPass_OldDaysGo()
    {
        await StoreNowAsync(1);
        _fixture.Clock.Advance(TimeSpan.FromDays(1));
        await StoreNowAsync(2);
        _fixture.Clock.Advance(TimeSpan.FromDays(6.4));
        await StoreNowAsync(3);
        Assert.Equal(["2026-11-22.db", "2026-11-23.db", "2026-11-29.db"], _fixture.Days());

        _fixture.Clock.Advance(TimeSpan.FromDays(0.5));
        await StoreNowAsync(4);
        Assert.Equal(["2026-11-23.db", "2026-11-29.db", "2026-11-30.db"], _fixture.Days());
        Assert.Equal(["2026-11-23", "2026-11-29", "2026-11-30"], _fixture.Query("cursor.db", "SELECT day FROM days ORDER BY day"));
        Assert.Empty(Directory.GetFiles(_fixture.Directory, "2026-11-22*"));
    }

    [Fact]
    public async Task Open_AfterALongPause_DeletesWhatIsOver()
    {
        await StoreNowAsync(1);
        _fixture.Clock.Advance(TimeSpan.FromDays(20));
        _fixture.Reopen();
        Assert.Empty(_fixture.Days());
    }

    [Fact]
    public async Task Store_OldRecordingStoredToday_StaysAsLongAsToday()
    {
        var longAgo = Instant.From(new DateTimeOffset(2012, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var rows = new RowBatch();
        rows.Add("m1", longAgo, Noon, BedOne, default, [Valid(HeartRate, 72)]);
        await _fixture.StoreAsync(rows, 1);
        _fixture.Clock.Advance(TimeSpan.FromDays(6.9));
        _fixture.Reopen();
        Assert.Equal(["2012-03-04.db"], _fixture.Days());

        _fixture.Clock.Advance(TimeSpan.FromDays(0.2));
        _fixture.Reopen();
        Assert.Empty(_fixture.Days());
    }

    [Fact]
    public async Task Open_DayOfUnknownOrigin_CountsFromNow()
    {
        await StoreNowAsync(1);
        _fixture.Store.Dispose();
        File.Delete(_fixture.PathOf("cursor.db"));
        _fixture.Clock.Advance(TimeSpan.FromDays(30));
        _fixture.Reopen();
        Assert.Equal(["2026-11-22.db"], _fixture.Days());

        _fixture.Clock.Advance(TimeSpan.FromDays(7.1));
        _fixture.Reopen();
        Assert.Empty(_fixture.Days());
    }

    [Fact]
    public void Open_LogsWithoutDatabase_AreRemoved()
    {
        Directory.CreateDirectory(_fixture.Directory);
        File.WriteAllText(_fixture.PathOf("2026-11-01.db-wal"), "left over");
        File.WriteAllText(_fixture.PathOf("2026-11-01.db-shm"), "left over");
        _fixture.Reopen();
        Assert.Empty(Directory.GetFiles(_fixture.Directory, "2026-11-01*"));
    }

    private ValueTask StoreNowAsync(long next) => _fixture.StoreAsync(Row(Instant.Now(_fixture.Clock), Valid(HeartRate, 72)), next);
}
