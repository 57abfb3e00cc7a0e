using System.Diagnostics.Metrics;
using IoTGateway.Queue.Figures;
using IoTGateway.Tests.Support;

namespace IoTGateway.Queue.Tests.Figures;

public sealed class QueueFiguresTests : LogTest
{
    private static readonly RecordKinds Readings = RecordKinds.Of(RecordKind.Reading);

    [Fact]
    public async Task Of_ConsumersAtTheirOwnPace_TellsDepthAndOldestOfEachTopic()
    {
        using var log = Open();
        using var quick = log.OpenConsumer("quick", Readings, log.Start);
        using var slow = log.OpenConsumer("slow", Readings, log.Start);
        using var figures = new QueueFigures(log, Clock);
        var first = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await AppendAsync(log, "a", "x");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await AppendAsync(log, "a", "x");
        await AppendAsync(log, "b", "x");
        await AppendAsync(log, "status", "x", RecordKind.DeviceStatus);
        var read = Drain(quick, frames: 3);
        Assert.Equal(3, read);

        Assert.Equal(
            [("a", "quick", 0L, (long?)null), ("b", "quick", 0, null), ("a", "slow", 2, first), ("b", "slow", 1, first + 1_000)],
            figures.Of().Select(row => (row.Topic, row.Consumer, row.Depth!.Value, row.OldestUnixMilliseconds)));
        Drain(slow, frames: 1);
        Assert.Equal([("quick", 0L, (long?)null), ("slow", 1, first + 1_000)], figures.Of("a").Select(row => (row.Consumer, row.Depth!.Value, row.OldestUnixMilliseconds)));
        Assert.Empty(figures.Of("unknown"));
    }

    [Fact]
    public async Task Of_Restarted_LearnsTheDepthsFromTheLog()
    {
        using (var log = Open())
        {
            using var consumer = log.OpenConsumer("slow", Readings, log.Start);
            foreach (var topic in new[] { "a", "b", "a", "c", "a", "b" })
            {
                await AppendAsync(log, topic, "x");
            }

            Drain(consumer, frames: 3);
        }

        using var again = Open();
        using var resumed = again.OpenConsumer("slow", Readings, again.Start);
        using var figures = new QueueFigures(again, Clock);
        await Eventually.HoldsAsync(
            "the depths are known", TimeSpan.FromSeconds(20), () => figures.Of().All(row => row.Depth is not null), Cancellation);
        Assert.Equal([("a", 1L), ("b", 1), ("c", 1)], figures.Of().Select(row => (row.Topic, row.Depth!.Value)));
        await AppendAsync(again, "d", "x");
        Assert.Equal(1, Assert.Single(figures.Of("d")).Depth);
    }

    [Fact]
    public async Task Of_SomeTime_TellsRates()
    {
        using var log = Open();
        using var consumer = log.OpenConsumer("quick", Readings, log.Start);
        await AppendAsync(log, "a", "x");
        using var figures = new QueueFigures(log, Clock);
        for (var second = 0; second < 90; second++)
        {
            await AppendAsync(log, "a", "x");
            await AppendAsync(log, "a", "x");
            Drain(consumer, frames: 1);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var row = Assert.Single(figures.Of());
        Assert.Equal(2, row.AppendedPerSecond, 1);
        Assert.Equal(1, row.DeliveredPerSecond!.Value, 1);
    }

    [Fact]
    public async Task Meter_AppendsAndRefusals_AreCounted()
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "IoTGateway.Queue")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument.Name, value, tags));
        listener.Start();
        using var log = Open(Options(topics: 1));
        using var consumer = log.OpenConsumer("meter-test", Readings, log.Start);
        await AppendAsync(log, "a", "x");
        Assert.Equal(AppendResult.TooManyTopics, log.TryAppend(RecordKind.Reading, "b"u8, default, default, out _));
        listener.RecordObservableInstruments();
        lock (sums)
        {
            Assert.True(sums["iotgateway.queue.refused TooManyTopics"] >= 1);
            Assert.True(sums["iotgateway.queue.depth meter-test"] >= 1);
            Assert.True(sums["iotgateway.queue.appended.records "] >= 2);
            Assert.True(sums["iotgateway.queue.commit.size "] > 0);
        }

        // Other tests may have logs of their own at the same time.
        void Note(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (sums)
            {
                var key = name + " " + (tags.IsEmpty ? "" : tags[0].Value);
                sums[key] = sums.GetValueOrDefault(key) + value;
            }
        }
    }

    private static int Drain(LogConsumer consumer, int frames)
    {
        var count = 0;
        while (frames-- > 0 && consumer.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                count += record.Sequence > 0 ? 1 : 0;
            }

            consumer.Advance(frame.Next);
        }

        return count;
    }
}
