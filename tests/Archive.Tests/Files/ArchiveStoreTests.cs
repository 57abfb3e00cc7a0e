using IoTGateway.Alerts;
using IoTGateway.Archive.Files;
using IoTGateway.Archive.Tests.Doubles;
using IoTGateway.Queue;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;
using IoTGateway.Storage.BuiltIn;
using Microsoft.Data.Sqlite;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests.Files;

/// <summary>What stands in the file after records came, once or twice, readable or not, on a good disk or a full one.</summary>
public sealed class ArchiveStoreTests : IDisposable
{
    private readonly ArchiveFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task StoreAsync_LifeOfAnAlert_IsOneEpisodeWithItsEvents()
    {
        var pending = Status() with { State = AlertState.Pending };
        var active = Status();
        var acknowledged = active.Acknowledged(40, note: "on my way");
        await _fixture.StoreAsync(
            Record(10, Event(pending, 0)),
            Record(20, Event(active, 15, AlertState.Pending)),
            Record(30, Event(acknowledged, 40, AlertState.Active, AlertChange.Acknowledged, by: "AB")),
            Record(40, Event(acknowledged with { State = AlertState.Ended }, 60, AlertState.Active)));

        Assert.Equal(
            [$"1|e1|2|ended|{At(0).UnixMilliseconds}|{At(15).UnixMilliseconds}|{At(15).UnixMilliseconds}|ICU|ICU-1|{At(40).UnixMilliseconds}|{At(40).UnixMilliseconds}|{At(60).UnixMilliseconds}|{At(60).UnixMilliseconds}"],
            _fixture.Query("SELECT number, episode, highest, state, began, raised, called, called_ward, called_bed, acknowledged, answered, over, ended FROM episodes"));
        Assert.Equal(["10|entered", "20|entered", "30|acknowledged", "40|entered"], _fixture.Query("SELECT position, change FROM events ORDER BY position"));
        Assert.Equal(["SpO2 low raised: SpO2 86 % < 88 % for 15 s", "SpO2 low acknowledged by AB: on my way", "SpO2 low ended: SpO2 86 % < 88 % for 15 s"], _fixture.Query("SELECT words FROM entries ORDER BY id"));
        Assert.Equal(["1|41"], _fixture.Query("SELECT log, position FROM cursor"));
    }

    [Fact]
    public async Task StoreAsync_SameRecordsTwice_LeaveTheSameRows()
    {
        ArchiveRecord[] records =
        [
            Record(10, Noon, Census(Bed("ICU-1", "p1"))), Record(20, Event(Status())), Record(30, new RuleSetRecord("v1", []) { By = "CD" }),
            new(new LogPosition(40), RecordKind.AlertEvent, "t", Noon, "no JSON"u8.ToArray()),
        ];
        await _fixture.StoreAsync(records);
        var once = _fixture.Everything();
        await _fixture.StoreAsync(records);
        Assert.Equal(once, _fixture.Everything());

        // Even with the cursor lost the key of each record keeps it from standing there twice.
        _fixture.Execute("UPDATE cursor SET position = 0");
        _fixture.Reopen();
        await _fixture.StoreAsync(records);
        Assert.Equal(once, _fixture.Everything());
    }

    [Fact]
    public async Task StoreAsync_RecordItCannotRead_KeepsItAndGoesOn()
    {
        await _fixture.StoreAsync(
            new ArchiveRecord(new LogPosition(10), RecordKind.AlertEvent, "alert-events/ICU/p1", Noon, """{"v":99}"""u8.ToArray()),
            new ArchiveRecord(new LogPosition(20), RecordKind.Census, "", Noon, [1, 2, 3]),
            Record(30, Event(Status())));

        Assert.Equal(2, _fixture.Store.State.Unread);
        Assert.Equal(3, _fixture.Store.State.Records);
        Assert.Equal(
            ["10|11|alert-events/ICU/p1|7B2276223A39397D|1", "20|8||010203|1"],
            _fixture.Query("SELECT position, kind, topic, body, length(fault) > 10 FROM records ORDER BY position"));
        Assert.Equal(["1"], _fixture.Query("SELECT count(*) FROM episodes"));
    }

    [Fact]
    public async Task StoreAsync_LastEventOfANewerForm_StillTakesTheNextOne()
    {
        await _fixture.StoreAsync(Record(10, Event(Status())));
        _fixture.Execute("UPDATE events SET body = replace(body, '\"v\":1', '\"v\":2')");
        await _fixture.StoreAsync(Record(20, Event(Status() with { State = AlertState.Ended }, 5, AlertState.Active)));
        Assert.Equal(["ended"], _fixture.Query("SELECT state FROM episodes"));
        Assert.Equal(0, _fixture.Store.State.Unread);
    }

    [Fact]
    public async Task StoreAsync_Census_TellsWhoLayWhere()
    {
        await _fixture.StoreAsync(
            Record(10, At(0), Census(Bed("ICU-1", "p1"), Bed("ICU-2"))),
            Record(20, At(100), Census(Bed("ICU-1"), Bed("ICU-2", "p1"))),
            Record(30, At(200), Census(Bed("ICU-1", "p2"), Bed("ICU-2", "p1"))),
            Record(40, At(300), Census(Bed("ICU-1"), Bed("ICU-2"))));
        Assert.Equal(
            [$"ICU-1|p1|0|100", $"ICU-1|p2|200|300", $"ICU-2|p1|100|300"],
            _fixture.Query($"SELECT bed, patient, (since - {Noon.UnixMilliseconds}) / 1000, (until - {Noon.UnixMilliseconds}) / 1000 FROM stays ORDER BY bed, since"));
    }

    [Fact]
    public async Task StoreAsync_CensusOfAnEarlierTime_ReplacesAllFromThenOn()
    {
        await _fixture.StoreAsync(
            Record(10, At(0), Census(Bed("ICU-1", "p1"), Bed("ICU-2"))),
            Record(20, At(100), Census(Bed("ICU-1"), Bed("ICU-2", "p1"))),
            Record(30, At(200), Census(Bed("ICU-1", "p2"), Bed("ICU-2"))),
            Record(40, At(50), Census(Bed("ICU-1", "p1"), Bed("ICU-2", "p3"))));
        Assert.Equal(
            [$"ICU-1|p1|0|", $"ICU-2|p3|50|"],
            _fixture.Query($"SELECT bed, patient, (since - {Noon.UnixMilliseconds}) / 1000, until FROM stays ORDER BY bed, since"));
    }

    [Fact]
    public async Task BeginAt_AnotherLog_KeepsWhatThereIsAndCountsOn()
    {
        await _fixture.StoreAsync(Record(10, Event(Status())));
        var other = new Guid("22222222-2222-2222-2222-222222222222");
        _fixture.Store.BeginAt(other, new LogPosition(0), [new CensusChange(5, Noon, Census(Bed("ICU-1", "p9")))], new HashSet<string>());
        await _fixture.StoreAsync(Record(10, Event(Status(patient: "p9", episode: 2))));

        Assert.Equal([$"1|{Noon.UnixMilliseconds}", $"{(1L << 40) + 1}|"], _fixture.Query("SELECT number, ended FROM episodes ORDER BY number"));
        Assert.Equal(["2|11"], _fixture.Query("SELECT log, position FROM cursor"));
        Assert.Equal(["p9"], _fixture.Query("SELECT patient FROM stays"));
        Assert.Equal(other, _fixture.Reopen().LogIdentity);
    }

    [Fact]
    public async Task BeginAt_BehindAGap_NotesItAndEndsWhatNoLongerStands()
    {
        await _fixture.StoreAsync(Record(10, Event(Status(episode: 1), episode: 1)), Record(20, Event(Status("Apnoea", episode: 2), episode: 2)));
        _fixture.Clock.Advance(TimeSpan.FromHours(1));
        _fixture.Store.BeginAt(ArchiveFixture.Log, new LogPosition(1_000), [], new HashSet<string> { "e2" });
        Assert.Equal([$"1|21|1000|{At(3_600).UnixMilliseconds}"], _fixture.Query("SELECT * FROM gaps"));
        Assert.Equal([$"1|{At(3_600).UnixMilliseconds}", "2|"], _fixture.Query("SELECT number, ended FROM episodes ORDER BY number"));
    }

    [Fact]
    public async Task StoreAsync_DiskFull_WaitsAndGoesOn()
    {
        await _fixture.StoreAsync(Record(10, Event(Status())));
        var full = true;
        _fixture.Store.BeforeCommit = () =>
        {
            if (full)
            {
                throw new SqliteException("database or disk is full", SQLitePCL.raw.SQLITE_FULL);
            }
        };
        var storing = _fixture.StoreAsync(Record(20, Event(Status(episode: 2), episode: 2)));
        Assert.False(storing.IsCompleted);
        Assert.Contains("disk is full. Free some space; until then the queue keeps what is to be archived", _fixture.Store.State.LastError, StringComparison.Ordinal);
        Assert.Equal(Noon, _fixture.Store.State.RetryingSince);
        Assert.Equal(["1"], _fixture.Query("SELECT count(*) FROM episodes"));

        full = false;
        _fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await storing;
        Assert.Null(_fixture.Store.State.RetryingSince);
        Assert.Equal(["2"], _fixture.Query("SELECT count(*) FROM episodes"));
    }

    [Fact]
    public async Task StoreAsync_LockedByAnotherProgram_WaitsAndGoesOn()
    {
        await _fixture.StoreAsync(Record(10, Event(Status())));
        using var other = _fixture.Connect("ReadWrite");
        Run("BEGIN IMMEDIATE");
        var storing = _fixture.StoreAsync(Record(20, Event(Status(episode: 2), episode: 2)));
        Assert.False(storing.IsCompleted);
        Assert.Contains("locked by another program", _fixture.Store.State.LastError, StringComparison.Ordinal);
        Run("ROLLBACK");
        _fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await storing;
        Assert.Equal(["2"], _fixture.Query("SELECT count(*) FROM episodes"));

        void Run(string sql)
        {
            using var command = other.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    [Fact]
    public void Open_NewerVersion_SaysSo()
    {
        _fixture.Store.Dispose();
        _fixture.Execute("PRAGMA user_version=2");
        var failure = Assert.Throws<StoreException>(() => _fixture.Open());
        Assert.Contains("archive.sqlite has archive version 2, this gateway writes version 1. Start the gateway that wrote it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_SaysSo()
    {
        Directory.CreateDirectory(_fixture.Directory);
        File.WriteAllText(_fixture.Path, new string('x', 8_192));
        var failure = Assert.Throws<StoreException>(() => _fixture.Open());
        Assert.Contains("damaged or no SQLite database", failure.Message, StringComparison.Ordinal);
    }
}
