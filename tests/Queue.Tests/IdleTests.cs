using IoTGateway.Tests.Support;

namespace IoTGateway.Queue.Tests;

public class IdleTests : LogTest
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Consumers that have read everything, cursors that were written, timers that go on: none of it is a reason to write.</summary>
    [Fact]
    public async Task Log_NothingHappens_WritesNothingForAMinute()
    {
        using var log = Open(Options(), new CountingProjection());
        using var sink = log.OpenConsumer("sink", RecordKinds.Of(RecordKind.Reading), log.Start);
        using var watcher = log.OpenConsumer("watcher", RecordKinds.Of(RecordKind.DeviceStatus), log.Start);
        await AppendAsync(log, "a", "reading");
        while (sink.TryRead(out var frame))
        {
            sink.Advance(frame.Next);
        }

        // The sink's cursor waits a second for company and is then written alone.
        var read = log.End;
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync("the cursor is written", Deadline, () => log.End > read, Cancellation);
        ReadOn(sink);
        ReadOn(watcher);

        var writes = Disk.Writes;
        var end = log.End;
        for (var second = 0; second < 90; second++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            ReadOn(sink);
            ReadOn(watcher);
        }

        // One more append shows that the writer is done with whatever was asked of it before.
        await AppendAsync(log, "a", "last");
        Assert.Equal(writes + 1, Disk.Writes);
        Assert.Equal(end, FirstFrameBehind(log, end));
    }

    private static void ReadOn(LogConsumer consumer)
    {
        while (consumer.TryRead(out _))
        {
        }
    }

    private static LogPosition FirstFrameBehind(DurableLog log, LogPosition place)
    {
        using var reader = log.OpenReader(place, RecordKinds.Of(RecordKind.Reading));
        Assert.True(reader.TryRead(out var frame));
        return frame.Position;
    }
}
