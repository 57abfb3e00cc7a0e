using System.Globalization;
using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>The archive of a whole gateway: alerts history while it runs and after it has ended, and a damaged archive that takes no alert away.</summary>
public sealed class ArchiveTests : EndToEndTest
{
    [Fact]
    public async Task History_AlertOfADevice_IsThereWhileItRunsAndAfterwards()
    {
        var publish = OutsidePrograms.Require("mosquitto_pub", "mosquitto-clients");
        var rules = PathOf("rules");
        Directory.CreateDirectory(rules);
        foreach (var shipped in Directory.EnumerateFiles(Repository.PathOf("rules"), "*.yaml"))
        {
            File.Copy(shipped, Path.Combine(rules, Path.GetFileName(shipped)));
        }

        await File.WriteAllTextAsync(
            Path.Combine(rules, "90-own.yaml"), "version: 1\nrules:\n  - alert: Own rule\n    when: hr > 70\n    priority: low\n    message: \"HR {hr}\"\n", Cancellation);
        using (var gateway = await StartGatewayAsync(0, "--rules", rules))
        {
            await OutsideProcess.RunAsync(
                publish, "-p", gateway.MqttPort.ToString(CultureInfo.InvariantCulture), "-q", "1", "-t", "devices/m1/vitals", "-m", """{"hr":75}""");
            await Eventually.HoldsAsync("the alert is archived", Deadline, async () => (await HistoryAsync()).Any(IsOwnRule), Cancellation);
            using var http = new HttpClient { BaseAddress = gateway.Board };
            var metrics = await http.GetStringAsync("metrics", Cancellation);
            Assert.Contains("\niotgateway_archive_lag_seconds", metrics, StringComparison.Ordinal);
            Assert.Contains("\niotgateway_archive_size_bytes", metrics, StringComparison.Ordinal);
            gateway.Terminate();
            await gateway.WaitForExitAsync(Deadline, Cancellation);
        }

        var row = (await HistoryAsync()).First(IsOwnRule);
        Assert.Equal(("unassigned", "m1", "low"), (row.GetProperty("ward").GetString(), row.GetProperty("patient").GetString(), row.GetProperty("priority").GetString()));
        Assert.True(row.TryGetProperty("raised", out _));
        Assert.False(row.TryGetProperty("acknowledged", out _));
        var (code, csv) = await GatewayProcess.RunAsync("alerts", "history", "--data", Data, "--patient", "m1", "--format", "csv");
        Assert.Equal(0, code);
        Assert.StartsWith("raised,ended,ward,bed,patient,alert,priority,", csv, StringComparison.Ordinal);
        Assert.Contains(",unassigned,,m1,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DamagedArchive_GoesOnDegraded()
    {
        Directory.CreateDirectory(Path.Combine(Data, "archive"));
        await File.WriteAllTextAsync(Path.Combine(Data, "archive", "archive.sqlite"), new string('x', 8_192), Cancellation);
        using var gateway = await StartGatewayAsync();
        using var http = new HttpClient { BaseAddress = gateway.Board };
        var health = await http.GetAsync(new Uri("healthz", UriKind.Relative), Cancellation);
        Assert.True(health.IsSuccessStatusCode);
        Assert.Contains("degraded: The archive has stopped (StoreException)", await health.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("damaged or no SQLite database", gateway.Output, StringComparison.Ordinal);

        var (code, output) = await GatewayProcess.RunAsync("alerts", "history", "--data", Data);
        Assert.Equal(1, code);
        Assert.Contains("archive.sqlite", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_NoArchiveOrNoTime_SaysWhatToDo()
    {
        var (code, output) = await GatewayProcess.RunAsync("alerts", "history", "--data", PathOf("nowhere"));
        Assert.Equal(1, code);
        Assert.Contains("There is no archive in", output, StringComparison.Ordinal);
        (code, output) = await GatewayProcess.RunAsync("alerts", "history", "--data", Data, "--from", "yesterday");
        Assert.Equal(2, code);
        Assert.Contains("--from 'yesterday' is not a time such as 2026-11-22T12:00:00Z.", output, StringComparison.Ordinal);
    }

    private static bool IsOwnRule(JsonElement row) => row.GetProperty("alert").GetString() == "Own rule";

    private async Task<List<JsonElement>> HistoryAsync()
    {
        var (code, output) = await GatewayProcess.RunAsync("alerts", "history", "--data", Data, "--format", "json");
        Assert.True(code == 0, output);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];
    }
}
