namespace IoTGateway.Queue.Tests.Draining;

public sealed class PauseTests : DrainingTest
{
    [Fact]
    public async Task Pause_WhileDelivering_StandsStillAndGoesOnWithoutALoss()
    {
        using var log = Open();
        var handler = new RecordingHandler();
        await using var sink = Start(log, handler);
        await AppendAsync(log, "a", "x");
        await UntilAsync("the first is delivered", () => handler.Delivered.Length == 1);

        await log.PauseConsumer("sink")!.Task.WaitAsync(Deadline, Cancellation);
        Assert.True(Assert.Single(log.Consumers).IsPaused);
        Assert.Null(log.PauseConsumer("sink"));
        await AppendAsync(log, "a", "x");
        await AppendAsync(log, "b", "x");
        Assert.False(sink.Consumer.TryRead(out _));
        Assert.Single(handler.Delivered);

        await log.ResumeConsumer("sink")!.Task.WaitAsync(Deadline, Cancellation);
        await UntilAsync("the others are delivered", () => handler.Delivered.Length == 3);
        Assert.Equal(["a#1", "a#2", "b#1"], handler.Delivered);
    }

    [Fact]
    public async Task Pause_SinkHangs_IsEndedAndComesAgain()
    {
        using var log = Open();
        var hangs = new TaskCompletionSource();
        var handler = new RecordingHandler
        {
            Before = (_, cancellation) =>
            {
                hangs.TrySetResult();
                return new TaskCompletionSource().Task.WaitAsync(cancellation);
            },
        };
        await AppendAsync(log, "a", "x");
        await using var sink = Start(log, handler);
        await hangs.Task.WaitAsync(Deadline, Cancellation);
        log.PauseConsumer("sink");
        handler.Before = (_, _) => Task.CompletedTask;
        log.ResumeConsumer("sink");
        await UntilAsync("it is delivered", () => handler.Delivered.Length == 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pause_Restarted_HoldsUntilResumed(bool withCheckpoint)
    {
        var options = Options(segmentSizeBytes: withCheckpoint ? 1 : 64 << 20);
        using (var log = Open(options))
        {
            await AppendAsync(log, "a", "x");
            log.OpenConsumer("sink", RecordKinds.Of(RecordKind.Reading), log.Start).Dispose();
            await log.PauseConsumer("sink")!.Task.WaitAsync(Cancellation);
            await AppendAsync(log, "a", "x");
            if (withCheckpoint)
            {
                await AppendAsync(log, "a", "x");
                await UntilAsync("there is a checkpoint", () => log.Checkpoints.OldestPosition("log") is not null);
            }
        }

        using var reopened = Open(options);
        Assert.True(reopened.ConsumerNames["sink"]);
        var handler = new RecordingHandler();
        await using var sink = Start(reopened, handler);
        Assert.True(sink.Consumer.IsPaused);
        Assert.Empty(handler.Delivered);
        reopened.ResumeConsumer("sink");
        await UntilAsync("all are delivered", () => handler.Delivered.Length == (withCheckpoint ? 3 : 2));
    }

    [Fact]
    public async Task Remove_OpenConsumer_IsRefused_ClosedOneIsForgotten()
    {
        using var log = Open();
        await AppendAsync(log, "a", "x");
        var consumer = log.OpenConsumer("old", RecordKinds.Of(RecordKind.Reading), log.Start);
        Assert.True(consumer.TryRead(out var frame));
        consumer.Advance(frame.Next);
        Assert.Throws<InvalidOperationException>(() => log.RemoveConsumer("old"));
        consumer.Dispose();
        await AppendAsync(log, "b", "x");
        Assert.Contains("old", log.ConsumerNames.Keys);
        await log.RemoveConsumer("old").Task.WaitAsync(Cancellation);
        Assert.DoesNotContain("old", log.ConsumerNames.Keys);
        using var again = log.OpenConsumer("old", RecordKinds.Of(RecordKind.Reading), log.Start);
        Assert.True(again.TryRead(out _));
    }

    [Fact]
    public async Task Open_NewConsumerAtATime_BeginsThere()
    {
        using var log = Open(Options(segmentSizeBytes: 1));
        var times = new List<DateTimeOffset>();
        for (var number = 1; number <= 20; number++)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            times.Add(Clock.GetUtcNow());
            await AppendAsync(log, "a", "x");
        }

        for (var index = 0; index < times.Count; index++)
        {
            using var consumer = log.OpenConsumer("new-" + index, RecordKinds.Of(RecordKind.Reading), log.PositionAt(times[index]));
            Assert.True(consumer.TryRead(out var frame));
            Assert.Equal(index + 1, First(frame));
        }

        Assert.Equal(log.End, log.PositionAt(times[^1] + TimeSpan.FromSeconds(1)));
        Assert.Equal(log.Start, log.PositionAt(times[0] - TimeSpan.FromHours(1)));
    }

    private static long First(LogFrame frame)
    {
        foreach (var record in frame)
        {
            return record.Sequence;
        }

        return 0;
    }
}
