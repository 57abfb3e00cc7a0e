using System.Diagnostics;
using System.Globalization;
using IoTGateway.Queue;
using IoTGateway.Readings.Census;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.BuiltIn;

/// <summary>The goal is 50,000 readings of 6 signals a second; a third of it is asserted, so that a busy machine does not fail it.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class BuiltInStoreThroughputTests(ITestOutputHelper output) : IDisposable
{
    private readonly StoreFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Store_ThousandDevices_KeepsUp()
    {
        const int Devices = 1_000;
        const int Seconds = 160;
        const int SecondsInABatch = 20;
        var devices = Enumerable.Range(0, Devices).Select(number => string.Create(CultureInfo.InvariantCulture, $"monitor-{number:0000}")).ToArray();
        var people = devices.Select((_, number) => new Assignment($"patient-{number:0000}", "ICU", $"ICU-{number:0000}")).ToArray();
        var random = new Random(20261122);
        var rows = new RowBatch();
        var watch = new Stopwatch();
        _ = _fixture.Store;
        for (var second = 0; second < Seconds; second++)
        {
            for (var device = 0; device < Devices; device++)
            {
                rows.And(
                    devices[device], people[device], Noon + TimeSpan.FromMilliseconds((second * 1_000) + random.Next(25)), Valid(HeartRate, 60 + random.Next(40)),
                    Valid(Saturation, 90 + random.Next(10)), Valid(Respiration, 10 + random.Next(10)), Valid(Systolic, 100 + random.Next(40)),
                    Valid(ArterialSystolic, 100 + random.Next(40)), Valid(Temperature, 36 + (random.Next(20) / 10.0)));
            }

            if ((second + 1) % SecondsInABatch == 0)
            {
                watch.Start();
                await _fixture.StoreAsync(rows, second);
                watch.Stop();
                rows.Clear();
            }
        }

        var perSecond = Devices * Seconds / watch.Elapsed.TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{perSecond:0} readings of 6 signals a second"));
        Assert.Equal([$"{Devices * Seconds}"], _fixture.Query("2026-11-22.db", "SELECT count(*) FROM readings"));
        Assert.Equal(new LogPosition(Seconds - 1), _fixture.Store.Cursor);
        Assert.True(perSecond > 50_000 / 3.0, $"only {perSecond:0} readings a second");
    }
}
