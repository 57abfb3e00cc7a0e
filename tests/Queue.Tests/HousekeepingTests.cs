using IoTGateway.Queue.Checkpoints;
using IoTGateway.Tests.Support;

namespace IoTGateway.Queue.Tests;

public class HousekeepingTests : LogTest
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly RecordKinds Readings = RecordKinds.Of(RecordKind.Reading);

    [Fact]
    public async Task Retention_ConsumedAndOld_SegmentsGoAndStateStays()
    {
        using (var log = Open(Small(), new CountingProjection()))
        {
            using var consumer = log.OpenConsumer("storage", Readings, log.Start);
            await FillAsync(log, 300);
            var before = SegmentFiles().Length;
            Assert.True(before > 5);
            ConsumeAll(consumer);

            Clock.Advance(TimeSpan.FromHours(2));
            await FillAsync(log, 100);
            ConsumeAll(consumer);
            await Eventually.HoldsAsync("old segments are deleted", Deadline, () => SegmentFiles().Length < before, Cancellation);
            Assert.Null(log.Failure);
        }

        var counting = new CountingProjection();
        using var again = Open(Small(), counting);
        Assert.Equal(400, counting.Counts["a"]);
        Assert.True(again.Start > new LogPosition(4096));
        await AppendAsync(again, "a", "next");
        Assert.StartsWith("a#401 ", ReadReadings(again)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retention_SlowConsumer_KeepsWhatItHasNotSeen()
    {
        using var log = Open(Small());
        using var slow = log.OpenConsumer("slow", Readings, log.Start);
        await FillAsync(log, 300);
        Clock.Advance(TimeSpan.FromHours(5));
        await FillAsync(log, 100);
        await Eventually.HoldsAsync("checkpoints are written", Deadline, () => log.Checkpoints.OldestPosition("log") > new LogPosition(40_000), Cancellation);

        var seen = 0;
        while (slow.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                Assert.Equal(++seen, record.Sequence);
            }
        }

        Assert.Equal(400, seen);
    }

    [Fact]
    public async Task Retention_ConsumerNotOpenedSinceTheStart_KeepsWhatItHasNotSeen()
    {
        using (var log = Open(Small()))
        {
            using var slow = log.OpenConsumer("slow", Readings, log.Start);
            await FillAsync(log, 10);
            slow.Advance(log.Start);
        }

        using var again = Open(Small());
        await FillAsync(again, 300);
        Clock.Advance(TimeSpan.FromHours(5));
        await FillAsync(again, 100);
        await Eventually.HoldsAsync("checkpoints are written", Deadline, () => again.Checkpoints.OldestPosition("log") > new LogPosition(40_000), Cancellation);
        Assert.Equal(410, ReadReadings(again).Count);
    }

    [Fact]
    public async Task Retention_TooManyBytes_OldestGoFirstAlthoughYoung()
    {
        using var log = Open(Options(segmentSizeBytes: 4096, retentionBytes: 20_000));
        await FillAsync(log, 600);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.HoldsAsync(
            "the size is kept", Deadline, () => SegmentFiles().Sum(file => new FileInfo(file).Length) < 30_000, Cancellation);
        Assert.StartsWith("a#600 ", ReadReadings(log)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void CheckpointStore_Save_KeepsTwoAndLoadsTheNewest()
    {
        var store = NewStore();
        store.Save("x", 1, new LogPosition(10), "ten"u8);
        store.Save("x", 1, new LogPosition(20), "twenty"u8);
        store.Save("x", 1, new LogPosition(30), "thirty"u8);

        Assert.Equal(2, Directory.GetFiles(LogDirectory).Length);
        Assert.Equal(new LogPosition(20), store.OldestPosition("x"));
        var loaded = store.Load("x", 1)!;
        Assert.Equal(new LogPosition(30), loaded.Position);
        Assert.True(loaded.State.Span.SequenceEqual("thirty"u8));
        Assert.Null(store.Load("y", 1));
    }

    [Fact]
    public void CheckpointStore_NewestDamaged_LoadsTheOneBefore()
    {
        var store = NewStore();
        store.Save("x", 1, new LogPosition(10), "ten"u8);
        store.Save("x", 1, new LogPosition(20), "twenty"u8);
        var newest = Directory.GetFiles(LogDirectory).Order(StringComparer.Ordinal).Last();
        var bytes = File.ReadAllBytes(newest);
        bytes[^1] ^= 1;
        File.WriteAllBytes(newest, bytes);

        Assert.Equal(new LogPosition(10), store.Load("x", 1)!.Position);
    }

    [Fact]
    public void CheckpointStore_OtherVersion_Refuses()
    {
        var store = NewStore();
        store.Save("x", 2, new LogPosition(10), "ten"u8);
        Assert.Contains("format 2", Assert.Throws<InvalidDataException>(() => store.Load("x", 1)).Message, StringComparison.Ordinal);
    }

    private CheckpointStore NewStore()
    {
        Disk.CreateDirectory(LogDirectory);
        return new CheckpointStore(Disk, LogDirectory);
    }

    private LogOptions Small() => Options(segmentSizeBytes: 4096, retentionAge: TimeSpan.FromHours(1));

    private static async Task FillAsync(DurableLog log, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await AppendAsync(log, "a", new string('x', 60));
        }
    }

    private static void ConsumeAll(LogConsumer consumer)
    {
        while (consumer.TryRead(out var frame))
        {
            consumer.Advance(frame.Next);
        }
    }
}
