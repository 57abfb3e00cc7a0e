using System.Globalization;
using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>Goal: who sits at the machine sees the alerts and can answer them. Method: the commands against a running gateway, and a stopped one.</summary>
public sealed class AlertsCommandTests : EndToEndTest
{
    [Fact]
    public async Task Alerts_ListAcknowledgeSilence_ActOnTheRunningGateway()
    {
        var publish = OutsidePrograms.Require("mosquitto_pub", "mosquitto-clients");
        using (var gateway = await StartGatewayAsync(0))
        {
            await OutsideProcess.RunAsync(
                publish, "-p", gateway.MqttPort.ToString(CultureInfo.InvariantCulture), "-q", "1", "-t", "devices/x/vitals", "-m", """{"temp":34,"sbp":80}""");
            JsonElement[] listed = [];
            await Eventually.HoldsAsync("two alerts stand", Deadline, async () => (listed = await ListAsync()).Length == 2, Cancellation);
            var (pressure, temperature) = (Of(listed, "x:bp-systolic-low"), Of(listed, "x:temperature-low"));
            Assert.True(pressure.GetProperty("calls").GetBoolean());

            var (acknowledged, said) = await GatewayProcess.RunAsync("alerts", "ack", "x:bp-systolic-low", Episode(pressure), "--note", "on my way", "--data", Data);
            Assert.True(acknowledged == 0, said);
            var (silenced, words) = await GatewayProcess.RunAsync(
                "alerts", "silence", "x:temperature-low", Episode(temperature), "--for", "5min", "--reason", "warming", "--data", Data);
            Assert.True(silenced == 0, words);
            Assert.Contains("Temperature low is silenced for 5 min.", words, StringComparison.Ordinal);

            listed = await ListAsync();
            Assert.Equal(Environment.UserName, Of(listed, "x:bp-systolic-low").GetProperty("acknowledgedBy").GetString());
            Assert.False(Of(listed, "x:temperature-low").GetProperty("calls").GetBoolean());
            var (_, table) = await GatewayProcess.RunAsync("alerts", "list", "--ward", "unassigned", "--data", Data);
            Assert.Contains("silenced until", table, StringComparison.Ordinal);
            Assert.DoesNotContain("x:", (await GatewayProcess.RunAsync("alerts", "list", "--ward", "ICU", "--format", "csv", "--data", Data)).Output, StringComparison.Ordinal);

            var (refused, why) = await GatewayProcess.RunAsync("alerts", "silence", "x:temperature-low", Episode(temperature), "--for", "1h", "--reason", "x", "--data", Data);
            Assert.Equal(1, refused);
            Assert.Contains("at most 15 min", why, StringComparison.Ordinal);
            Assert.Equal(1, (await GatewayProcess.RunAsync("alerts", "ack", "x:nothing", "0-1", "--data", Data)).ExitCode);
            Assert.Equal(2, (await GatewayProcess.RunAsync("alerts", "silence", "x:nothing", "0-1", "--for", "long", "--reason", "x", "--data", Data)).ExitCode);
            gateway.Terminate();
            await gateway.WaitForExitAsync(Deadline, Cancellation);
        }

        // A stopped gateway has left them.
        Assert.Equal(2, (await ListAsync()).Length);
        var (code, error) = await GatewayProcess.RunAsync("alerts", "ack", "x:temperature-low", "0-1", "--data", Data);
        Assert.Equal(1, code);
        Assert.Contains("No gateway answers", error, StringComparison.Ordinal);
    }

    private async Task<JsonElement[]> ListAsync()
    {
        var (code, output) = await GatewayProcess.RunAsync("alerts", "list", "--format", "json", "--data", Data);
        Assert.True(code == 0, output);
        using var document = JsonDocument.Parse(output);
        return [.. document.RootElement.EnumerateArray().Select(row => row.Clone())];
    }

    private static JsonElement Of(JsonElement[] rows, string id) => rows.Single(row => row.GetProperty("id").GetString() == id);

    private static string Episode(JsonElement row) => row.GetProperty("episode").GetString()!;
}
