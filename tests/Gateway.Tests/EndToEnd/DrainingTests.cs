using System.Globalization;
using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>
/// Goal: a sink, or one topic in it, that is stopped or fails hurts nobody else, and the operator sees it and can act. Method: a real gateway, the
/// queue commands as an operator types them, and a server that stumbles over one device.
/// </summary>
public sealed class DrainingTests : EndToEndTest
{
    private const int Messages = 30;

    [Fact]
    public async Task Influx_StumblesOverOneDevice_ItIsParkedThenADeadLetterWhileOthersGoOn()
    {
        await using var influx = new FakeInflux { Stumbles = "bad-p1" };
        await File.WriteAllTextAsync(
            PathOf("settings.json"), $$"""{ "Queue": { "ParkedTries": 2 }, "Storage": { "Influx": { "Url": "{{influx.Url}}", "Database": "vitals" } } }""", Cancellation);
        using var gateway = await StartGatewayAsync(0, "--config", PathOf("settings.json"));
        await ReplayAsync(gateway, "good-", Messages);
        await Eventually.HoldsAsync("the good device is stored", Deadline, () => influx.LinesOf("good-p1") == Messages, Cancellation);
        await ReplayAsync(gateway, "bad-", 3);
        await ReplayAsync(gateway, "fine-", Messages);
        await Eventually.HoldsAsync("the other device is stored", Deadline, () => influx.LinesOf("fine-p1") == Messages, Cancellation);

        await Eventually.HoldsAsync("its readings are dead letters", Deadline, async () => (await DeadLettersAsync()).Count == 3, Cancellation);
        var letters = await DeadLettersAsync();
        Assert.Equal([1L, 2, 3], letters.Select(letter => letter.GetProperty("seq").GetInt64()));
        Assert.All(letters, letter => Assert.Equal("devices/bad-p1/vitals", letter.GetProperty("topic").GetString()));
        Assert.All(letters, letter => Assert.Contains("fault of its own", letter.GetProperty("reason").GetString(), StringComparison.Ordinal));
        Assert.All(letters, letter => Assert.False(letter.TryGetProperty("payload", out _)));
        Assert.Equal(0, influx.LinesOf("bad-p1"));

        // The built-in store had them all the while, and the cause being mended, InfluxDB gets them too.
        await Eventually.HoldsAsync("the built-in store has them", Deadline, () => StoredSamples().Count(sample => sample.Device == "bad-p1") == 3, Cancellation);
        influx.Stumbles = null;
        var (code, output) = await QueueAsync("replay", "--consumer", "influx", "--dead-letters", "--topic", "devices/bad-p1/vitals");
        Assert.True(code == 0, output);
        Assert.Equal(3, influx.LinesOf("bad-p1"));
        using var http = new HttpClient { BaseAddress = gateway.Board };
        var metrics = await http.GetStringAsync("metrics", Cancellation);
        Assert.Contains("iotgateway_queue_dead_letters_total{", metrics, StringComparison.Ordinal);
        Assert.Contains("iotgateway_queue_commit_duration_seconds_count", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_PausedOverARestart_RulesGoOnAndEverythingIsStoredOnceAfterwards()
    {
        var gateway = await StartGatewayAsync();
        try
        {
            var (code, output) = await QueueAsync("pause", "store");
            Assert.True(code == 0, output);
            await ReplayAsync(gateway, "a-", Messages);
            gateway.Terminate();
            await gateway.WaitForExitAsync(Deadline, Cancellation);
            gateway.Dispose();

            gateway = await StartGatewayAsync();
            await ReplayAsync(gateway, "b-", Messages);
            using var http = new HttpClient { BaseAddress = gateway.Board };
            await Eventually.HoldsAsync("the rules have seen them", Deadline, async () => (await gateway.DepthsAsync(Cancellation))["rules"] == 0, Cancellation);
            Assert.Contains("Heart rate", await AlertsAsync(http), StringComparison.OrdinalIgnoreCase);
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(Data, "store"), "????-??-??.db"));

            var rows = await ListAsync();
            Assert.All(rows.Where(row => row.Consumer == "store"), row => Assert.Equal(Messages, row.Depth));
            Assert.All(rows.Where(row => row.Consumer == "rules"), row => Assert.Equal(0, row.Depth));
            Assert.Equal(2, rows.Count(row => row.Consumer == "store"));

            (code, output) = await QueueAsync("resume", "store");
            Assert.True(code == 0, output);
            await Eventually.HoldsAsync("the store has caught up", Deadline, async () => (await ListAsync()).All(row => row.Depth == 0), Cancellation);
        }
        finally
        {
            gateway.Dispose();
        }

        var samples = StoredSamples();
        Assert.Equal(2 * Messages, samples.Count);
        Assert.Equal(samples.Count, samples.Distinct().Count());
    }

    [Fact]
    public async Task QueueCommands_RulesAndUnknownThings_AreRefusedInWords()
    {
        using var gateway = await StartGatewayAsync();
        await ReplayAsync(gateway, "a-", 3);
        await RefusedAsync("--stop-monitoring", "pause", "rules");
        await RefusedAsync("exactly once", "replay", "--consumer", "rules");
        await RefusedAsync("There is no consumer 'storage'", "pause", "storage");
        await RefusedAsync("is in use", "remove", "store");
        await RefusedAsync("There is no topic 'x'", "replay", "--consumer", "store", "--topic", "x");
        var (code, output) = await QueueAsync("replay", "--consumer", "store", "--from", "yesterday");
        Assert.Equal(2, code);
        Assert.Contains("is not a time", output, StringComparison.Ordinal);
        (code, output) = await QueueAsync("replay", "--consumer", "store", "--from-sequence", "2");
        Assert.Equal(2, code);
        Assert.Contains("--topic", output, StringComparison.Ordinal);

        (code, output) = await QueueAsync("replay", "--consumer", "store", "--topic", "devices/a-p1/vitals", "--from-sequence", "5", "--to-sequence", "1");
        Assert.Equal(2, code);
        Assert.Contains("--from-sequence is greater than --to-sequence", output, StringComparison.Ordinal);
        (code, output) = await QueueAsync("replay", "--consumer", "store", "--from", "2026-11-22T13:00:00Z", "--to", "2026-11-22T12:00:00Z");
        Assert.Equal(2, code);
        Assert.Contains("--from is not before --to", output, StringComparison.Ordinal);

        (code, output) = await QueueAsync("show", "devices/a-p1/vitals");
        Assert.True(code == 0, output);
        Assert.Contains("kept: 1 to 3", output, StringComparison.Ordinal);
        await Eventually.HoldsAsync("they are stored", Deadline, async () => (await ListAsync()).All(row => row.Depth == 0), Cancellation);
        (code, output) = await QueueAsync("replay", "--consumer", "store", "--topic", "devices/a-p1/vitals", "--from-sequence", "2");
        Assert.True(code == 0, output);
        Assert.Contains("2 records", output, StringComparison.Ordinal);
        Assert.Equal(3, StoredSamples().Count);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Data, "control.socket")));
        }

        async Task RefusedAsync(string words, params string[] command)
        {
            var (refusal, said) = await QueueAsync(command);
            Assert.Equal(1, refusal);
            Assert.Contains(words, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rules_PausedOnPurpose_TheBoardSaysNotMonitoredUntilResumed()
    {
        using var gateway = await StartGatewayAsync();
        await ReplayAsync(gateway, "a-", 3);
        using var http = new HttpClient { BaseAddress = gateway.Board };
        var (code, output) = await QueueAsync("pause", "rules", "--stop-monitoring");
        Assert.True(code == 0, output);
        await Eventually.HoldsAsync("the board says so", Deadline, async () => (await PatientsAsync(http)).Contains("behind", StringComparison.Ordinal), Cancellation);
        await ReplayAsync(gateway, "a-", 3);
        (code, output) = await QueueAsync("resume", "rules");
        Assert.True(code == 0, output);
        await Eventually.HoldsAsync("it says no more", Deadline, async () => !(await PatientsAsync(http)).Contains("behind.", StringComparison.Ordinal), Cancellation);
    }

    [Fact]
    public async Task QueuePause_NoGatewayRuns_SaysSo()
    {
        var (code, output) = await QueueAsync("pause", "store");
        Assert.Equal(1, code);
        Assert.Contains("No gateway answers for", output, StringComparison.Ordinal);
    }

    private static Task<string> AlertsAsync(HttpClient http) => http.GetStringAsync("api/alerts", Cancellation);

    private static Task<string> PatientsAsync(HttpClient http) => http.GetStringAsync("api/patients", Cancellation);

    private Task<(int Code, string Output)> QueueAsync(params string[] command) => GatewayProcess.RunAsync(["queue", .. command, "--data", Data]);

    private async Task<List<JsonElement>> DeadLettersAsync()
    {
        var (code, output) = await QueueAsync("dead-letters", "--consumer", "influx", "--format", "json");
        Assert.True(code == 0, output);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];
    }

    private async Task<List<(string Topic, string Consumer, long? Depth)>> ListAsync()
    {
        var (code, output) = await QueueAsync("list", "--format", "csv");
        Assert.True(code == 0, output);
        return
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Select(line => line.Split(','))
                .Where(fields => fields[0].StartsWith("devices/", StringComparison.Ordinal))
                .Select(fields => (fields[0], fields[2], fields[3].Length == 0 ? (long?)null : long.Parse(fields[3], CultureInfo.InvariantCulture))),
        ];
    }

    /// <summary>Publishes heart rates of a patient in need, one message each.</summary>
    private async Task ReplayAsync(GatewayProcess gateway, string prefix, int count)
    {
        var path = PathOf("recording.csv");
        await File.WriteAllLinesAsync(
            path, ["time_s,patient,metric,value", .. Enumerable.Range(0, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number},p1,heart_rate,190"))], Cancellation);
        await OutsideProcess.RunAsync(
            FirmwareSim, "replay", path, "--qos", "1", "--port", gateway.MqttPort.ToString(CultureInfo.InvariantCulture), "--device-prefix", prefix);
    }
}
