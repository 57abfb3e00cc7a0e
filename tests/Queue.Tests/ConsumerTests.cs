using IoTGateway.Tests.Support;

namespace IoTGateway.Queue.Tests;

public class ConsumerTests : LogTest
{
    private static readonly RecordKinds Readings = RecordKinds.Of(RecordKind.Reading);

    [Fact]
    public async Task Advance_ThenRestart_GoesOnBehindTheCursor()
    {
        using (var log = Open())
        {
            await AppendAsync(log, "a", "1");
            await AppendAsync(log, "a", "2");
            using var consumer = log.OpenConsumer("storage", Readings, log.Start);
            Assert.True(consumer.TryRead(out var frame));
            consumer.Advance(frame.Next);
        }

        using var again = Open();
        using var resumed = again.OpenConsumer("storage", Readings, again.Start);
        Assert.Equal(["a#2 2"], Drain(resumed));
    }

    [Fact]
    public async Task TryRead_TwoConsumers_EachAtItsOwnPace()
    {
        using var log = Open();
        using var quick = log.OpenConsumer("quick", Readings, log.Start);
        using var slow = log.OpenConsumer("slow", Readings, log.Start);
        await AppendAsync(log, "a", "1");
        await AppendAsync(log, "a", "2");

        Assert.Equal(["a#1 1", "a#2 2"], Drain(quick));

        var status = log.Consumers.ToDictionary(consumer => consumer.Name);
        Assert.Equal(0, status["quick"].Depth);
        Assert.True(status["slow"].Depth >= 2);
        Assert.Equal(Clock.GetUtcNow().ToUnixTimeMilliseconds(), status["slow"].OldestUnixMilliseconds);
        Assert.Equal(["a#1 1", "a#2 2"], Drain(slow));
    }

    [Fact]
    public async Task AdvanceWithOutputs_Always_CursorAndOutputsStandTogether()
    {
        using (var log = Open())
        {
            await AppendAsync(log, "a", "1");
            using var consumer = log.OpenConsumer("rules", Readings, log.Start);
            Assert.True(consumer.TryRead(out var frame));
            var outputs = new LogBatch();
            outputs.Add(RecordKind.AlertEvent, "alert-events/icu/p1", "raised"u8);
            await consumer.Advance(frame.Next, outputs).Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        }

        // Cut the last frame, which holds both: then neither is there.
        var file = SegmentFiles().Single();
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        await File.WriteAllBytesAsync(file, bytes[..^1], Cancellation);
        using var again = Open();
        using var resumed = again.OpenConsumer("rules", Readings, again.Start);
        using var events = again.OpenReader(LogPosition.Beginning, RecordKinds.Of(RecordKind.AlertEvent));
        Assert.Equal(["a#1 1"], Drain(resumed));
        Assert.Empty(ReadAll(events));
    }

    [Fact]
    public async Task TryRead_OnlyForeignKinds_MovesOnWithoutWriting()
    {
        using var log = Open();
        using var consumer = log.OpenConsumer("mqtt-alerts", RecordKinds.Of(RecordKind.AlertEvent), log.Start);
        await AppendAsync(log, "a", "1");
        var writes = Disk.Writes;

        Assert.False(consumer.TryRead(out _));
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(log.End, consumer.Position);
        Assert.Equal(0, log.Consumers.Single().Depth);
        Assert.Equal(writes, Disk.Writes);
    }

    [Fact]
    public async Task Advance_WithoutOtherAppends_IsWrittenAfterASecond()
    {
        using var log = Open();
        using var consumer = log.OpenConsumer("storage", Readings, log.Start);
        await AppendAsync(log, "a", "1");
        Drain(consumer);
        var before = log.End;

        Clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(before, log.End);
        Clock.Advance(TimeSpan.FromSeconds(0.2));
        await log.WaitBeyondAsync(before, Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        var writes = Disk.Writes;

        // The cursor's own record is nothing to consume: no further writes follow from it.
        Assert.Empty(Drain(consumer));
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(writes, Disk.Writes);
    }

    [Fact]
    public async Task OpenConsumerAt_BeyondTheEnd_NamesTheGap()
    {
        using var log = Open();
        await AppendAsync(log, "a", "1");
        var failure = Assert.Throws<LogCorruptException>(() => log.OpenConsumerAt("store", Readings, new LogPosition(1_000_000)));
        Assert.Contains("store", failure.Message, StringComparison.Ordinal);
        Assert.Contains("1000000", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenConsumer_FirstFrameStillOnItsWay_BeginsBeforeIt()
    {
        using var log = Open();
        Disk.HoldFlushes(after: 1); // The segment's header is flushed, its first frame is not.
        var commit = log.Append(RecordKind.Reading, "a", "1"u8);
        await Eventually.HoldsAsync("the frame is written", TimeSpan.FromSeconds(30), () => Disk.Writes == 2, Cancellation);

        using var consumer = log.OpenConsumer("early", Readings, log.Start);
        Assert.Empty(Drain(consumer));
        Disk.ReleaseFlushes();
        await commit.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal(["a#1 1"], Drain(consumer));
    }

    [Fact]
    public async Task WaitAsync_NewRecord_Wakes()
    {
        using var log = Open();
        using var consumer = log.OpenConsumer("storage", Readings, log.End);
        var waiting = consumer.WaitAsync(Cancellation);
        Assert.False(waiting.IsCompleted);
        await AppendAsync(log, "a", "1");
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal(["a#1 1"], Drain(consumer));
    }

    [Fact]
    public async Task Depths_OfARunningLog_CountPerTopicAndConsumer()
    {
        using var log = Open();
        using var consumer = log.OpenConsumer("storage", Readings, log.Start);
        await AppendAsync(log, "a", "1");
        Drain(consumer);
        await AppendAsync(log, "b", "1"); // The cursor rides along with this.
        Clock.Advance(TimeSpan.FromSeconds(0.1));
        await AppendAsync(log, "a", "2");

        var depths = LogSnapshot.Open(LogDirectory, new Files.RealDisk()).Depths().ToDictionary(row => row.Topic);
        Assert.Equal((2L, 1L), (depths["a"].LastSequence, depths["a"].Depth));
        Assert.Equal((1L, 1L), (depths["b"].LastSequence, depths["b"].Depth));
        Assert.True(depths["a"].OldestUnixMilliseconds > depths["b"].OldestUnixMilliseconds);
        Assert.All(depths.Values, row => Assert.Equal("storage", row.Consumer));
    }

    private static List<string> Drain(LogConsumer consumer)
    {
        var found = new List<string>();
        while (consumer.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                found.Add($"{record.Topic?.Name}#{record.Sequence} {System.Text.Encoding.UTF8.GetString(record.Body)}");
            }

            consumer.Advance(frame.Next);
        }

        return found;
    }
}
