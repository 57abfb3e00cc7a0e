using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Sqlite;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.BuiltIn;

public sealed class BuiltInStoreTests : IDisposable
{
    private const string Today = "2026-11-22.db";
    private readonly StoreFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Store_OneReading_HasAColumnForEachSignal()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72), Valid(Temperature, 36.8), Valid(Consciousness, 'V'), Valid(Oxygen, 1)), 100);

        var noon = Noon.UnixMilliseconds;
        Assert.Equal([$"m1|{noon}|{noon}|p1|ICU-1|ICU||72|36.8|V|1"], _fixture.Query(Today, "SELECT device, time, received, patient, bed, ward, quality, hr, temp, avpu, o2 FROM readings"));
        Assert.Equal(["REAL", "REAL", "TEXT", "REAL"], _fixture.Query(Today, "SELECT type FROM pragma_table_info('readings') WHERE cid >= 7 ORDER BY cid"));
        Assert.Equal(["1"], _fixture.Query(Today, "PRAGMA user_version"));
        Assert.Equal(new LogPosition(100), _fixture.Store.Cursor);
    }

    [Fact]
    public async Task Store_SignalsThatComeApart_MeetInOneRow()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72), Valid(Consciousness, 'A')), 1);
        await _fixture.StoreAsync(Row(Noon, Valid(Saturation, 97)), 2);
        await _fixture.StoreAsync(Row(Noon, Questionable(Respiration, 99)).And("m1", Noon, NoValue(Temperature)), 3);

        Assert.Equal(["72|97|99||A|rr=questionable temp=no-value"], _fixture.Query(Today, "SELECT hr, spo2, rr, temp, avpu, quality FROM readings"));
    }

    [Fact]
    public async Task Store_SameSignalAgain_LaterWins()
    {
        await _fixture.StoreAsync(Row(Noon, Questionable(HeartRate, 290), NoValue(Saturation, -100)), 1);
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 2);
        Assert.Equal(["72|-100|spo2=no-value"], _fixture.Query(Today, "SELECT hr, spo2, quality FROM readings"));

        await _fixture.StoreAsync(Row(Noon, NoValue(HeartRate)), 3);
        Assert.Equal(["|-100|spo2=no-value hr=no-value"], _fixture.Query(Today, "SELECT hr, spo2, quality FROM readings"));
    }

    [Fact]
    public async Task Store_SameKeyTwiceInOneBatch_LaterWins()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)).And("m0", Noon, Valid(HeartRate, 50)).And("m1", Noon, Valid(HeartRate, 73)), 1);
        Assert.Equal(["m0|50", "m1|73"], _fixture.Query(Today, "SELECT device, hr FROM readings ORDER BY device"));
    }

    [Fact]
    public async Task Store_NoValueWithAndWithoutNumber_KeepsTheNumberAndMarksBoth()
    {
        await _fixture.StoreAsync(Row(Noon, NoValue(HeartRate, -100), NoValue(Saturation)), 1);
        Assert.Equal(["-100||hr=no-value spo2=no-value"], _fixture.Query(Today, "SELECT hr, spo2, quality FROM readings"));
    }

    [Fact]
    public async Task Store_RowsOfDifferentSignals_DoNotInheritFromEachOther()
    {
        await _fixture.StoreAsync(
            Row(Noon, Valid(HeartRate, 72), Questionable(Saturation, 101)).And("m1", Noon + TimeSpan.FromSeconds(1), Valid(Respiration, 14)).And("m2", Noon, Valid(HeartRate, 60)), 1);
        Assert.Equal(["72||101|spo2=questionable", "|14||", "60|||"], _fixture.Query(Today, "SELECT hr, rr, spo2, quality FROM readings ORDER BY device, time"));
    }

    [Fact]
    public async Task Store_AroundMidnight_SplitsByUtcDay()
    {
        var midnight = new StoreDay(StoreDay.Of(Noon).Number + 1).Start;
        await _fixture.StoreAsync(Row(midnight, Valid(HeartRate, 1)).And("m1", midnight - TimeSpan.FromMilliseconds(1), Valid(HeartRate, 2)), 1);

        Assert.Equal([Today, "2026-11-23.db"], _fixture.Days());
        Assert.Equal(["2"], _fixture.Query(Today, "SELECT hr FROM readings"));
        Assert.Equal(["1"], _fixture.Query("2026-11-23.db", "SELECT hr FROM readings"));
    }

    [Fact]
    public async Task Store_OldDaysAmongToday_EachGoesToItsOwnFile()
    {
        var rows = new RowBatch();
        for (var day = 0; day < 30; day++)
        {
            rows.And("m1", Noon, Valid(HeartRate, 60)).And("m1", Noon - TimeSpan.FromDays(day), Valid(HeartRate, day));
        }

        await _fixture.StoreAsync(rows, 1);
        await _fixture.StoreAsync(Row(Noon - TimeSpan.FromDays(29), Valid(Saturation, 97)), 2);

        Assert.Equal(30, _fixture.Days().Length);
        Assert.Equal(["29|97"], _fixture.Query("2026-10-24.db", "SELECT hr, spo2 FROM readings"));
        Assert.Equal(["60"], _fixture.Query(Today, "SELECT hr FROM readings"));
    }

    [Fact]
    public async Task Store_TimesOutsideTheCalendar_AreKept()
    {
        await _fixture.StoreAsync(Row(Instant.MinValue, Valid(HeartRate, 1)).And("m1", new Instant(-1), Valid(HeartRate, 2)), 1);
        Assert.Equal(["0001-01-01.db", "1969-12-31.db"], _fixture.Days());
        Assert.Equal([$"{long.MinValue}|1"], _fixture.Query("0001-01-01.db", "SELECT time, hr FROM readings"));
    }

    [Fact]
    public async Task Store_EndedBetweenDayAndCursor_ComesAgainAndChangesNothing()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1);
        var second = Row(Noon + TimeSpan.FromSeconds(1), Valid(HeartRate, 73), Questionable(Saturation, 120));
        _fixture.Store.BeforeCursor = () => throw new InvalidOperationException("ended here");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _fixture.StoreAsync(second, 2).AsTask());

        var reopened = _fixture.Reopen();
        Assert.Equal(new LogPosition(1), reopened.Cursor);
        Assert.Equal(["72|", "73|120"], _fixture.Query(Today, "SELECT hr, spo2 FROM readings"));

        await _fixture.StoreAsync(second, 2);
        Assert.Equal(new LogPosition(2), reopened.Cursor);
        Assert.Equal(["72||", "73|120|spo2=questionable"], _fixture.Query(Today, "SELECT hr, spo2, quality FROM readings"));
    }

    [Fact]
    public async Task Open_Again_GoesOnWhereItWas()
    {
        Assert.Null(_fixture.Store.Cursor);
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 4711);
        Assert.Equal(new LogPosition(4711), _fixture.Reopen().Cursor);
        await _fixture.StoreAsync(Row(Noon, Valid(Saturation, 97)), 4712);
        Assert.Equal(["72|97"], _fixture.Query(Today, "SELECT hr, spo2 FROM readings"));
    }

    [Fact]
    public async Task Store_NoRows_MovesTheCursorOnly()
    {
        await _fixture.StoreAsync(new RowBatch(), 5);
        Assert.Empty(_fixture.Days());
        Assert.Equal(new LogPosition(5), _fixture.Reopen().Cursor);
    }

    [Fact]
    public async Task Store_Committed_IsFsyncedAndWrittenAhead()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1);
        Assert.Equal(["wal"], _fixture.Query(Today, "PRAGMA journal_mode"));
        using var connection = StoreDatabase.OpenForWriting(_fixture.PathOf(Today), "", 16 << 20);
        using var synchronous = new SqliteStatement(connection, "PRAGMA synchronous");
        Assert.True(synchronous.Step());
        Assert.Equal(2, synchronous.Int64(0)); // FULL
    }

    [Fact]
    public async Task Store_AnotherCatalogue_FindsTheColumnsByName()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72), Valid(Saturation, 97)), 1);
        var saturation = new Signal { Index = 0, Id = "spo2", Name = "SpO2" };
        var glucose = new Signal { Index = 1, Id = "glucose", Name = "Glucose" };
        await _fixture.StoreAsync(Row(Noon, Valid(saturation, 96), Valid(glucose, 5.5)), 2);
        Assert.Equal(["72|96|5.5"], _fixture.Query(Today, "SELECT hr, spo2, glucose FROM readings"));
    }

    [Fact]
    public async Task Store_SignalNamedLikeAColumn_IsRefusedInWords()
    {
        var bad = new Signal { Index = 0, Id = "quality", Name = "Q" };
        var failure = await Assert.ThrowsAsync<StoreException>(() => _fixture.StoreAsync(Row(Noon, Valid(bad, 1)), 1).AsTask());
        Assert.Contains("'quality'", failure.Message, StringComparison.Ordinal);
        Assert.Null(_fixture.Reopen().Cursor);
    }

    [Fact]
    public async Task Store_DeviceMovesToAnotherPatient_RowsKeepTheirs()
    {
        var other = new Assignment("p2", "ICU", "ICU-1");
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)).And("m1", other, Noon + TimeSpan.FromSeconds(1), Valid(HeartRate, 80)), 1);
        Assert.Equal(["p1|72", "p2|80"], _fixture.Query(Today, "SELECT patient, hr FROM readings ORDER BY time"));
        Assert.Equal(["p1|m1", "p2|m1"], _fixture.Query(Today, "SELECT patient, device FROM patients ORDER BY patient"));
    }

    [Fact]
    public async Task State_AfterSuccess_SaysWhenAndHowMany()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)).And("m2", Noon, Valid(HeartRate, 72)), 1);
        Assert.Equal(new SinkState { LastSuccess = Noon, RowsStored = 2 }, _fixture.Store.State);
    }
}
