using System.Diagnostics;
using System.Globalization;
using IoTGateway.Queue.Files;
using IoTGateway.Readings.Clocks;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests;

/// <summary>From the log to the built-in store, decoding included: the goal is 50,000 readings of 6 signals a second, a third is asserted.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class StorageConsumerThroughputTests(ITestOutputHelper output) : IDisposable
{
    private readonly LogFixture _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Run_Backlog_IsDrainedQuickly()
    {
        const int Devices = 500;
        const int Seconds = 200;
        for (var second = 0; second < Seconds; second++)
        {
            await _log.AppendAsync(batch =>
            {
                for (var device = 0; device < Devices; device++)
                {
                    LogFixture.AddReading(
                        batch, string.Create(CultureInfo.InvariantCulture, $"monitor-{device:0000}"),
                        $$"""{"ts":{{Noon.UnixMilliseconds + (second * 1_000)}},"hr":{{60 + (second % 40)}},"spo2":97,"rr":14,"sbp":120,"art_sbp":118,"temp":36.8}""");
                }
            });
        }

        var end = _log.Log.End;
        using var store = BuiltInStore.Open(new BuiltInStoreOptions { Directory = _log["store"] }, TimeProvider.System, new Random(1), NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        using var consumer = new StorageConsumer("store", _log.Log, store, Catalogue, _log.CensusBefore, new ClockOffsetHistory(), _log.Draining, new RealDisk(), TimeProvider.System, new Random(1), NullLogger.Instance);
        var watch = Stopwatch.StartNew();
        var ended = consumer.RunAsync(stop.Token);
        await Eventually.HoldsAsync("the backlog is stored", TimeSpan.FromSeconds(60), () => store.Cursor >= end, TestContext.Current.CancellationToken);
        var perSecond = Devices * Seconds / (watch.Elapsed - store.GatherAtMost).TotalSeconds;
        await stop.CancelAsync();
        await ended;

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{perSecond:0} readings of 6 signals a second"));
        Assert.Equal(Devices * Seconds, consumer.Readings);
        Assert.Equal(0, consumer.Skipped);
        Assert.True(perSecond > 50_000 / 3.0, $"only {perSecond:0} readings a second");
    }
}
