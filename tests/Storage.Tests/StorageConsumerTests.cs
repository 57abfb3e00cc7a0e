using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Files;
using IoTGateway.Readings.Clocks;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests;

public sealed class StorageConsumerTests : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly LogFixture _log = new();
    private readonly List<(StorageConsumer Consumer, CancellationTokenSource Stop, Task Ended)> _running = [];
    private readonly long _time = Noon.UnixMilliseconds;

    /// <summary>The clock offsets that stood in the log at the start.</summary>
    private ClockOffsetHistory ClockOffsets { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await StopAllAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Run_ReadingsAndCensuses_GivesEachReadingToItsPatient()
    {
        await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time}},"hr":70}""");
        await _log.AppendCensusAsync(Noon, ("p1", "ICU-1", "m1"));
        await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time + 1}},"hr":71,"spo2":97}""");
        await _log.AppendCensusAsync(Noon + TimeSpan.FromSeconds(10), ("p2", "ICU-2", "m1"));
        await _log.AppendReadingAsync("m1", $$"""[{"ts":{{_time + 9_999}},"hr":72},{"ts":{{_time + 10_000}},"hr":73}]""");
        var sink = new RecordingSink();
        Start(sink);
        await UntilAsync("all rows are there", () => sink.Rows.Count == 4);
        Assert.Equal(
            [
                $"m1 m1 unassigned/ {_time} hr=70", // Before any census was known.
                $"m1 p1 ICU/ICU-1 {_time + 1} hr=71 spo2=97",
                $"m1 p1 ICU/ICU-1 {_time + 9_999} hr=72",
                $"m1 p2 ICU/ICU-2 {_time + 10_000} hr=73",
            ],
            sink.Rows);
    }

    [Fact]
    public async Task Run_ClockOffsetInTheLog_HoldsForWhatStandsBehindItAlsoWhenItComesAgain()
    {
        await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time}},"hr":70}""");
        await _log.AppendAsync(batch => batch.Add(RecordKind.ClockOffset, null, new ClockOffsetRecord("m1", TimeSpan.FromSeconds(300)).Write()));
        await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time + 1_000}},"hr":71}""");
        await _log.AppendReadingAsync("m2", $$"""{"ts":{{_time + 1_000}},"hr":72}""");
        await _log.AppendAsync(batch => batch.Add(RecordKind.ClockOffset, null, new ClockOffsetRecord("m1", TimeSpan.Zero).Write()));
        await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time + 2_000}},"hr":73}""");
        string[] expected =
        [
            $"m1 m1 unassigned/ {_time} hr=70",
            $"m1 m1 unassigned/ {_time + 301_000} hr=71",
            $"m2 m2 unassigned/ {_time + 1_000} hr=72",
            $"m1 m1 unassigned/ {_time + 2_000} hr=73",
        ];
        var sink = new RecordingSink();
        var consumer = Start(sink);
        await UntilAsync("all rows are there", () => sink.Rows.Count == 4);
        Assert.Equal(expected, sink.Rows);

        await consumer.Runner.ReplayAsync(new ReplayRange(), TestContext.Current.CancellationToken);

        Assert.Equal([.. expected, .. expected], sink.Rows);
    }

    [Fact]
    public async Task Run_RestartedBehindAClockOffset_StillKnowsIt()
    {
        await _log.AppendAsync(batch => batch.Add(RecordKind.ClockOffset, null, new ClockOffsetRecord("m1", TimeSpan.FromSeconds(300)).Write()));
        await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time}},"hr":70}""");
        ClockOffsets.Apply(_log.Log.Start.Address, "m1", TimeSpan.FromSeconds(300));
        var end = _log.Log.End;
        await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time + 1}},"hr":71}""");
        var sink = new RecordingSink { Cursor = end };
        Start(sink);
        await UntilAsync("the second row is there", () => sink.Rows.Count == 1);

        Assert.Equal([$"m1 m1 unassigned/ {_time + 300_001} hr=71"], sink.Rows);
    }

    [Fact]
    public async Task Run_WhatCannotBeUsed_IsCountedAndPassedOver()
    {
        await _log.AppendReadingAsync("m1", "no JSON");
        await _log.AppendReadingAsync("m1", """{"unknown":1}""");
        await _log.AppendAsync(batch => LogFixture.AddPublish(batch, RecordKind.Reading, "somewhere/else", """{"hr":70}"""));
        await _log.AppendAsync(batch => batch.Add(RecordKind.Reading, "devices/m1/vitals", [1]));
        await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time}},"hr":70}""");
        var end = _log.Log.End;
        var sink = new RecordingSink();
        var consumer = Start(sink);
        await UntilAsync("the good row is there", () => sink.Rows.Count == 1 && sink.Cursor == end);
        Assert.Equal((1, 4), (consumer.Readings, consumer.Skipped));
        Assert.Null(consumer.Failure);
    }

    [Fact]
    public async Task Run_Restarted_GoesOnAtTheSinksCursor()
    {
        await _log.AppendCensusAsync(Noon, ("p1", "ICU-1", "m1"));
        await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time}},"hr":70}""");
        var sink = new RecordingSink();
        Start(sink);
        await UntilAsync("the first row is there", () => sink.Rows.Count == 1 && sink.Cursor is not null);
        await StopAllAsync();
        _log.Reopen();
        await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time + 1}},"hr":71}""");
        Start(sink);
        await UntilAsync("the second row is there", () => sink.Rows.Count == 2);
        Assert.Equal([$"m1 p1 ICU/ICU-1 {_time} hr=70", $"m1 p1 ICU/ICU-1 {_time + 1} hr=71"], sink.Rows);
    }

    [Fact]
    public async Task Run_RestartedWithTheLogsCursor_DoesNotRepeatWhatIsDone()
    {
        await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time}},"hr":70}""");
        var sink = new RecordingSink { KeepsCursor = false };
        Start(sink);
        await UntilAsync("the first row is there", () => sink.Calls.Count == 1);
        await StopAllAsync();
        _log.Reopen();
        await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time + 1}},"hr":71}""");
        Start(sink);
        await UntilAsync("the second row is there", () => sink.Rows.Count >= 2);
        Assert.Equal(2, sink.Rows.Count);
    }

    [Fact]
    public async Task Run_MoreReadingsInAFrameThanTheSinkWants_ComeInParts()
    {
        await _log.AppendAsync(batch =>
        {
            for (var number = 0; number < 25; number++)
            {
                LogFixture.AddReading(batch, "m1", $$"""{"ts":{{_time + number}},"hr":{{50 + number}}}""");
            }
        });
        var end = _log.Log.End;
        var sink = new RecordingSink { RowsAtMost = 10 };
        Start(sink);
        await UntilAsync("all rows are there", () => sink.Rows.Count == 25 && sink.Calls.Count == 3);
        var calls = sink.Calls.ToArray();
        Assert.Equal([10, 10, 5], calls.Select(call => call.Rows));
        Assert.Equal(calls[0].Next, calls[1].Next); // Within a frame the cursor does not move: after a crash it comes again as a whole.
        Assert.Equal(end, calls[2].Next);
        Assert.True(calls[1].Next < calls[2].Next);
    }

    [Fact]
    public async Task Run_SinkHangs_OthersGoOnAndItStopsWhenAsked()
    {
        var hanging = new RecordingSink { Before = cancellation => new TaskCompletionSource().Task.WaitAsync(cancellation) };
        var working = new RecordingSink();
        var stuck = Start(hanging, "influx");
        Start(working);
        for (var number = 0; number < 10; number++)
        {
            await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time + number}},"hr":70}""");
        }

        await UntilAsync("the other sink has all rows", () => working.Rows.Count == 10);
        Assert.Empty(hanging.Rows);
        await StopAllAsync();
        Assert.Null(stuck.Failure);
    }

    [Fact]
    public async Task Run_SinkFails_SaysWhyAndKeepsTheLog()
    {
        var failing = new RecordingSink { Before = _ => throw new IOException("The store is broken. Mend it.") };
        var working = new RecordingSink();
        var told = new TaskCompletionSource<StorageConsumer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var broken = Make(failing, "influx");
        broken.Failed += told.SetResult;
        Run(broken);
        Start(working);
        await _log.AppendReadingAsync("m1", $$"""{"ts":{{_time}},"hr":70}""");

        Assert.Same(broken, await told.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken));
        Assert.Equal("The store is broken. Mend it.", broken.Failure!.Message);
        await UntilAsync("the other sink has the row", () => working.Rows.Count == 1);
        var status = Assert.Single(_log.Log.Consumers, status => status.Name == "influx");
        Assert.True(status.Depth > 0);
    }

    [Fact]
    public async Task Run_MuchThatIsNoReading_MovesTheSinksCursorAlong()
    {
        var sink = new RecordingSink();
        var consumer = Start(sink);
        var kilobyte = new string('x', 1_000);
        for (var round = 0; round < 30; round++)
        {
            await _log.AppendAsync(batch =>
            {
                for (var number = 0; number < 100; number++)
                {
                    LogFixture.AddPublish(batch, RecordKind.DeviceStatus, "devices/m1/status", kilobyte);
                }
            });
        }

        await UntilAsync("the cursor has come along", () => sink.Cursor is { } cursor && _log.Log.End.Address - cursor.Address < 1 << 20);
        Assert.Empty(sink.Rows);
        Assert.InRange(sink.Calls.Count, 1, 3);
        Assert.Null(consumer.Failure);
    }

    [Fact]
    public async Task Run_IntoTheBuiltInStore_StoresEachReadingOnce()
    {
        const int Rounds = 20;
        for (var round = 0; round < Rounds; round++)
        {
            using var store = BuiltInStore.Open(
                new BuiltInStoreOptions { Directory = _log["store"], CommitAge = TimeSpan.Zero, CommitRowsAtMost = 7, LogIdentity = _log.Log.Identity }, TimeProvider.System, new Random(1), NullLogger.Instance);
            Assert.True(store.Cursor is null || store.CursorIdentity == _log.Log.Identity);
            var consumer = Start(store);
            for (var number = 0; number < 10; number++)
            {
                await _log.AppendReadingAsync($"m{number}", $$"""{"ts":{{_time + round}},"hr":{{round}},"spo2":null}""");
            }

            var end = _log.Log.End;
            if (round == Rounds - 1)
            {
                await UntilAsync("everything is stored", () => store.Cursor >= end);
            }

            await StopAllAsync(); // Wherever it is; the next round goes on from the store's cursor.
            Assert.Null(consumer.Failure);
            _log.Reopen();
        }

        using var history = new BuiltInHistory(_log["store"]);
        for (var number = 0; number < 10; number++)
        {
            var series = await history.SeriesAsync($"m{number}", "hr", Noon, Noon + TimeSpan.FromSeconds(1), 1_000, TestContext.Current.CancellationToken);
            Assert.Equal(Enumerable.Range(0, Rounds).Select(round => (double)round), series.Select(point => point.Average));
        }
    }

    private StorageConsumer Make(IReadingSink sink, string name = "store") =>
        new(name, _log.Log, sink, Catalogue, _log.CensusBefore, ClockOffsets, _log.Draining, new RealDisk(), TimeProvider.System, new Random(1), NullLogger.Instance);

    private StorageConsumer Start(IReadingSink sink, string name = "store") => Run(Make(sink, name));

    private StorageConsumer Run(StorageConsumer consumer)
    {
        var stop = new CancellationTokenSource();
        _running.Add((consumer, stop, consumer.RunAsync(stop.Token)));
        return consumer;
    }

    private async Task StopAllAsync()
    {
        foreach (var (consumer, stop, ended) in _running)
        {
            await stop.CancelAsync();
            await ended.WaitAsync(Deadline);
            consumer.Dispose();
            stop.Dispose();
        }

        _running.Clear();
    }

    private static Task UntilAsync(string what, Func<bool> condition) => Eventually.HoldsAsync(what, Deadline, condition, TestContext.Current.CancellationToken);
}
