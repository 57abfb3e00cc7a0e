using IoTGateway.Archive.Tests.Doubles;
using IoTGateway.Queue;
using IoTGateway.Tests.Support;
using Microsoft.Data.Sqlite;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests;

/// <summary>The archive at a real log: over restarts, gaps and other logs, and what becomes of the gateway when it fails.</summary>
public sealed class ArchiveConsumerTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly LoggedArchive _gateway = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task RunAsync_WhatIsAppended_IsArchivedUntilItIsCancelled()
    {
        using var stop = new CancellationTokenSource();
        using var archive = _gateway.OpenArchive();
        var running = archive.RunAsync(stop.Token);
        await _gateway.AppendAsync(Noon, Census(Bed("ICU-1", "p1")));
        await _gateway.AppendAsync(RecordKind.Reading, "devices/m1/vitals", [1]);
        await _gateway.AppendAsync(Event(Status()));

        // Only the archive's own timer needs the clock of the test.
        await Eventually.HoldsAsync(
            "the alert is archived",
            Deadline,
            () =>
            {
                _gateway.Clock.Advance(TimeSpan.FromSeconds(1));
                return archive.State.Records == 2;
            },
            Cancellation);
        Assert.Equal(["p1 admitted to ICU-1", "SpO2 low raised: SpO2 86 % < 88 % for 15 s"], _gateway.Query("SELECT words FROM entries ORDER BY id"));
        await stop.CancelAsync();
        await running;
        Assert.Null(archive.Failure);
    }

    [Fact]
    public async Task Lag_RecordsWaiting_IsTheAgeOfTheOldestThatItWants()
    {
        using var archive = _gateway.OpenArchive();
        Assert.Equal(TimeSpan.Zero, archive.Lag);
        await _gateway.AppendAsync(RecordKind.Reading, "devices/m1/vitals", [1]);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, archive.Lag);
        await _gateway.AppendAsync(Event(Status()));
        _gateway.Clock.Advance(TimeSpan.FromSeconds(20));
        await _gateway.AppendAsync(Event(Status(episode: 2), episode: 2));
        _gateway.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(23), archive.Lag);

        await archive.DrainOnceAsync(Cancellation);
        Assert.Equal(TimeSpan.Zero, archive.Lag);
        await _gateway.AppendAsync(RecordKind.Reading, "devices/m1/vitals", [2]);
        await _gateway.AppendAsync(Event(Status(episode: 3), episode: 3));
        _gateway.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(4), archive.Lag);
    }

    [Fact]
    public async Task SizeBytes_FileAndWriteAheadLog_AreThoseOnDisk()
    {
        using var archive = _gateway.OpenArchive();
        await _gateway.AppendAsync(Event(Status()));
        await archive.DrainOnceAsync(Cancellation);
        Assert.Equal(new FileInfo(_gateway.Path).Length + new FileInfo(_gateway.Path + "-wal").Length, archive.SizeBytes);
        Assert.True(archive.SizeBytes > 0, "It is empty.");
    }

    [Fact]
    public async Task DrainOnceAsync_AfterARestart_GoesOnWhereItWas()
    {
        await _gateway.AppendAsync(Event(Status()));
        using (var archive = _gateway.OpenArchive())
        {
            await archive.DrainOnceAsync(Cancellation);
            await _gateway.AppendAsync(Event(Status(episode: 2), episode: 2));
        }

        _gateway.ReopenLog();
        using var again = _gateway.OpenArchive();
        await again.DrainOnceAsync(Cancellation);
        Assert.Equal(1, again.State.Records);
        Assert.Equal(["e1", "e2"], _gateway.Query("SELECT episode FROM episodes ORDER BY number"));
        Assert.Empty(_gateway.Query("SELECT * FROM gaps"));
    }

    [Fact]
    public async Task DrainOnceAsync_MoreThanOneCommitTakes_TakesSeveral()
    {
        for (var episode = 1; episode <= 25; episode++)
        {
            await _gateway.AppendAsync(Event(Status(episode: episode), episode: episode));
        }

        using var archive = _gateway.OpenArchive(recordsAtMost: 4);
        var commits = 0;
        archive.BeforeCommit = () => commits++;
        await archive.DrainOnceAsync(Cancellation);
        Assert.Equal(["25"], _gateway.Query("SELECT count(*) FROM episodes"));
        Assert.Equal(7, commits);
    }

    [Fact]
    public async Task DrainOnceAsync_NothingNew_WritesNothing()
    {
        await _gateway.AppendAsync(Event(Status()));
        using var archive = _gateway.OpenArchive();
        await archive.DrainOnceAsync(Cancellation);
        var commits = 0;
        archive.BeforeCommit = () => commits++;
        await _gateway.AppendAsync(RecordKind.Reading, "devices/m1/vitals", [1]);
        await archive.DrainOnceAsync(Cancellation);
        await archive.DrainOnceAsync(Cancellation);
        Assert.Equal(0, commits);
    }

    [Fact]
    public async Task DrainOnceAsync_MuchThatIsNotForIt_TakesTheCursorAlong()
    {
        using var archive = _gateway.OpenArchive(cursorDistanceBytes: 10_000);
        for (var count = 0; count < 20; count++)
        {
            await _gateway.AppendAsync(RecordKind.Reading, "devices/m1/vitals", new byte[1_000]);
            await archive.DrainOnceAsync(Cancellation);
        }

        Assert.True(long.Parse(_gateway.Query("SELECT position FROM cursor")[0], System.Globalization.CultureInfo.InvariantCulture) > 10_000);
        Assert.Equal(0, archive.State.Records);
    }

    [Fact]
    public async Task Open_AnotherLog_GoesOnWithIt()
    {
        await _gateway.AppendAsync(Event(Status()));
        using (var archive = _gateway.OpenArchive())
        {
            await archive.DrainOnceAsync(Cancellation);
        }

        _gateway.ReplaceLog();
        await _gateway.AppendAsync(Event(Status(patient: "p9", episode: 1)));
        using var again = _gateway.OpenArchive();
        await again.DrainOnceAsync(Cancellation);
        Assert.Equal([$"p1|{Noon.UnixMilliseconds}", "p9|"], _gateway.Query("SELECT patient, ended FROM episodes ORDER BY number"));
    }

    [Fact]
    public async Task Open_LogThatNoLongerHoldsItsCursor_NotesTheGapAndGoesOn()
    {
        await _gateway.AppendAsync(Event(Status(episode: 1), episode: 1));
        await _gateway.AppendAsync(Event(Status("Apnoea", episode: 2), episode: 2));
        using (var archive = _gateway.OpenArchive())
        {
            await archive.DrainOnceAsync(Cancellation);
        }

        // The gateway runs on without an archive until the log has let go of what the archive has not seen.
        _gateway.ReopenLog();
        var start = _gateway.Log.Start;
        _gateway.Log.ConsumersAreOpen();
        await FillAsync();
        _gateway.Clock.Advance(TimeSpan.FromHours(2));
        await Eventually.HoldsAsync(
            "old segments are deleted",
            Deadline,
            async () =>
            {
                await FillAsync();
                return _gateway.Log.Start > start;
            },
            Cancellation);

        _gateway.Standing.Add("e2");
        using var again = _gateway.OpenArchive();
        await _gateway.AppendAsync(Event(Status(episode: 3), episode: 3));
        await again.DrainOnceAsync(Cancellation);
        Assert.Single(_gateway.Query("SELECT * FROM gaps WHERE beginning < ending"));
        Assert.Equal(["e1|1", "e2|0", "e3|0"], _gateway.Query("SELECT episode, ended IS NOT NULL FROM episodes ORDER BY number"));
        Assert.Null(again.Failure);
    }

    [Fact]
    public async Task Open_DamagedFile_FailsButHoldsTheLog()
    {
        await _gateway.AppendAsync(Event(Status()));
        Directory.CreateDirectory(_gateway.Directory);
        await File.WriteAllTextAsync(_gateway.Path, new string('x', 8_192), Cancellation);
        using (var archive = _gateway.OpenArchive())
        {
            Assert.Contains("damaged or no SQLite database", archive.Failure?.Message, StringComparison.Ordinal);
            Assert.Equal(archive.Failure!.Message, archive.State.LastError);
            await archive.RunAsync(Cancellation); // Ends at once.
            Assert.Contains(_gateway.Log.Consumers, consumer => consumer.Name == ArchiveConsumer.ConsumerName && consumer.Depth > 0);
        }

        File.Delete(_gateway.Path);
        using var mended = _gateway.OpenArchive();
        await mended.DrainOnceAsync(Cancellation);
        Assert.Equal(["e1"], _gateway.Query("SELECT episode FROM episodes"));
    }

    [Fact]
    public async Task RunAsync_DiskThatFails_StopsAndSaysWhy()
    {
        await _gateway.AppendAsync(Event(Status()));
        using var archive = _gateway.OpenArchive();
        archive.BeforeCommit = () => throw new SqliteException("disk I/O error", SQLitePCL.raw.SQLITE_IOERR);
        await archive.RunAsync(Cancellation);
        Assert.Contains("the disk reports an error. Check the disk and start again", archive.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(["0"], _gateway.Query("SELECT count(*) FROM episodes"));
        await _gateway.AppendAsync(Event(Status(episode: 2), episode: 2)); // The gateway goes on.
    }

    [Fact]
    public async Task Open_NewArchiveAtAnOldLog_KnowsWhoWasWhere()
    {
        await _gateway.AppendAsync(Noon, Census(Bed("ICU-1", "p1")));
        await _gateway.AppendAsync(At(10), Census(Bed("ICU-1", "p2")));
        using var archive = _gateway.OpenArchive();
        await archive.DrainOnceAsync(Cancellation);
        Assert.Equal(["p1|0", "p2|1"], _gateway.Query("SELECT patient, until IS NULL FROM stays ORDER BY since"));
    }

    [Theory]
    [InlineData(0.5, 250)]
    [InlineData(4_000, 250)]
    [InlineData(400, 2_000)]
    public void Open_OptionsOutOfRange_AreRefused(double retentionDays, int commitMilliseconds) => Assert.Throws<ArgumentOutOfRangeException>(() => new ArchiveConsumer(
        _gateway.Log,
        new ArchiveOptions { Directory = _gateway.Directory, RetentionAge = TimeSpan.FromDays(retentionDays), CommitAge = TimeSpan.FromMilliseconds(commitMilliseconds) },
        _ => new Readings.Census.CensusHistory(), () => new HashSet<string>(), _gateway.Clock, new Random(1), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));

    private async Task FillAsync()
    {
        for (var count = 0; count < 50; count++)
        {
            await _gateway.AppendAsync(RecordKind.Reading, "devices/m1/vitals", new byte[1_000]);
        }
    }
}
