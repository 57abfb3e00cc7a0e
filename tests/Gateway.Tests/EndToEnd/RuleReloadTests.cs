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

        await File.WriteAllTextAsync(own, Rule("hr > 70"), Cancellation);
        await Eventually.HoldsAsync("the mended file is taken", Deadline, async () => (await RulesAsync(http)) is { Errors.Count: 0 } now && now.Version != first.Version, Cancellation);
        await OutsideProcess.RunAsync(
            publish, "-p", gateway.MqttPort.ToString(CultureInfo.InvariantCulture), "-q", "1", "-t", "devices/x/vitals", "-m", """{"hr":75}""");
        await Eventually.HoldsAsync(
            "the new rule raises", Deadline, async () => (await http.GetStringAsync("api/alerts", Cancellation)).Contains("x:own-rule", StringComparison.Ordinal), Cancellation);
    }

    private static string Rule(string condition) =>
        $"version: 1\nrules:\n  - alert: Own rule\n    when: {condition}\n    priority: low\n    message: \"HR {{hr}}\"\n";

    private static async Task<(string Version, IReadOnlyList<string> Errors)> RulesAsync(HttpClient http)
    {
        using var answer = JsonDocument.Parse(await http.GetStringAsync("api/rules", Cancellation));
        return (answer.RootElement.GetProperty("version").GetString()!, [.. answer.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!)]);
    }
}
