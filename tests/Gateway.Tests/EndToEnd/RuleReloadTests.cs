using System.Globalization;
using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>Goal: a bad rule file changes nothing, a good one is taken without a restart. Method: the files of a running gateway are edited.</summary>
public sealed class RuleReloadTests : EndToEndTest
{
    [Fact]
    public async Task RuleFile_EditedWhileRunning_GoodIsTakenAndBadKeepsTheLastGood()
    {
        var publish = OutsidePrograms.Require("mosquitto_pub", "mosquitto-clients");
        var rules = PathOf("rules");
        Directory.CreateDirectory(rules);
        foreach (var shipped in Directory.EnumerateFiles(Repository.PathOf("rules"), "*.yaml"))
        {
            File.Copy(shipped, Path.Combine(rules, Path.GetFileName(shipped)));
        }

        using var gateway = await StartGatewayAsync(0, "--rules", rules);
        using var http = new HttpClient { BaseAddress = gateway.Board };
        var first = await RulesAsync(http);
        Assert.Empty(first.Errors);

        // An editor that truncates and writes: the bad content stays until it is mended.
        var own = Path.Combine(rules, "90-own.yaml");
        await File.WriteAllTextAsync(own, Rule("hrr > 70"), Cancellation);
        await Eventually.HoldsAsync("the error is shown", Deadline, async () => (await RulesAsync(http)).Errors.Any(error => error.Contains("90-own.yaml:4:11: error", StringComparison.Ordinal)), Cancellation);
        Assert.Equal(first.Version, (await RulesAsync(http)).Version);
        await Eventually.HoldsAsync("the alert stands", Deadline, async () => (await http.GetStringAsync("api/alerts", Cancellation)).Contains("gateway:rule-files-invalid", StringComparison.Ordinal), Cancellation);

        await File.WriteAllTextAsync(own, Rule("hr > 70"), Cancellation);
        await Eventually.HoldsAsync("the mended file is taken", Deadline, async () => (await RulesAsync(http)) is { Errors.Count: 0 } now && now.Version != first.Version, Cancellation);
        await OutsideProcess.RunAsync(
            publish, "-p", gateway.MqttPort.ToString(CultureInfo.InvariantCulture), "-q", "1", "-t", "devices/x/vitals", "-m", """{"hr":75}""");
        await Eventually.HoldsAsync(
            "the new rule raises", Deadline, async () => (await http.GetStringAsync("api/alerts", Cancellation)).Contains("x:own-rule", StringComparison.Ordinal), Cancellation);
    }

    [Fact]
    public async Task RuleRemoved_WhileRunning_WaitsForApprovalAndCanBeRolledBack()
    {
        var rules = PathOf("rules");
        Directory.CreateDirectory(rules);
        foreach (var shipped in Directory.EnumerateFiles(Repository.PathOf("rules"), "*.yaml"))
        {
            File.Copy(shipped, Path.Combine(rules, Path.GetFileName(shipped)));
        }

        var own = Path.Combine(rules, "90-own.yaml");
        await File.WriteAllTextAsync(own, Rule("hr > 70"), Cancellation);
        using var gateway = await StartGatewayAsync(0, "--rules", rules);
        using var http = new HttpClient { BaseAddress = gateway.Board };
        var first = await RulesAsync(http);

        File.Delete(own);
        await Eventually.HoldsAsync("it waits", Deadline, async () => (await http.GetStringAsync("readyz", Cancellation)).Contains("waits for approval", StringComparison.Ordinal), Cancellation);
        Assert.Equal(first.Version, (await RulesAsync(http)).Version);
        var (planned, plan) = await GatewayProcess.RunAsync("rules", "plan", "--data", Data);
        Assert.True(planned == 0, plan);
        Assert.Contains("nobody would be warned by 'Own rule' any more", plan, StringComparison.Ordinal);

        var (approved, answer) = await GatewayProcess.RunAsync("rules", "approve", "--data", Data);
        Assert.True(approved == 0, answer);
        await Eventually.HoldsAsync("it is in force", Deadline, async () => (await RulesAsync(http)).Version != first.Version, Cancellation);

        var (back, words) = await GatewayProcess.RunAsync("rules", "rollback", first.Version[..12], "--data", Data);
        Assert.True(back == 0, words);
        await Eventually.HoldsAsync("the older one is in force", Deadline, async () => (await RulesAsync(http)).Version == first.Version, Cancellation);
        var (listed, versions) = await GatewayProcess.RunAsync("rules", "versions", "--data", Data, "--format", "csv");
        Assert.True(listed == 0, versions);
        Assert.Equal(["in force", "waits", "approved", "rolled back"], versions.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[1]));
        Assert.Contains("not those of the files", await http.GetStringAsync("readyz", Cancellation), StringComparison.Ordinal);
        Assert.NotEqual(0, (await GatewayProcess.RunAsync("rules", "explain", "nobody", "spo2-low", "--data", Data)).ExitCode);
    }

    private static string Rule(string condition) =>
        $"version: 1\nrules:\n  - alert: Own rule\n    when: {condition}\n    priority: low\n    message: \"HR {{hr}}\"\n";

    private static async Task<(string Version, IReadOnlyList<string> Errors)> RulesAsync(HttpClient http)
    {
        using var answer = JsonDocument.Parse(await http.GetStringAsync("api/rules", Cancellation));
        return (answer.RootElement.GetProperty("version").GetString()!, [.. answer.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!)]);
    }
}
