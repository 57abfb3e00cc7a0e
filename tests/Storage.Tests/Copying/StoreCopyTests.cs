using System.Globalization;
using System.Text;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Copying;
using IoTGateway.Storage.Influx;
using IoTGateway.Storage.Tests.BuiltIn;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.Copying;

/// <summary>The built-in store copied to a real InfluxDB 1; afterwards the two hold the same.</summary>
public sealed class StoreCopyTests : IDisposable
{
    private readonly StoreFixture _fixture = new();
    private readonly HttpClient _http = InfluxSink.CreateHttpClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public async Task Run_ServerKilledEndedAndResumed_TheServerHoldsExactlyTheStore()
    {
        await using var server = await StartAsync();
        var count = await StoreRandomRowsAsync();
        using var place = Place();

        using (var stop = new CancellationTokenSource())
        {
            var first = Copy(place);
            using var sink = SinkTo(server, first);
            var copying = first.RunAsync(new HookedSink(sink, page => page == 6 ? server.KillAsync() : Task.CompletedTask), (_, _) => { }, stop.Token);
            await UntilAsync("it has noticed", () => sink.State.RetryingSince is not null);
            Assert.False(copying.IsCompleted);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copying);
        }

        var begun = place.Read();
        Assert.InRange(begun!.Copied, 1, 5 * 200); // A page ends with its day.
        Assert.Equal(0, begun.Refused);

        await server.StartAsync();
        var second = Copy(place);
        using var secondSink = SinkTo(server, second);
        var progress = new List<double>();
        var resuming = second.RunAsync(new HookedSink(secondSink, page => page == 4 ? server.KillAsync() : Task.CompletedTask), (done, _) => progress.Add(done), Cancellation);
        await UntilAsync("it waits", () => secondSink.State.RetryingSince is not null);
        await server.StartAsync();
        var result = await resuming;

        Assert.Equal((count, 0L), (result.Copied, result.Refused));
        Assert.Null(place.Read());
        Assert.Equal(progress.Order(), progress);
        Assert.InRange(progress[^1], 0.9, 1.01);
        var expected = Stored();
        Assert.Equal(count, expected.Count);
        Assert.Equal(expected, await PointsAsync(server));
    }

    [Fact]
    public async Task Run_Repeated_ChangesNothing()
    {
        await using var server = await StartAsync();
        await StoreRandomRowsAsync();
        using var place = Place();
        for (var round = 0; round < 2; round++)
        {
            var copy = Copy(place);
            using var sink = SinkTo(server, copy);
            await copy.RunAsync(sink, (_, _) => { }, Cancellation);
            Assert.Equal(Stored(), await PointsAsync(server));
        }
    }

    [Fact]
    public async Task Run_WhatTheGatewayWroteAlready_StaysAsItIs()
    {
        await using var server = await StartAsync();
        var rows = RandomRows(new Random(7));
        using (var live = SinkTo(server, null))
        {
            await live.StoreAsync(rows, new(1), Cancellation);
        }

        var before = await PointsAsync(server);
        await _fixture.StoreAsync(rows, 1);
        using var place = Place();
        var copy = Copy(place);
        using var sink = SinkTo(server, copy);
        await copy.RunAsync(sink, (_, _) => { }, Cancellation);

        Assert.Equal(before, await PointsAsync(server));
    }

    [Fact]
    public async Task Run_RefusedRows_AreCountedAndTold()
    {
        await using var server = await StartAsync();
        using (var text = new StringContent($"vitals,device=other hr=\"fast\" {Noon.UnixMilliseconds}", Encoding.UTF8))
        {
            // InfluxDB 1 keeps the type of a field for each week by itself; 22 November is the last day of one.
            var answer = await _http.PostAsync(new Uri(server.Url, "/write?db=iot&precision=ms"), text, Cancellation);
            Assert.True(answer.IsSuccessStatusCode);
        }

        await _fixture.StoreAsync(
            Row(Noon, Valid(HeartRate, 72)).And("m1", Noon + TimeSpan.FromSeconds(1), Valid(Saturation, 97)).And("m2", Noon, Valid(HeartRate, 80)).And("m1", Noon + TimeSpan.FromDays(1), Valid(HeartRate, 75)), 1);
        using var place = Place();
        var copy = Copy(place);
        using var sink = SinkTo(server, copy);

        var result = await copy.RunAsync(sink, (_, _) => { }, Cancellation);

        Assert.Equal((2L, 2L), (result.Copied, result.Refused));
        Assert.Equal(["m1 at 2026-11-22T12:00:00.000Z", "m2 at 2026-11-22T12:00:00.000Z"], result.Reasons.Select(reason => reason.Split(": ")[0]));
        Assert.All(result.Reasons, reason => Assert.Contains("field type conflict", reason, StringComparison.Ordinal));
        Assert.Equal(["75", "97"], [.. await server.QueryAsync("SELECT hr FROM vitals WHERE device = 'm1'") is [var hr] ? hr.Split('|')[1..] : [], .. await server.QueryAsync("SELECT spo2 FROM vitals") is [var spo2] ? spo2.Split('|')[1..] : []]);
    }

    [Fact]
    public async Task Run_ServerStumblesOverRows_RefusesOnlyThese()
    {
        var rows = new RowBatch();
        for (var number = 0; number < 40; number++)
        {
            rows.And(number is 3 or 30 ? "a-bad" : $"m{number % 3}", Noon + TimeSpan.FromSeconds(number), Valid(HeartRate, number));
        }

        await _fixture.StoreAsync(rows, 1);
        var clock = new FakeTimeProvider();
        using var place = Place();
        var copy = new StoreCopy(Reader(), place, clock, new Random(1));
        var sink = new StumblingSink("a-bad");
        var copying = copy.RunAsync(sink, (_, _) => { }, Cancellation);
        while (!copying.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var result = await copying;
        Assert.Equal((38L, 2L), (result.Copied, result.Refused));
        Assert.Equal(38, sink.Stored.Count);
        Assert.All(result.Reasons, reason => Assert.EndsWith(": it stumbles", reason, StringComparison.Ordinal));
    }

    private static async Task<InfluxServer> StartAsync()
    {
        var server = await InfluxServer.StartNewAsync();
        await server.QueryAsync("CREATE DATABASE iot");
        return server;
    }

    private static Task UntilAsync(string what, Func<bool> condition) => Eventually.HoldsAsync(what, TimeSpan.FromSeconds(60), condition, Cancellation);

    private CopyPlaceFile Place() => new(_fixture.PathOf("../copy.db"), "iot");

    private StoreReader Reader() => StoreReader.Open(_fixture.Directory, Instant.MinValue, Instant.MaxValue);

    private StoreCopy Copy(CopyPlaceFile place) => new(Reader(), place, TimeProvider.System, new Random(1));

    private InfluxSink SinkTo(InfluxServer server, StoreCopy? copy)
    {
        var options = new InfluxOptions
        {
            Url = server.Url,
            Database = "iot",
            RequestsAtMost = 2,
            LinesAtMost = 100,
            RetryDelayFirst = TimeSpan.FromMilliseconds(50),
            RetryDelayAtMost = TimeSpan.FromMilliseconds(200),
        };
        return new InfluxSink(options, _http, TimeProvider.System, new Random(1), NullLogger.Instance, row =>
        {
            Assert.NotNull(copy);
            copy.Refuse(row);
        });
    }

    private async Task<int> StoreRandomRowsAsync()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var rows = RandomRows(new Random(seed));
        await _fixture.StoreAsync(rows, 1);
        return rows.Count;
    }

    /// <summary>Three days of devices and of what a person has written down, with everything that a row may have.</summary>
    private static RowBatch RandomRows(Random random)
    {
        var rows = new RowBatch();
        for (var number = 0; number < 3_000; number++)
        {
            var time = Noon + TimeSpan.FromMilliseconds((number * 60_007L) + random.Next(1_000));
            var values = new[] { Saturation, HeartRate, Consciousness }.Where(_ => random.Next(4) > 0).Select(signal => ValueOf(signal, random)).DefaultIfEmpty(Valid(HeartRate, number)).ToArray();
            rows.And(
                random.Next(10) == 0 ? "observation:p 1" : $"m{random.Next(5)}", new Assignment(random.Next(2) == 0 ? "p 1" : "p,2", "ICU", random.Next(3) == 0 ? "" : "ICU-1"), time, values);
        }

        return rows;
    }

    private static SignalValue ValueOf(Signal signal, Random random)
    {
        var value = signal == Consciousness ? "AVPU"[random.Next(4)] : random.Next(1_000) / 4.0;
        return random.Next(12) switch
        {
            0 => new SignalValue(signal, value, Quality.Questionable),
            1 => new SignalValue(signal, value, Quality.NoValue),
            2 => new SignalValue(signal, double.NaN, Quality.NoValue),
            _ => new SignalValue(signal, value, Quality.Valid),
        };
    }

    /// <summary>What the store holds, in the words of <see cref="PointsAsync"/>.</summary>
    private List<string> Stored()
    {
        var reader = Reader();
        var signals = reader.Signals.Select(signal => signal.Id).ToList();
        return
        [
            .. reader.Pages(1_000).SelectMany(page => page.Rows).Select(row => string.Join(
                '|', row.Time.UnixMilliseconds, row.Device, row.Assignment.Patient, row.Assignment.Bed, row.Assignment.Ward, row.Quality ?? "", Number(row, "hr"), Number(row, "spo2"),
                Number(row, "avpu") is { Length: > 0 } code ? ((char)int.Parse(code, CultureInfo.InvariantCulture)).ToString() : "")).Order(StringComparer.Ordinal),
        ];

        string Number(StoredRow row, string signal) => row.Values[signals.IndexOf(signal)] is var value && double.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<List<string>> PointsAsync(InfluxServer server) =>
        [.. (await server.QueryAsync("SELECT device, patient, bed, ward, quality, hr, spo2, avpu FROM vitals")).Order(StringComparer.Ordinal)];
}
