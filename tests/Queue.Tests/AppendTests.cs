using System.Text;
using IoTGateway.Tests.Support;

namespace IoTGateway.Queue.Tests;

public class AppendTests : LogTest
{
    [Fact]
    public async Task Append_TwoTopics_EachCountsFromOne()
    {
        using var log = Open();
        await AppendAsync(log, "devices/a/vitals", "1");
        await AppendAsync(log, "devices/b/vitals", "2");
        await AppendAsync(log, "devices/a/vitals", "3");

        Assert.Equal(["devices/a/vitals#1 1", "devices/b/vitals#1 2", "devices/a/vitals#2 3"], ReadReadings(log));
    }

    [Fact]
    public async Task Append_FlushHeldBack_CommitWaitsAndNobodySeesIt()
    {
        using var log = Open();
        await AppendAsync(log, "t", "first");
        Disk.HoldFlushes();

        var commit = log.Append(RecordKind.Reading, "t", "second"u8);
        await Task.Yield();

        Assert.False(commit.Task.IsCompleted);
        Assert.Equal(["t#1 first"], ReadReadings(log));
        Disk.ReleaseFlushes();
        await commit.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.True(commit.IsDurable);
        Assert.Equal(["t#1 first", "t#2 second"], ReadReadings(log));
    }

    [Fact]
    public async Task Append_ManyWhileTheDiskIsBusy_ShareOneCommit()
    {
        using var log = Open();
        Disk.HoldFlushes();
        var first = log.Append(RecordKind.Reading, "t", "0"u8);
        await Eventually.HoldsAsync("the first frame is on its way", TimeSpan.FromSeconds(30), () => Disk.Writes > 0, Cancellation);

        var commits = Enumerable.Range(1, 100).Select(number => log.Append(RecordKind.Reading, "t", Encoding.UTF8.GetBytes($"{number}"))).ToList();

        Assert.Single(commits.Distinct());
        Assert.NotSame(first, commits[0]);
        Disk.ReleaseFlushes();
        await commits[0].Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal(101, ReadReadings(log).Count);
    }

    [Fact]
    public async Task Append_ClockGoesBack_TimeNeverDecreases()
    {
        using var log = Open();
        await AppendAsync(log, "t", "1");
        Clock.Set(-TimeSpan.FromHours(1));
        await AppendAsync(log, "t", "2");

        using var reader = log.OpenReader(LogPosition.Beginning, RecordKinds.Of(RecordKind.Reading));
        var times = new List<long>();
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                times.Add(record.TimeUnixMilliseconds);
            }
        }

        Assert.Equal(2, times.Count);
        Assert.True(times[1] >= times[0]);
    }

    [Fact]
    public void TryAppend_RecordTooLarge_SaysSo()
    {
        using var log = Open();
        var result = log.TryAppend(RecordKind.Reading, "t"u8, default, new byte[(1 << 20) + 1], out var commit);

        Assert.Equal(AppendResult.TooLarge, result);
        Assert.Null(commit);
    }

    [Fact]
    public async Task TryAppend_OneTopicTooMany_RefusesItAndKeepsTheOthers()
    {
        using var log = Open(Options(topics: 2));
        Assert.Equal(AppendResult.Appended, log.TryAppend(RecordKind.Reading, "a"u8, default, "1"u8, out _));
        Assert.Equal(AppendResult.Appended, log.TryAppend(RecordKind.Reading, "b"u8, default, "1"u8, out _));

        Assert.Equal(AppendResult.TooManyTopics, log.TryAppend(RecordKind.Reading, "c"u8, default, "1"u8, out _));
        Assert.Equal(AppendResult.Appended, log.TryAppend(RecordKind.Reading, "a"u8, default, "2"u8, out _));
        await AppendAsync(log, "alert-events/x/y", "alerts go on", RecordKind.AlertEvent);
    }

    [Fact]
    public async Task TryAppend_DiskTooSlow_SaysNoRoomUntilThereIsAgain()
    {
        using var log = Open(Options(pendingBytes: 64 << 10));
        Disk.HoldFlushes();
        var body = new byte[1000];
        Assert.Equal(AppendResult.Appended, log.TryAppend(RecordKind.Reading, "t"u8, default, body, out _));
        await Eventually.HoldsAsync("the first frame is on its way", TimeSpan.FromSeconds(30), () => Disk.Writes > 0, Cancellation);
        var result = AppendResult.Appended;
        for (var count = 0; count < 200 && result == AppendResult.Appended; count++)
        {
            result = log.TryAppend(RecordKind.Reading, "t"u8, default, body, out _);
        }

        Assert.Equal(AppendResult.NoRoom, result);
        var room = log.WaitForRoomAsync(Cancellation);
        Assert.False(room.IsCompleted);
        Disk.ReleaseFlushes();
        await room.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal(AppendResult.Appended, log.TryAppend(RecordKind.Reading, "t"u8, default, body, out _));
    }

    [Fact]
    public async Task Append_FlushFails_FailsEveryWaiterAndAcknowledgesNothingMore()
    {
        using var log = Open();
        await AppendAsync(log, "t", "kept");
        Disk.FailFlush = new IOException("the disk is gone");

        var commit = log.Append(RecordKind.Reading, "t", "lost"u8);
        var failure = await Assert.ThrowsAsync<LogFailedException>(() => commit.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
        Disk.FailFlush = null;

        Assert.Contains("the disk is gone", failure.Message, StringComparison.Ordinal);
        Assert.True(log.Failed.IsCancellationRequested);
        Assert.Throws<LogFailedException>(() => log.Append(RecordKind.Reading, "t", "more"u8));
        Assert.Equal(AppendResult.Failed, log.TryAppend(RecordKind.Reading, "t"u8, default, "more"u8, out _));
        Assert.Equal(["t#1 kept"], ReadReadings(log));
    }

    [Fact]
    public async Task Append_Batch_StandsInOneFrame()
    {
        using var log = Open();
        var batch = new LogBatch();
        batch.Add(RecordKind.AlertEvent, "alert-events/icu/p1", "one"u8);
        batch.Add(RecordKind.Tick, topic: null, "two"u8);
        await log.Append(batch).Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        using var reader = log.OpenReader(LogPosition.Beginning, RecordKinds.Of(RecordKind.AlertEvent, RecordKind.Tick));
        Assert.True(reader.TryRead(out var frame));
        var bodies = new List<string>();
        foreach (var record in frame)
        {
            bodies.Add(Encoding.UTF8.GetString(record.Body));
        }

        Assert.Equal(["one", "two"], bodies);
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void TryAppend_KnownTopic_AllocatesNothing()
    {
        using var log = Open(Options(pendingBytes: 64 << 20));
        Disk.HoldFlushes();
        var body = new byte[100];
        for (var count = 0; count < 50_000; count++)
        {
            log.TryAppend(RecordKind.Reading, "devices/a/vitals"u8, default, body, out _);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 1000; count++)
        {
            log.TryAppend(RecordKind.Reading, "devices/a/vitals"u8, default, body, out _);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Disk.ReleaseFlushes();
        Assert.Equal(0, allocated);
    }
}
