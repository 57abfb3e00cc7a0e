using System.Globalization;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>
/// Goal: a database that is away hurts nobody. Method: a real InfluxDB is killed under load, stays away while alerts are raised, and comes back;
/// then every reading is there.
/// </summary>
public sealed class InfluxOutageTests : EndToEndTest
{
    private const int Readings = 3_516;

    [Fact]
    public async Task Replay_InfluxAway_AlertsGoOnAndEveryReadingArrivesAfterwards()
    {
        await using var influx = await InfluxServer.StartNewAsync();
        await influx.QueryAsync("CREATE DATABASE vitals");
        using var gateway = await StartGatewayAsync(0, "--config", await ConfigurationAsync(influx.Url));
        var port = gateway.MqttPort.ToString(CultureInfo.InvariantCulture);

        await ReplayAsync(port, "before-");
        await Eventually.HoldsAsync("readings arrive", Deadline, async () => await CountAsync(influx) > 0, Cancellation);
        await influx.KillAsync();
        await ReplayAsync(port, "during-");

        using var ward = new OutsideProcess(FirmwareSim, "ward", "--beds", "3", "--port", port, "--duration", "40");
        using var http = new HttpClient { BaseAddress = gateway.Board };
        await Eventually.HoldsAsync(
            "an alert is raised while InfluxDB is away", Deadline,
            async () => (await http.GetStringAsync("api/alerts", Cancellation)).Contains("\"state\":\"active\"", StringComparison.Ordinal), Cancellation);
        Assert.Contains("influx", (await gateway.DepthsAsync(Cancellation)).Where(consumer => consumer.Value > 0).Select(consumer => consumer.Key));
        Assert.Equal(0, (await gateway.DepthsAsync(Cancellation))["rules"] > 100 ? 1 : 0);

        await ward.WaitForSuccessAsync(TimeSpan.FromMinutes(2), Cancellation);
        await influx.StartAsync();
        var expected = StoredSamples().Where(sample => sample.Signal == "hr").Select(sample => (sample.Device, sample.Time)).ToHashSet();
        await Eventually.HoldsAsync("every reading is in InfluxDB", TimeSpan.FromMinutes(3), async () => await CountAsync(influx) == expected.Count, Cancellation);
        Assert.True(expected.Count >= 2 * Readings, $"{expected.Count} heart rates");
    }

    private static Task ReplayAsync(string port, string prefix) =>
        OutsideProcess.RunAsync(FirmwareSim, "replay", Repository.PathOf("tests/data/vitals/mimic_1p024s_hour.csv"), "--qos", "1", "--port", port, "--device-prefix", prefix);

    private static async Task<long> CountAsync(InfluxServer influx) =>
        await influx.QueryAsync("SELECT count(hr) FROM vitals", "vitals") is [var row] ? long.Parse(row.Split('|')[1], CultureInfo.InvariantCulture) : 0;

    private async Task<string> ConfigurationAsync(Uri url)
    {
        var path = PathOf("settings.json");
        await File.WriteAllTextAsync(path, $$"""{ "Storage": { "Influx": { "Version": 1, "Url": "{{url}}", "Database": "vitals" } } }""", Cancellation);
        return path;
    }
}
