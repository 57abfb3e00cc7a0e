using System.Globalization;
using System.Text;
using IoTGateway.Queue;
using IoTGateway.Queue.Files;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Readings.Clocks;
using IoTGateway.Storage.Influx;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.Influx;

/// <summary>The writer against a real InfluxDB 1.</summary>
public sealed class InfluxServerTests : IDisposable
{
    private readonly HttpClient _http = InfluxSink.CreateHttpClient();
    private readonly List<RejectedRow> _rejected = [];

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Store_Rows_AreReadBackAsWritten()
    {
        await using var server = await StartWithDatabaseAsync();
        using var sink = Make(server);
        var odd = new Assignment("p 2,=\"", "Intensiv Süd", @"bed\1");
        await StoreAsync(sink, Row(Noon, Valid(HeartRate, 72), Valid(Temperature, 36.8), Valid(Consciousness, 'V'))
            .And(@"m,2\", odd, Noon + TimeSpan.FromMilliseconds(1), NoValue(HeartRate, -100), Questionable(Saturation, 120.5), NoValue(Respiration)));

        Assert.Equal(
            [
                $"{Noon.UnixMilliseconds}|72|36.8||V||ICU-1|m1|p1|ICU",
                $"{Noon.UnixMilliseconds + 1}|-100||120.5||hr=no-value spo2=questionable rr=no-value|bed\\1|m,2|p 2,=\"|Intensiv Süd",
            ],
            await server.QueryAsync("SELECT hr, temp, spo2, avpu, quality, bed, device, patient, ward FROM vitals"));
        Assert.Equal(2, sink.State.RowsStored);
        Assert.Empty(_rejected);
    }

    [Fact]
    public async Task Store_SameRowsAgain_AreThereOnce()
    {
        await using var server = await StartWithDatabaseAsync();
        using var sink = Make(server);
        var rows = Row(Noon, Valid(HeartRate, 72));
        await StoreAsync(sink, rows);
        await StoreAsync(sink, rows);
        await StoreAsync(sink, Row(Noon, Valid(Saturation, 97)));
        Assert.Equal([$"{Noon.UnixMilliseconds}|72|97"], await server.QueryAsync("SELECT hr, spo2 FROM vitals"));
    }

    [Fact]
    public async Task Store_BadLines_AreIsolated()
    {
        await using var server = await StartWithDatabaseAsync();
        using var sink = Make(server);
        var wrong = new Signal { Index = 0, Id = "hr", Name = "HR", Form = SignalForm.Letter }; // A string where the database has numbers.
        await StoreAsync(sink, Row(Noon, Valid(HeartRate, 72)));
        var rows = new RowBatch();
        for (var number = 1; number <= 50; number++)
        {
            rows.And("m1", Noon + TimeSpan.FromSeconds(number), number is 7 or 50 ? Valid(wrong, 'x') : Valid(HeartRate, number));
        }

        await StoreAsync(sink, rows);
        Assert.Equal(["0|49"], await server.QueryAsync("SELECT count(hr) FROM vitals"));
        Assert.Equal([7, 50], _rejected.Select(row => (row.Time - Noon).TotalSeconds));
        Assert.All(_rejected, row => Assert.Contains("field type conflict", row.Reason, StringComparison.Ordinal));
        Assert.All(_rejected, row => Assert.Contains("hr=\"x\"", Encoding.UTF8.GetString(row.Line.Span), StringComparison.Ordinal));
        Assert.Equal((49, 2), (sink.State.RowsStored, sink.State.RowsRejected));
    }

    [Fact]
    public async Task Store_UnknownDatabase_SaysWhichCommandMakesIt()
    {
        await using var server = await InfluxServer.StartNewAsync();
        using var sink = Make(server);
        var storing = StoreAsync(sink, Row(Noon, Valid(HeartRate, 72)));
        await UntilAsync("the missing database is told", () => sink.State.LastError is not null);
        Assert.Equal(
            $"{server.Url.GetLeftPart(UriPartial.Authority)} has no database 'iot'. Create it: influx -execute 'CREATE DATABASE \"iot\"'.", sink.State.LastError);
        Assert.False(storing.IsCompleted);

        await server.QueryAsync("CREATE DATABASE \"iot\"");
        await storing.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal([$"{Noon.UnixMilliseconds}|72"], await server.QueryAsync("SELECT hr FROM vitals"));
        Assert.Null(sink.State.RetryingSince);
    }

    [Fact]
    public async Task Store_Credentials_AreNeededAndUsed()
    {
        await using var server = await InfluxServer.StartNewAsync(authenticates: true);
        await server.QueryAsync("CREATE USER admin WITH PASSWORD 'secret' WITH ALL PRIVILEGES");
        await server.QueryAsync("CREATE DATABASE iot", userAndPassword: "admin:secret");
        await server.QueryAsync("CREATE USER reader WITH PASSWORD 'reading'", userAndPassword: "admin:secret");

        foreach (var (token, words) in new[] { (null, "(401: unable to parse"), ("admin:wrong", "(401: authorization failed)"), ("reader:reading", "(403: ") })
        {
            using var stop = new CancellationTokenSource();
            using var refused = Make(server, token);
            var storing = refused.StoreAsync(Row(Noon, Valid(HeartRate, 1)), new LogPosition(1), stop.Token).AsTask();
            await UntilAsync($"{words} is told", () => refused.State.LastError?.Contains(words, StringComparison.Ordinal) == true);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storing);
        }

        using var sink = Make(server, "admin:secret");
        await StoreAsync(sink, Row(Noon, Valid(HeartRate, 72)));
        Assert.Equal([$"{Noon.UnixMilliseconds}|72"], await server.QueryAsync("SELECT hr FROM vitals", userAndPassword: "admin:secret"));
    }

    [Fact]
    public async Task Run_ServerKilledWhileWriting_EveryReadingIsThereOnce()
    {
        const int Readings = 20_000;
        const int InABatch = 50;
        await using var server = await StartWithDatabaseAsync();
        using var log = new LogFixture();
        using var sink = Make(server);
        using var consumer = new StorageConsumer("influx", log.Log, sink, Catalogue, log.CensusBefore, new ClockOffsetHistory(), log.Draining, new RealDisk(), TimeProvider.System, new Random(1), NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var ended = consumer.RunAsync(stop.Token);
        for (var first = 0; first < Readings; first += InABatch)
        {
            await log.AppendAsync(batch =>
            {
                for (var number = first; number < first + InABatch; number++)
                {
                    LogFixture.AddReading(batch, string.Create(CultureInfo.InvariantCulture, $"m{number % 100}"), $$"""{"ts":{{Noon.UnixMilliseconds + number}},"hr":{{number}}}""");
                }
            });
            if (first is Readings / 4 or Readings / 2)
            {
                await server.KillAsync();
                await UntilAsync("the sink has noticed", () => sink.State.RetryingSince is not null);
            }

            if (first is Readings * 3 / 8 or Readings * 3 / 4)
            {
                await server.StartAsync();
            }
        }

        await UntilAsync("everything is sent", () => consumer.Readings == Readings);
        await stop.CancelAsync();
        await ended;
        Assert.Null(consumer.Failure);
        Assert.Null(sink.State.RetryingSince);
        Assert.Empty(_rejected);
        Assert.Equal([$"0|{Readings}|{(long)Readings * (Readings - 1) / 2}|{Readings}"], await server.QueryAsync("SELECT count(hr), sum(hr), count(distinct(hr)) FROM vitals"));
    }

    private static async Task<InfluxServer> StartWithDatabaseAsync()
    {
        var server = await InfluxServer.StartNewAsync();
        await server.QueryAsync("CREATE DATABASE iot");
        return server;
    }

    private static Task StoreAsync(InfluxSink sink, RowBatch rows) => sink.StoreAsync(rows, new LogPosition(1), TestContext.Current.CancellationToken).AsTask();

    private static Task UntilAsync(string what, Func<bool> condition) =>
        Eventually.HoldsAsync(what, TimeSpan.FromSeconds(60), condition, TestContext.Current.CancellationToken);

    private InfluxSink Make(InfluxServer server, string? token = null)
    {
        var options = new InfluxOptions
        {
            Url = server.Url,
            Database = "iot",
            Token = token,
            GatherAtMost = TimeSpan.Zero,
            LinesAtMost = 200,
            RetryDelayFirst = TimeSpan.FromMilliseconds(50),
            RetryDelayAtMost = TimeSpan.FromMilliseconds(200),
        };
        return new InfluxSink(options, _http, TimeProvider.System, new Random(1), NullLogger.Instance, _rejected.Add);
    }
}
