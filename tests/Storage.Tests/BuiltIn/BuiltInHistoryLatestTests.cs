using System.Diagnostics;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.BuiltIn;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.BuiltIn;

public sealed class BuiltInHistoryLatestTests : IDisposable
{
    private readonly StoreFixture _fixture = new();
    private readonly BuiltInHistory _history;

    public BuiltInHistoryLatestTests() => _history = new BuiltInHistory(_fixture.Directory);

    public void Dispose()
    {
        _history.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public async Task Latest_SeveralDevicesAndDays_IsTheNewestOfEachSignal()
    {
        await _fixture.StoreAsync(
            Row(Noon - TimeSpan.FromDays(2), Valid(Temperature, 37.5), Valid(HeartRate, 1))
                .And("m1", Noon, Valid(HeartRate, 72), Valid(Saturation, 97))
                .And("m2", Noon + TimeSpan.FromSeconds(1), Questionable(HeartRate, 290))
                .And("m1", Noon + TimeSpan.FromSeconds(2), Valid(Saturation, 96), Valid(Consciousness, 'V')), 1);

        Assert.Equal(
            [
                new LatestPoint("avpu", Noon + TimeSpan.FromSeconds(2), 'V', false),
                new LatestPoint("hr", Noon + TimeSpan.FromSeconds(1), 290, true),
                new LatestPoint("spo2", Noon + TimeSpan.FromSeconds(2), 96, false),
                new LatestPoint("temp", Noon - TimeSpan.FromDays(2), 37.5, false),
            ],
            await LatestAsync("p1"));
    }

    [Fact]
    public async Task Latest_NoValueAndRetracted_ArePassedOver()
    {
        await _fixture.StoreAsync(
            Row(Noon, Valid(HeartRate, 72), Valid(Temperature, 37))
                .And("m1", Noon + TimeSpan.FromSeconds(1), NoValue(HeartRate, -100), Valid(Saturation, 97))
                .And("m1", Noon + TimeSpan.FromSeconds(2), NoValue(HeartRate), new SignalValue(Temperature, double.NaN, Quality.Retracted)), 1);

        Assert.Equal([("hr", 72.0), ("spo2", 97), ("temp", 37)], (await LatestAsync("p1")).Select(value => (value.Signal, value.Value)));
    }

    [Fact]
    public async Task Latest_DeviceThatWentToAnother_IsOfHisTimeOnly()
    {
        await _fixture.StoreAsync(
            Row(Noon, Valid(HeartRate, 72)).And("m1", new Assignment("p2", "ICU", "ICU-1"), Noon + TimeSpan.FromSeconds(1), Valid(HeartRate, 50)), 1);

        Assert.Equal(72, Assert.Single(await LatestAsync("p1")).Value);
        Assert.Equal(50, Assert.Single(await LatestAsync("p2")).Value);
        Assert.Empty(await LatestAsync("p3"));
    }

    [Fact]
    public async Task Latest_SignalOfMoreThanAWeekBefore_IsLeftOut()
    {
        await _fixture.StoreAsync(
            Row(Noon, Valid(HeartRate, 72))
                .And("m1", Noon - TimeSpan.FromDays(BuiltInHistory.LatestDaysAtMost - 1), Valid(Saturation, 97))
                .And("m1", Noon - TimeSpan.FromDays(BuiltInHistory.LatestDaysAtMost), Valid(Temperature, 37)), 1);

        Assert.Equal(["hr", "spo2"], (await LatestAsync("p1")).Select(value => value.Signal));
    }

    [Fact]
    public async Task Latest_NoStore_IsEmpty() => Assert.Empty(await LatestAsync("p1"));

    [Fact]
    public async Task Latest_AnyQuery_SeeksByKey()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72), Valid(Saturation, 97)), 1);
        var plan = string.Join("; ", _fixture.Query("2026-11-22.db", "EXPLAIN QUERY PLAN " + BuiltInHistory.LatestSql(["hr", "spo2"])));
        Assert.Contains("SEARCH readings USING PRIMARY KEY (device=? AND time<?)", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    /// <summary>50 devices of 20,000 rows; one signal is measured by another device only, so that the patient's rows are looked through for it.</summary>
    [Fact]
    public async Task Latest_StoreOfAMillionRows_ComesInMilliseconds()
    {
        const int Devices = 50;
        const int RowsOfDevice = 20_000;
        await _fixture.StoreAsync(Row(Noon, Valid(Consciousness, 'A')), 1);
        for (var first = 0; first < RowsOfDevice; first += 1_000)
        {
            var rows = new RowBatch();
            for (var second = first; second < first + 1_000; second++)
            {
                for (var device = 2; device < Devices + 2; device++)
                {
                    rows.And($"m{device}", new Assignment($"p{device}", "ICU", ""), Noon + TimeSpan.FromSeconds(second), Valid(HeartRate, second), Valid(Saturation, 97), Valid(Respiration, 16));
                }
            }

            await _fixture.StoreAsync(rows, first + 2);
        }

        Assert.Equal(3, (await LatestAsync("p7")).Count);
        var times = new List<TimeSpan>();
        for (var patient = 2; patient < Devices + 2; patient++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.Equal(RowsOfDevice - 1, (await LatestAsync($"p{patient}"))[0].Value);
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        times.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"median {times[times.Count / 2].TotalMilliseconds:F2} ms, slowest {times[^1].TotalMilliseconds:F2} ms");
        Assert.True(times[times.Count / 2] < TimeSpan.FromMilliseconds(100), $"{times[times.Count / 2]}");
    }

    private Task<IReadOnlyList<LatestPoint>> LatestAsync(string patient) => _history.LatestAsync(patient, TestContext.Current.CancellationToken);
}
