using IoTGateway.Queue.Draining;

namespace IoTGateway.Queue.Tests.Draining;

public sealed class SinkRunnerTests : DrainingTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Run_ManyTopics_EachInOrderAndTheCursorBehindThem(int lanes)
    {
        using var log = Open();
        var handler = new RecordingHandler();
        await using var sink = Start(log, handler, Draining with { Lanes = lanes, RecordsAtMost = 3 });
        for (var number = 1; number <= 20; number++)
        {
            foreach (var topic in new[] { "a", "b", "c", "d", "e" })
            {
                await AppendAsync(log, topic, "x");
            }
        }

        var end = log.End;
        await UntilAsync("all are delivered", () => handler.Delivered.Length == 100 && sink.Consumer.Position >= end);
        foreach (var topic in new[] { "a", "b", "c", "d", "e" })
        {
            Assert.Equal(Names(topic, 20), handler.DeliveredOf(topic));
        }

        Assert.Null(sink.Runner.Failure);
    }

    [Fact]
    public async Task Run_SinkAway_EverythingWaitsAndNothingIsParked()
    {
        using var log = Open();
        var handler = new RecordingHandler { Answer = _ => Delivery.Away("The sink is away.") };
        await using var sink = Start(log, handler);
        await AppendAsync(log, "a", "x");
        await AppendAsync(log, "b", "x");
        await UntilAsync("it has tried often", () => handler.Calls > 20, TimeSpan.FromMinutes(1));
        Assert.Empty(handler.Delivered);
        Assert.Empty(sink.Runner.Parked);
        Assert.Equal("The sink is away.", sink.Runner.AwayReason);
        Assert.Equal(log.Start, sink.Consumer.Position);

        handler.Answer = _ => null;
        await UntilAsync("all are delivered", () => handler.Delivered.Length == 2, TimeSpan.FromMinutes(1));
        Assert.Equal(["a#1", "b#1"], handler.Delivered);
        Assert.Null(sink.Runner.AwayReason);
    }

    [Fact]
    public async Task Run_NoRoomForTheSideFile_WaitsForItAndLosesNothing()
    {
        using var log = Open();
        var handler = new RecordingHandler { Answer = names => Holding("bad")(names) ? Delivery.Refused("It is bad.") : null };
        await AppendAsync(log, "bad", "x");
        await AppendAsync(log, "good", "x");
        await using var sink = Start(log, handler);
        Disk.WritableBytes = 0;
        await UntilAsync("it waits for room", () => sink.Runner.AwayReason?.Contains("no space left", StringComparison.Ordinal) == true);
        Assert.Null(sink.Runner.Failure);

        Disk.WritableBytes = null;
        await UntilAsync("the bad one is parked", () => sink.Runner.Parked is [{ Topic: "bad" }], TimeSpan.FromSeconds(10));
        Assert.Contains("good#1", handler.Delivered);
        handler.Answer = _ => null;
        await UntilAsync("all are delivered", () => handler.Delivered.Contains("bad#1"), TimeSpan.FromMinutes(1));
        Assert.Null(sink.Runner.Failure);
    }

    [Fact]
    public async Task Run_SinkAway_IsTriedLessAndLessOften()
    {
        using var log = Open();
        var handler = new RecordingHandler { Answer = _ => Delivery.Away("away") };
        await using var sink = Start(log, handler, Draining with { RetryFirst = TimeSpan.FromSeconds(1), RetryAtMost = TimeSpan.FromMinutes(1) });
        await AppendAsync(log, "a", "x");
        var started = Clock.GetUtcNow();
        await UntilAsync("it has tried ten times", () => handler.Calls >= 10, TimeSpan.FromMilliseconds(500));

        // 1 + 2 + 4 + … + 32 + 60 + 60 + 60 s, of each at least half.
        Assert.True(Clock.GetUtcNow() - started > TimeSpan.FromSeconds(100));
    }

    [Fact]
    public async Task Run_OneTopicFails_OthersGoOnAndItFollowsInOrderOnceItWorks()
    {
        using var log = Open();
        var poisoned = true;
        var handler = new RecordingHandler { Answer = names => poisoned && Holding("bad")(names) ? Delivery.Refused("No.") : null };
        await using var sink = Start(log, handler);
        for (var number = 1; number <= 10; number++)
        {
            await AppendAsync(log, "good", "x");
            await AppendAsync(log, "bad", "x");
            await AppendAsync(log, "fine", "x");
        }

        var end = log.End;
        await UntilAsync("the others are delivered and the cursor has passed", () => handler.Delivered.Length == 20 && sink.Consumer.Position >= end);
        var parked = Assert.Single(sink.Runner.Parked);
        Assert.Equal(("bad", 10L, 1L, "No."), (parked.Topic, parked.Records, parked.FirstSequence, parked.Reason));

        poisoned = false;
        await AppendAsync(log, "bad", "x");
        await UntilAsync("it follows", () => handler.DeliveredOf("bad").Count() == 11, TimeSpan.FromSeconds(1));
        Assert.Equal(Names("bad", 11), handler.DeliveredOf("bad"));
        Assert.Equal(Names("good", 10), handler.DeliveredOf("good"));
        Assert.Empty(sink.Runner.Parked);
        Assert.Empty(DeadLetters(log));
        Assert.Empty(Directory.GetFiles(ParkedDirectory));
    }

    [Fact]
    public async Task Run_OneRecordIsPoisoned_ItAloneBecomesADeadLetter()
    {
        using var log = Open();
        var handler = new RecordingHandler { Answer = names => names.Contains("bad#4") ? Delivery.Refused("It is poisoned.") : null };
        await using var sink = Start(log, handler, Draining with { ParkedTriesAtMost = 3 });
        for (var number = 1; number <= 10; number++)
        {
            await AppendAsync(log, "bad", "x");
            await AppendAsync(log, "good", "x");
        }

        await UntilAsync("all but one are delivered", () => handler.Delivered.Length == 19 && sink.Runner.Parked.Count == 0, TimeSpan.FromSeconds(1));
        Assert.Equal(Names("bad", 10).Except(["bad#4"]), handler.DeliveredOf("bad"));
        Assert.Equal(["bad#4"], DeadLetters(log));
        Assert.Equal(1, sink.Runner.DeadLetters);
    }

    [Fact]
    public async Task Run_HandlerHangsForOneTopic_ThatTopicIsParked()
    {
        using var log = Open();
        var handler = new RecordingHandler
        {
            Before = (names, cancellation) => Holding("bad")(names) ? new TaskCompletionSource().Task.WaitAsync(cancellation) : Task.CompletedTask,
        };
        for (var number = 1; number <= 3; number++)
        {
            await AppendAsync(log, "good", "x");
            await AppendAsync(log, "bad", "x");
            await AppendAsync(log, "fine", "x");
        }

        await using var sink = Start(log, handler, Draining with { Deadline = TimeSpan.FromSeconds(5) });
        await UntilAsync("the others are delivered", () => handler.Delivered.Length == 6 && sink.Runner.Parked.Count == 1);
        Assert.Equal("bad", sink.Runner.Parked[0].Topic);
        Assert.Contains("did not answer within 5 s", sink.Runner.Parked[0].Reason, StringComparison.Ordinal);
        handler.Before = (_, _) => Task.CompletedTask;
        await UntilAsync("it follows", () => handler.DeliveredOf("bad").Count() == 3, TimeSpan.FromSeconds(1));
        Assert.Equal(Names("bad", 3), handler.DeliveredOf("bad"));
    }

    [Fact]
    public async Task Run_HandlerHangsForEverybody_CountsAsAwayAndNobodyIsParked()
    {
        using var log = Open();
        var handler = new RecordingHandler { Before = (_, cancellation) => new TaskCompletionSource().Task.WaitAsync(cancellation) };
        foreach (var topic in new[] { "a", "b", "c", "d", "e" })
        {
            await AppendAsync(log, topic, "x");
        }

        await using var sink = Start(log, handler, Draining with { Deadline = TimeSpan.FromSeconds(5) });
        await UntilAsync("it has tried often", () => handler.Calls > 20, TimeSpan.FromSeconds(5));
        Assert.Empty(sink.Runner.Parked);
        handler.Before = (_, _) => Task.CompletedTask;
        await UntilAsync("all are delivered", () => handler.Delivered.Length == 5, TimeSpan.FromSeconds(5));

        // Of several topics any may come first: each is tried again when its own time has come.
        Assert.Equal(["a#1", "b#1", "c#1", "d#1", "e#1"], handler.Delivered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_HandlerThrows_CountsAgainstTheTopic()
    {
        using var log = Open();
        var handler = new RecordingHandler { Before = (names, _) => Holding("bad")(names) ? throw new FormatException("Not like this.") : Task.CompletedTask };
        await AppendAsync(log, "bad", "x");
        await AppendAsync(log, "good", "x");
        await using var sink = Start(log, handler);
        await UntilAsync("the other is delivered", () => handler.Delivered.Length == 1 && sink.Runner.Parked.Count == 1);
        Assert.Equal("FormatException: Not like this.", sink.Runner.Parked[0].Reason);
        Assert.Null(sink.Runner.Failure);
    }

    [Fact]
    public async Task Run_SinkStops_SaysWhyAndKeepsItsPlace()
    {
        using var log = Open();
        var handler = new RecordingHandler { Before = (_, _) => throw new SinkStoppedException("The disk is broken. Mend it.") };
        await AppendAsync(log, "a", "x");
        await using var sink = Start(log, handler);
        await UntilAsync("it has failed", () => sink.Runner.Failure is not null);
        Assert.Equal("The disk is broken. Mend it.", sink.Runner.Failure!.Message);
        Assert.Equal(log.Start, sink.Consumer.Position);
    }

    [Fact]
    public async Task Run_SideFileFull_WhatComesFurtherBecomesDeadLettersInOrder()
    {
        using var log = Open();
        var handler = new RecordingHandler { Answer = names => Holding("bad")(names) ? Delivery.Refused("No.") : null };
        await using var sink = Start(log, handler, Draining with { ParkedBytesAtMost = 64 << 10, RecordsAtMost = 10, RetryFirst = TimeSpan.FromHours(1), RetryAtMost = TimeSpan.FromHours(2) });
        var large = new string('x', 1_000);
        for (var number = 1; number <= 60; number++)
        {
            await AppendAsync(log, "bad", large);
            await AppendAsync(log, "good", "x");
        }

        var end = log.End;
        await UntilAsync("the cursor has passed them", () => handler.Delivered.Length == 60 && sink.Consumer.Position.Address >= end.Address);
        var parked = Assert.Single(sink.Runner.Parked);
        var dead = DeadLetters(log);
        Assert.NotEmpty(dead);
        Assert.Equal(Names("bad", 60), dead.Concat(Names("bad", (int)parked.Records, (int)parked.FirstSequence)));
        Assert.InRange(new FileInfo(Path.Combine(ParkedDirectory, "sink.parked")).Length, 1, 2 * (64 << 10) + (1 << 20));
    }

    [Fact]
    public async Task Run_TopicParked_PinsNoSegment()
    {
        using var log = Open(Options(segmentSizeBytes: 1, retentionAge: TimeSpan.Zero, retentionBytes: 0));
        var handler = new RecordingHandler { Answer = names => Holding("bad")(names) ? Delivery.Refused("No.") : null };
        await using var sink = Start(log, handler, Draining with { ParkedTriesAtMost = 1_000, ParkedAtMost = TimeSpan.FromDays(1_000) });
        await AppendAsync(log, "bad", "x");
        var first = log.Start;
        for (var number = 1; number <= 20; number++)
        {
            await AppendAsync(log, "good", "x");
        }

        await UntilAsync("the oldest segments are deleted", () => log.Start > first && handler.Delivered.Length == 20, TimeSpan.FromSeconds(10));
        Assert.Equal(("bad", 1L), (sink.Runner.Parked[0].Topic, sink.Runner.Parked[0].Records));
        handler.Answer = _ => null;
        await UntilAsync("it is delivered all the same", () => handler.DeliveredOf("bad").Any(), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Run_RecordsOfNoTopic_GoToEveryLaneBeforeWhatFollows()
    {
        using var log = Open();
        var handler = new RecordingHandler();
        await using var sink = Start(log, handler, Draining with { Lanes = 3 });
        await log.Append(RecordKind.Census, null, "census"u8).Task.WaitAsync(Cancellation);
        await AppendAsync(log, "a", "x");
        await UntilAsync("all are delivered", () => handler.Delivered.Length == 4);
        Assert.Equal(3, handler.Delivered.Count(name => name == "census"));
    }

    [Fact]
    public async Task Replay_ATopicFromASequenceNumber_ComesAgainAndTheCursorStays()
    {
        using var log = Open();
        var handler = new RecordingHandler();
        await using var sink = Start(log, handler);
        for (var number = 1; number <= 5; number++)
        {
            await AppendAsync(log, "a", "x");
            await AppendAsync(log, "b", "x");
        }

        await UntilAsync("all are delivered", () => handler.Delivered.Length == 10 && sink.Consumer.Position == log.End);
        var position = sink.Consumer.Position;
        var count = await sink.Runner.ReplayAsync(new ReplayRange { Topic = "a", FromSequence = 3, ToSequence = 4 }, Cancellation).WaitAsync(Deadline, Cancellation);
        Assert.Equal(2, count);
        Assert.Equal(["a#3", "a#4"], handler.Delivered[10..]);
        Assert.Equal(position, sink.Consumer.Position);
    }

    [Fact]
    public async Task Replay_DeadLetters_AreDeliveredAsTheyWere()
    {
        using var log = Open();
        var poisoned = true;
        var handler = new RecordingHandler { Answer = names => poisoned && names.Contains("bad#2") ? Delivery.Refused("No.") : null };
        await using var sink = Start(log, handler, Draining with { ParkedTriesAtMost = 1 });
        for (var number = 1; number <= 3; number++)
        {
            await AppendAsync(log, "bad", "x");
        }

        await UntilAsync("it is given up", () => sink.Runner.DeadLetters == 1 && sink.Runner.Parked.Count == 0, TimeSpan.FromSeconds(1));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => sink.Runner.ReplayAsync(new ReplayRange { DeadLetters = true }, Cancellation));
        Assert.Contains("refused", refused.Message, StringComparison.Ordinal);
        poisoned = false;
        Assert.Equal(1, await sink.Runner.ReplayAsync(new ReplayRange { DeadLetters = true, Topic = "bad" }, Cancellation));
        Assert.Equal("bad#2", handler.Delivered[^1]);
    }
}
