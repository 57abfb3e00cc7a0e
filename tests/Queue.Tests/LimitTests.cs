using IoTGateway.Queue.Records;
using IoTGateway.Tests.Support;

namespace IoTGateway.Queue.Tests;

public class LimitTests : LogTest
{
    private static readonly byte[] Payload = new byte[400];

    [Fact]
    public async Task TryAppend_AtTheHighWaterMark_RefusesReadingsUntilTheyAreDrained()
    {
        using var log = Open(SmallOptions());
        using var consumer = log.OpenConsumer("sink", RecordKinds.Of(RecordKind.Reading), log.Start);
        await FillAsync(log);

        // The gateway's own records go on.
        await AppendAsync(log, "alert-events/a/b", "raised", RecordKind.AlertEvent);
        Assert.Equal(AppendResult.Appended, log.TryAppend(RecordKind.Release, default, [0, 1], default, out _));
        Assert.Equal(AppendResult.Full, log.TryAppend(RecordKind.DeviceStatus, "devices/d/status"u8, default, "{}"u8, out _));
        var space = log.WaitForSpaceAsync(Cancellation);
        Assert.False(space.IsCompleted);

        while (consumer.TryRead(out var frame))
        {
            consumer.Advance(frame.Next);
        }

        await Eventually.HoldsAsync("readings are taken again", TimeSpan.FromSeconds(30), () => Tick(() => space.IsCompletedSuccessfully), Cancellation);
        Assert.False(log.IsFull);
        Assert.Equal(AppendResult.Appended, log.TryAppend(RecordKind.Reading, "devices/d/vitals"u8, default, Payload, out _));
        await Eventually.HoldsAsync("both changes are recorded", TimeSpan.FromSeconds(30), () => Admissions(log) is [true, false], Cancellation);
    }

    [Fact]
    public async Task Open_StillFull_RefusesAndDoesNotTellAgain()
    {
        using (var log = Open(SmallOptions()))
        {
            using var consumer = log.OpenConsumer("sink", RecordKinds.Of(RecordKind.Reading), log.Start);
            await FillAsync(log);
        }

        using var again = Open(SmallOptions());
        Assert.True(again.IsFull);
        Assert.Equal(AppendResult.Full, again.TryAppend(RecordKind.Reading, "devices/d/vitals"u8, default, Payload, out _));
        Assert.Equal([true], Admissions(again));
    }

    [Fact]
    public async Task TryAppend_VolumeNearlyFull_RefusesUntilThereIsRoom()
    {
        using var log = Open(SmallOptions(reserveBytes: 10_000));
        await AppendAsync(log, "a", "1");
        Disk.Available = 9_999;
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(log.IsFull);
        Disk.Available = 20_000;
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(log.IsFull);
    }

    [Fact]
    public async Task Append_NoSpaceLeft_GivesUpTheReserveAndGoesOn()
    {
        using var log = Open(SmallOptions(reserveBytes: 10_000));
        await AppendAsync(log, "a", "1");
        Assert.True(File.Exists(Path.Combine(LogDirectory, "reserve")));
        Disk.WritableBytes = 0;
        Disk.Available = 0;

        await AppendAsync(log, "alert-events/a/b", "raised", RecordKind.AlertEvent);
        Assert.False(File.Exists(Path.Combine(LogDirectory, "reserve")));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AppendResult.Full, log.TryAppend(RecordKind.Reading, "a"u8, default, Payload, out _));

        Disk.WritableBytes = null;
        Disk.Available = long.MaxValue;
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(File.Exists(Path.Combine(LogDirectory, "reserve")));
        Assert.False(log.IsFull);
    }

    [Fact]
    public async Task Append_NoSpaceLeftAfterARestart_GivesUpTheReserveAndGoesOn()
    {
        using (var log = Open(SmallOptions(reserveBytes: 10_000)))
        {
            await AppendAsync(log, "a", "1");
        }

        Assert.True(File.Exists(Path.Combine(LogDirectory, "reserve")));
        Disk.WritableBytes = 0;
        Disk.Available = 0;

        using var again = Open(SmallOptions(reserveBytes: 10_000));
        await AppendAsync(again, "alert-events/a/b", "raised", RecordKind.AlertEvent);
        Assert.Null(again.Failure);
        Assert.False(File.Exists(Path.Combine(LogDirectory, "reserve")));
        Assert.Equal(["a#1 1"], ReadReadings(again));
    }

    [Fact]
    public void Open_LittleRoom_GetsItsReserveAsSoonAsThereIsSome()
    {
        Disk.Available = 39_999;
        using var log = Open(SmallOptions(reserveBytes: 10_000));
        Assert.False(File.Exists(Path.Combine(LogDirectory, "reserve")));

        Disk.Available = 40_000;
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10_000, new FileInfo(Path.Combine(LogDirectory, "reserve")).Length);
    }

    [Fact]
    public async Task Open_ReserveOfAnotherSize_GivesItsRoomBack()
    {
        using (var log = Open(SmallOptions(reserveBytes: 10_000)))
        {
            await AppendAsync(log, "a", "1");
        }

        Disk.Available = 0;
        using (var small = Open(SmallOptions(reserveBytes: 5_000)))
        {
            Assert.False(File.Exists(Path.Combine(LogDirectory, "reserve")));
        }

        Disk.Available = long.MaxValue;
        using var again = Open(SmallOptions(reserveBytes: 5_000));
        Assert.Equal(5_000, new FileInfo(Path.Combine(LogDirectory, "reserve")).Length);
    }

    [Fact]
    public async Task SaveCheckpoint_NoSpaceLeft_GivesUpTheReserveForIt()
    {
        using var log = Open(SmallOptions(reserveBytes: 10_000));
        await AppendAsync(log, "a", "1");
        Disk.WritableBytes = 0;
        log.Checkpoints.Save("rules", 1, log.End, Payload);
        Assert.Equal(log.End, log.Checkpoints.Load("rules", 1)?.Position);
        Assert.False(File.Exists(Path.Combine(LogDirectory, "reserve")));
    }

    [Fact]
    public async Task SaveCheckpoint_NoSpaceLeftAndNoReserve_LeavesNothingBehindAndTheLogGoesOn()
    {
        using var log = Open();
        await AppendAsync(log, "a", "1");
        log.Checkpoints.Save("rules", 1, LogPosition.Beginning, Payload);
        Disk.WritableBytes = 100;
        Disk.Available = 100;
        var full = Assert.Throws<Files.DiskFullException>(() => log.Checkpoints.Save("rules", 1, log.End, Payload));
        Assert.Equal((432, 100), (full.NeededBytes, full.AvailableBytes));
        Assert.Contains("432 bytes", full.Message, StringComparison.Ordinal);
        Assert.Equal(LogPosition.Beginning, log.Checkpoints.Load("rules", 1)?.Position);
        Assert.Single(Directory.GetFiles(Path.Combine(LogDirectory, "checkpoints")));

        Disk.WritableBytes = null;
        await AppendAsync(log, "a", "2");
        log.Checkpoints.Save("rules", 1, log.End, Payload);
        Assert.Equal(log.End, log.Checkpoints.Load("rules", 1)?.Position);
    }

    [Fact]
    public async Task Open_CheckpointThatWasNotFinished_IsRemoved()
    {
        using (var log = Open())
        {
            await AppendAsync(log, "a", "1");
        }

        var unfinished = Path.Combine(LogDirectory, "checkpoints", "rules.00000000000000000640.checkpoint.new");
        await File.WriteAllBytesAsync(unfinished, Payload, Cancellation);
        using var again = Open();
        Assert.False(File.Exists(unfinished));
    }

    [Fact]
    public async Task Append_NoSpaceLeftAndNoReserve_FailsEverybodyAndReopensWithWhatWasAcknowledged()
    {
        using (var log = Open())
        {
            await AppendAsync(log, "a", "1");
            Disk.WritableBytes = 0;
            await Assert.ThrowsAsync<LogFailedException>(() => AppendAsync(log, "a", "2"));
            Assert.Equal(AppendResult.Failed, log.TryAppend(RecordKind.Reading, "a"u8, default, Payload, out _));
        }

        using var again = Open();
        Assert.Equal(["a#1 1"], ReadReadings(again));
    }

    private LogOptions SmallOptions(long reserveBytes = 0) => new()
    {
        Directory = LogDirectory,
        SegmentSizeBytes = 4_096,
        DiskLimitBytes = 100_000 + reserveBytes,
        ReserveBytes = reserveBytes,
        RetentionAge = TimeSpan.FromDays(1),
    };

    /// <summary>The log is measured by the clock.</summary>
    private bool Tick(Func<bool> condition)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return condition();
    }

    private static List<bool> Admissions(DurableLog log)
    {
        var found = new List<bool>();
        using var reader = log.OpenReader(LogPosition.Beginning, RecordKinds.Of(RecordKind.Admission));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                found.Add(AdmissionRecord.Read(record.Body).IsFull);
            }
        }

        return found;
    }

    private static async Task FillAsync(DurableLog log)
    {
        for (var count = 0; count < 1_000; count++)
        {
            var result = log.TryAppend(RecordKind.Reading, "devices/d/vitals"u8, default, Payload, out var commit);
            if (result == AppendResult.Full)
            {
                return;
            }

            Assert.Equal(AppendResult.Appended, result);
            await commit!.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        }

        Assert.Fail("It never was full.");
    }
}
