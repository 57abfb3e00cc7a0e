using System.Globalization;
using IoTGateway.Queue;
using IoTGateway.Storage.Influx;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.Influx;

/// <summary>The writer for InfluxDB 2 against a real server that speaks its protocol, and does not say that it is one.</summary>
public sealed class VictoriaMetricsTests : IDisposable
{
    private readonly HttpClient _http = InfluxSink.CreateHttpClient();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Store_Rows_AreReadBackAsWritten()
    {
        await using var server = await VictoriaMetricsServer.StartNewAsync();
        using var sink = Make(server);
        var rows = Row(Noon, Valid(HeartRate, 72), Valid(Temperature, 36.8)).And("m2", Noon, Valid(HeartRate, 80.5));

        await StoreAsync(sink, rows);
        await StoreAsync(sink, rows);

        Assert.Equal(
            [
                $"__name__=vitals_hr,bed=ICU-1,device=m1,patient=p1,ward=ICU {Noon.UnixMilliseconds}=72",
                $"__name__=vitals_hr,bed=ICU-1,device=m2,patient=p1,ward=ICU {Noon.UnixMilliseconds}=80.5",
                $"__name__=vitals_temp,bed=ICU-1,device=m1,patient=p1,ward=ICU {Noon.UnixMilliseconds}=36.8",
            ],
            await server.ExportAsync("""{__name__=~"vitals_(hr|temp)"}"""));
    }

    [Fact]
    public async Task Store_ServerIsStoppedAndBack_EveryRowIsThereOnce()
    {
        const int Batches = 20;
        const int RowsOfABatch = 500;
        await using var server = await VictoriaMetricsServer.StartNewAsync();
        using var sink = Make(server);
        for (var batch = 0; batch < Batches; batch++)
        {
            var rows = new RowBatch();
            for (var number = batch * RowsOfABatch; number < (batch + 1) * RowsOfABatch; number++)
            {
                rows.And(string.Create(CultureInfo.InvariantCulture, $"m{number % 10}"), Noon + TimeSpan.FromSeconds(number), Valid(HeartRate, number));
            }

            if (batch != Batches / 2)
            {
                await StoreAsync(sink, rows);
                continue;
            }

            await server.StopAsync();
            var storing = StoreAsync(sink, rows);
            await Eventually.HoldsAsync("the sink has noticed", TimeSpan.FromSeconds(60), () => sink.State.RetryingSince is not null, TestContext.Current.CancellationToken);
            await server.StartAsync();
            await storing;
        }

        var stored = (await server.ExportAsync("{__name__=\"vitals_hr\"}")).Select(row => int.Parse(row.Split('=')[^1], CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(0, Batches * RowsOfABatch), stored);
    }

    private static Task StoreAsync(InfluxSink sink, RowBatch rows) =>
        sink.StoreAsync(rows, new LogPosition(1), TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    private InfluxSink Make(VictoriaMetricsServer server) => new(
        new InfluxOptions
        {
            Version = 2,
            Url = server.Url,
            Database = "iot",
            Org = "hospital",
            LinesAtMost = 100,
            RetryDelayFirst = TimeSpan.FromMilliseconds(50),
            RetryDelayAtMost = TimeSpan.FromMilliseconds(200),
        },
        _http,
        TimeProvider.System,
        new Random(1),
        NullLogger.Instance,
        _ => Assert.Fail("It refuses nothing."));
}
