using System.Globalization;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>
/// Goal: what was acknowledged is there, once, whatever happens to the gateway. Method: a recording of a real patient is replayed by QoS 2 as fast
/// as it goes while the gateway is killed three times; then every sample of the file is looked for.
/// </summary>
public sealed class KillTests : EndToEndTest
{
    private const int Samples = 14_064;
    private const int Kills = 3;

    [Fact]
    public async Task Replay_GatewayKilledThreeTimes_EveryMessageOnceInTheQueueAndEverySampleOnceInTheStore()
    {
        var recording = Repository.PathOf("tests/data/vitals/mimic_1p024s_hour.csv");
        var gateway = await StartGatewayAsync();
        var port = gateway.MqttPort;
        try
        {
            using var replay = new OutsideProcess(FirmwareSim, "replay", recording, "--qos", "2", "--port", port.ToString(CultureInfo.InvariantCulture));
            for (var kill = 1; kill <= Kills; kill++)
            {
                // Killed when a quarter, a half and three quarters are acknowledged, as far as this can be seen from outside.
                var goal = kill * (Samples / 4) / (Kills + 1);
                await Eventually.HoldsAsync($"{goal} messages are kept", Deadline, async () => await ReceivedAsync(gateway) >= goal / kill, Cancellation);
                Assert.False(replay.HasExited, "The replay was over before the gateway could be killed: " + replay.Output);
                await gateway.KillAsync(Cancellation);
                gateway.Dispose();
                gateway = await StartGatewayAsync(port);
            }

            await replay.WaitForSuccessAsync(TimeSpan.FromMinutes(3), Cancellation);
            await Eventually.HoldsAsync("the store has caught up", Deadline, async () => (await gateway.DepthsAsync(Cancellation))["store"] == 0, Cancellation);
        }
        finally
        {
            gateway.Dispose();
        }

        var messages = await DumpAsync();
        Assert.Equal(Samples / 4, messages.Count);
        Assert.Equal(messages.Count, messages.Select(message => message.GetProperty("payload").GetString()).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, messages.Count).Select(number => (long)number), messages.Select(message => message.GetProperty("seq").GetInt64()));
        AssertStoreHolds(recording);
    }

    /// <summary>The store has the samples of the file, each once, with its value, those at or below 0 marked.</summary>
    private void AssertStoreHolds(string recording)
    {
        var rows = File.ReadLines(recording).Skip(1).Select(line => line.Split(',')).ToList();
        var stored = StoredSamples();
        Assert.Equal(Samples, rows.Count);
        Assert.Equal(Samples, stored.Count);
        var start = stored.Min(sample => sample.Time);
        var expected = rows.Select(row => (
            Time: (long)Math.Round(decimal.Parse(row[0], CultureInfo.InvariantCulture) * 1000),
            Signal: row[2] switch { "heart_rate" => "hr", "art_systolic_bp" => "art_sbp", "art_diastolic_bp" => "art_dbp", var same => same },
            Value: double.Parse(row[3], CultureInfo.InvariantCulture)));
        var found = stored.ToDictionary(sample => (sample.Time - start, sample.Signal));
        foreach (var (time, signal, value) in expected)
        {
            Assert.True(found.TryGetValue((time, signal), out var sample), $"{signal} at {time} ms is not in the store.");
            Assert.Equal(value, double.Parse(sample.Value, CultureInfo.InvariantCulture));
            Assert.Equal(value <= 0, sample.MarkedNoValue);
        }
    }

    private static async Task<long> ReceivedAsync(GatewayProcess gateway)
    {
        using var http = new HttpClient { BaseAddress = gateway.Board };
        using var answer = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync("api/queues", Cancellation));
        return answer.RootElement.GetProperty("broker").GetProperty("received").GetInt64();
    }
}
