using System.Globalization;
using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>Goal: a restart neither loses nor repeats an alert, and an idle gateway writes nothing. Method: SIGKILL, start again, look.</summary>
public sealed class RestartTests : EndToEndTest
{
    [Fact]
    public async Task Alert_GatewayKilled_IsThereAgainInTheSameEpisodeAndWasRaisedOnce()
    {
        var publish = OutsidePrograms.Require("mosquitto_pub", "mosquitto-clients");
        string episode;
        int port;
        using (var gateway = await StartGatewayAsync())
        {
            port = gateway.MqttPort;
            await PublishAsync(publish, port, 71);
            episode = await EpisodeOfActiveAsync(gateway);
            await gateway.KillAsync(Cancellation);
        }

        using (var again = await StartGatewayAsync(port))
        {
            Assert.Equal(episode, await EpisodeOfActiveAsync(again));

            // The value is on the board again as well.
            using var http = new HttpClient { BaseAddress = again.Board };
            Assert.Contains("71", await http.GetStringAsync("api/patients", Cancellation), StringComparison.Ordinal);
            await PublishAsync(publish, port, 70);
            Assert.Equal(episode, await EpisodeOfActiveAsync(again));
        }

        var (code, dump) = await GatewayProcess.RunAsync("queue", "dump", "--data", Data, "--all");
        Assert.True(code == 0, dump);
        var raised = dump.Split('\n').Count(line => line.Contains("AlertEvent", StringComparison.Ordinal) && line.Contains(":spo2-low\\\"", StringComparison.Ordinal)
            && line.Contains("\\\"state\\\":\\\"active\\\"", StringComparison.Ordinal));
        Assert.Equal(1, raised);
    }

    [Fact]
    public async Task Terminate_WithConnectedDevices_EndsInTimeAndSaysSo()
    {
        using var gateway = await StartGatewayAsync();
        using var ward = new OutsideProcess(FirmwareSim, "ward", "--beds", "4", "--port", gateway.MqttPort.ToString(CultureInfo.InvariantCulture));
        await Eventually.HoldsAsync("readings come", Deadline, async () => (await gateway.DepthsAsync(Cancellation)).ContainsKey("store"), Cancellation);

        gateway.Terminate();
        await gateway.WaitForExitAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.Equal(0, gateway.ExitCode);
        Assert.Contains("Stopping.", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Idle_NothingConnected_WritesNothing()
    {
        using var gateway = await StartGatewayAsync();
        await Eventually.HoldsAsync("it has settled", Deadline, async () => (await gateway.DepthsAsync(Cancellation)).Values.All(depth => depth == 0), Cancellation);
        var directory = Path.Combine(Data, "log");
        var quiet = TimeSpan.FromSeconds(5);
        var before = Size(directory);
        var since = System.Diagnostics.Stopwatch.StartNew();

        // The cursors of the start may still ride along in its first seconds; then there must be a quiet stretch.
        await Eventually.HoldsAsync(
            "nothing is written for 5 s", TimeSpan.FromSeconds(30), () =>
            {
                if (Size(directory) is var now && now != before)
                {
                    before = now;
                    since.Restart();
                }

                return since.Elapsed > quiet;
            },
            Cancellation);
    }

    private static long Size(string directory) => new DirectoryInfo(directory).EnumerateFiles().Sum(file => file.Length);

    private static Task PublishAsync(string program, int port, int saturation) =>
        OutsideProcess.RunAsync(program, "-p", port.ToString(CultureInfo.InvariantCulture), "-q", "1", "-t", "devices/bedside-1/vitals", "-m", $$"""{"spo2":{{saturation}}}""");

    private static async Task<string> EpisodeOfActiveAsync(GatewayProcess gateway)
    {
        using var http = new HttpClient { BaseAddress = gateway.Board };
        string? episode = null;
        await Eventually.HoldsAsync(
            "the alert is active", Deadline, async () =>
            {
                using var answer = JsonDocument.Parse(await http.GetStringAsync("api/alerts", Cancellation));
                episode = answer.RootElement.GetProperty("alerts").EnumerateArray()
                    .Where(alert => alert.GetProperty("id").GetString() == "bedside-1:spo2-low" && alert.GetProperty("state").GetString() == "active")
                    .Select(alert => alert.GetProperty("episode").GetString()).SingleOrDefault();
                return episode is not null;
            },
            Cancellation);
        return episode!;
    }
}
