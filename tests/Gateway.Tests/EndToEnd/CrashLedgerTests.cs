using System.Globalization;
using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>
/// Goal: what was acknowledged is kept, with QoS 2 once, whenever the gateway is killed. Method: a load generator keeps a ledger of what was
/// acknowledged while the gateway is killed again and again, also while it starts; then the ledger is held against the log.
/// </summary>
/// <remarks>
/// IOTGATEWAY_TEST_KILLS=20 kills more often than the tests do by themselves; TMPDIR places the data on another file system, for example a
/// nearly full one.
/// </remarks>
public sealed class CrashLedgerTests : EndToEndTest
{
    /// <summary>Every so many kills the next gateway is killed while it starts as well.</summary>
    private const int StartKilledEvery = 3;

    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("IOTGATEWAY_TEST_KILLS") ?? "4", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public async Task Kill_AgainAndAgainUnderLoad_KeepsWhatWasAcknowledged(int qualityOfService, bool consumerStopped)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var ledgerFile = PathOf("ledger.csv");
        string[] more = consumerStopped ? ["--config", await StoppedConsumerAsync()] : [];
        var gateway = await StartGatewayAsync(0, more);
        var port = gateway.MqttPort;
        try
        {
            using var load = await LoadGenerator.StartAsync(
                port, "-c", "50", "-w", "20", "-q", $"{qualityOfService}", "-r", "4000", "-d", "600", "-T", "60", "-R", "-L", ledgerFile);
            for (var kill = 1; kill <= Kills; kill++)
            {
                var goal = random.Next(500, 5_000);
                await Eventually.HoldsAsync($"{goal} messages are kept", Deadline, async () => await ReceivedAsync(gateway) >= goal, Cancellation);
                Assert.False(load.HasExited, load.Output);
                await gateway.KillAsync(Cancellation);
                gateway.Dispose();
                if (kill % StartKilledEvery == 0)
                {
                    await KillWhileStartingAsync(port, more);
                }

                gateway = await StartGatewayAsync(port, more);
            }

            await Eventually.HoldsAsync("the load goes on", Deadline, async () => await ReceivedAsync(gateway) >= 1_000, Cancellation);
            if (consumerStopped)
            {
                Assert.True((await gateway.DepthsAsync(Cancellation))["influx"] > 1_000, "The consumer was to be stopped.");
            }

            load.Terminate();
            await load.WaitForSuccessAsync(TimeSpan.FromMinutes(1), Cancellation);
            await gateway.KillAsync(Cancellation);
        }
        finally
        {
            gateway.Dispose();
        }

        var ledger = await CrashLedger.ReadAsync(ledgerFile, Data);
        var what = $"QoS {qualityOfService}, seed {seed}, {Kills} kills: {ledger}";
        TestContext.Current.TestOutputHelper?.WriteLine(what);
        Assert.True(ledger.Acknowledged > Kills * 500, what);
        Assert.True(ledger.Lost.Count == 0, what + ", the first is " + (ledger.Lost is [var first, ..] ? first : null));
        Assert.True(qualityOfService == 1 || ledger.Duplicates == 0, what);
        Assert.True(!ledger.OutOfOrder.Any(), what + ", out of order: " + string.Join(' ', ledger.OutOfOrder));
    }

    /// <summary>Kills a gateway that has begun to recover its log: it has made a segment of its own, and listens perhaps.</summary>
    private async Task KillWhileStartingAsync(int port, string[] more)
    {
        var log = Path.Combine(Data, "log");
        var before = Directory.GetFiles(log).Length;
        using var gateway = GatewayProcess.Launch(["run", "--data", Data, "--mqtt", $"127.0.0.1:{port}", "--http", "127.0.0.1:0", .. more]);
        await Eventually.HoldsAsync("the gateway makes its segment", Deadline, () => Directory.GetFiles(log).Length != before, Cancellation);
        await gateway.KillAsync(Cancellation);
    }

    private static async Task<long> ReceivedAsync(GatewayProcess gateway)
    {
        using var http = new HttpClient { BaseAddress = gateway.Board };
        using var answer = JsonDocument.Parse(await http.GetStringAsync("api/queues", Cancellation));
        return answer.RootElement.GetProperty("broker").GetProperty("received").GetInt64();
    }

    /// <summary>A consumer that never gets anywhere: a database nobody listens for.</summary>
    private async Task<string> StoppedConsumerAsync()
    {
        var path = PathOf("settings.json");
        await File.WriteAllTextAsync(path, """{ "Storage": { "Influx": { "Url": "http://127.0.0.1:9", "Database": "vitals" } } }""", Cancellation);
        return path;
    }
}
