using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.Influx;
using IoTGateway.Storage.Influx.History;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.Influx.History;

/// <summary>What a real InfluxDB 1 tells of what was written to it, held against the rows themselves.</summary>
public sealed class InfluxHistoryTests : IDisposable
{
    private static readonly string[] Patients = ["p1", @"it's \ ""p2"""];
    private readonly HttpClient _http = InfluxSink.CreateHttpClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Series_OfRandomRows_IsThatOfTheRows()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var server = await InfluxServer.StartNewAsync();
        await server.QueryAsync("CREATE DATABASE iot");
        var options = OptionsOf(server.Url);
        List<(string Patient, Instant Time, SignalValue Value)> all = [];
        var rows = new RowBatch();
        for (var number = 0; number < 3_000; number++)
        {
            var patient = Patients[random.Next(Patients.Length)];
            var time = Noon + TimeSpan.FromMilliseconds((number * 997L) + random.Next(500));
            var values = new[] { HeartRate, Saturation, Consciousness }.Where(_ => random.Next(3) > 0).Select(signal => ValueOf(signal, random)).ToArray();
            rows.And($"m{random.Next(3)}", new Assignment(patient, "ICU", "ICU-1"), time, values);
            all.AddRange(values.Where(value => double.IsFinite(value.Value)).Select(value => (patient, time, value)));
        }

        using var sink = new InfluxSink(options, _http, TimeProvider.System, new Random(1), NullLogger.Instance, _ => Assert.Fail("It refuses nothing."));
        await sink.StoreAsync(rows, new LogPosition(1), Cancellation);
        var history = new InfluxHistory(options, Catalogue, _http, TimeProvider.System);

        for (var round = 0; round < 60; round++)
        {
            var patient = Patients[random.Next(Patients.Length)];
            var signal = new[] { HeartRate, Saturation, Consciousness }[random.Next(3)];
            var from = Noon + TimeSpan.FromMilliseconds(random.Next(-100_000, 2_900_000));
            var to = from + TimeSpan.FromMilliseconds(random.Next(1, 1_500_000));
            var points = new[] { 1, 7, 50, 300, 10_000 }[random.Next(5)];

            var series = await history.SeriesAsync(patient, signal.Id, from, to, points, Cancellation);

            var length = to.UnixMilliseconds - from.UnixMilliseconds;
            var width = (length + points - 1) / points;
            var expected = all.Where(each => each.Patient == patient && each.Value.Signal == signal && each.Time >= from && each.Time < to)
                .Where(each => each.Value.Quality is Quality.Valid or Quality.Questionable)
                .GroupBy(each => (each.Time.UnixMilliseconds - from.UnixMilliseconds) / width).OrderBy(group => group.Key)
                .Select(group => (group.Key, group.Min(each => each.Value.Value), group.Max(each => each.Value.Value), group.Average(each => each.Value.Value), group.Any(each => each.Value.Quality == Quality.Questionable)));
            Assert.Equal(
                expected.Select(each => $"{each.Key}: {each.Item2} {each.Item3} {each.Item4:F6} {each.Item5}"),
                series.Select(point => $"{(point.Time.UnixMilliseconds - from.UnixMilliseconds) / width}: {point.Lowest} {point.Highest} {point.Average:F6} {point.Questionable}"));
        }
    }

    [Fact]
    public async Task Latest_OfRandomRows_IsThatOfTheRows()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var server = await InfluxServer.StartNewAsync();
        await server.QueryAsync("CREATE DATABASE iot");
        using var sink = new InfluxSink(OptionsOf(server.Url), _http, TimeProvider.System, new Random(1), NullLogger.Instance, _ => Assert.Fail("It refuses nothing."));
        var history = new InfluxHistory(OptionsOf(server.Url), Catalogue, _http, TimeProvider.System);
        Assert.Empty(await history.LatestAsync("p1", Cancellation));
        List<(string Patient, Instant Time, SignalValue Value)> all = [];
        for (var round = 0; round < 40; round++)
        {
            var rows = new RowBatch();
            for (var number = 0; number < 5; number++)
            {
                var patient = Patients[random.Next(Patients.Length)];
                var time = Noon + TimeSpan.FromMinutes((round * 5) + number);
                var values = new[] { HeartRate, Saturation, Consciousness }.Where(_ => random.Next(3) > 0).Select(signal => ValueOf(signal, random)).ToArray();
                rows.And($"m{random.Next(3)}", new Assignment(patient, "ICU", $"ICU-{random.Next(3)}"), time, values);
                all.AddRange(values.Where(value => double.IsFinite(value.Value)).Select(value => (patient, time, value)));
            }

            await sink.StoreAsync(rows, new LogPosition(1), Cancellation);
            foreach (var patient in Patients)
            {
                var expected = all.Where(each => each.Patient == patient && (each.Value.Quality is Quality.Valid or Quality.Questionable))
                    .GroupBy(each => each.Value.Signal.Id).OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => group.MaxBy(each => each.Time)).Select(each => new LatestPoint(each.Value.Signal.Id, each.Time, each.Value.Value, each.Value.Quality == Quality.Questionable));
                Assert.Equal(expected, await history.LatestAsync(patient, Cancellation));
            }
        }
    }

    [Fact]
    public async Task Series_FromTheBeginningWithoutEnd_HasTheWholeTimeThatThereIs()
    {
        await using var server = await InfluxServer.StartNewAsync();
        await server.QueryAsync("CREATE DATABASE iot");
        var options = OptionsOf(server.Url);
        using var sink = new InfluxSink(options, _http, TimeProvider.System, new Random(1), NullLogger.Instance, _ => Assert.Fail("It refuses nothing."));
        await sink.StoreAsync(Row(Noon, Valid(HeartRate, 70)).And("m1", Noon + TimeSpan.FromDays(2), Valid(HeartRate, 90)), new LogPosition(1), Cancellation);
        var history = new InfluxHistory(options, Catalogue, _http, TimeProvider.System);

        var series = await history.SeriesAsync("p1", "hr", Instant.MinValue, Instant.MaxValue, 10, Cancellation);

        Assert.Equal([70, 90], series.Select(point => point.Average));
        Assert.Empty(await history.SeriesAsync("p1", "spo2", Instant.MinValue, Instant.MaxValue, 10, Cancellation));
        Assert.Empty(await history.SeriesAsync("nobody", "hr", Noon, Noon + TimeSpan.FromDays(1), 10, Cancellation));
        Assert.Empty(await history.SeriesAsync("p1", "hr", Noon, Noon, 10, Cancellation));
    }

    [Fact]
    public async Task Series_ServerIsAway_SaysSo()
    {
        var history = new InfluxHistory(OptionsOf(new Uri("http://127.0.0.1:1")), Catalogue, _http, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<HistoryException>(() => history.SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromHours(1), 10, Cancellation));

        Assert.StartsWith("http://127.0.0.1:1 cannot be asked (", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_NoRightToRead_SaysWhatToDo()
    {
        await using var server = await InfluxServer.StartNewAsync(authenticates: true);
        await server.QueryAsync("CREATE USER admin WITH PASSWORD 'secret' WITH ALL PRIVILEGES");
        var history = new InfluxHistory(OptionsOf(server.Url) with { Token = "admin:wrong" }, Catalogue, _http, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<HistoryException>(() => history.SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromHours(1), 10, Cancellation));

        Assert.Contains("does not let the gateway read (401)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_UnknownDatabase_SaysSo()
    {
        await using var server = await InfluxServer.StartNewAsync();
        var history = new InfluxHistory(OptionsOf(server.Url), Catalogue, _http, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<HistoryException>(() => history.SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromHours(1), 10, Cancellation));

        Assert.Contains("database not found: iot", failure.Message, StringComparison.Ordinal);
    }

    private static SignalValue ValueOf(Signal signal, Random random)
    {
        var value = signal == Consciousness ? "AVPU"[random.Next(4)] : random.Next(400) / 2.0;
        return random.Next(12) switch
        {
            0 => new SignalValue(signal, value, Quality.Questionable),
            1 => new SignalValue(signal, value, Quality.NoValue),
            2 => new SignalValue(signal, value, Quality.Retracted),
            _ => new SignalValue(signal, value, Quality.Valid),
        };
    }

    private static InfluxOptions OptionsOf(Uri url) => new() { Url = url, Database = "iot", GatherAtMost = TimeSpan.Zero };
}
