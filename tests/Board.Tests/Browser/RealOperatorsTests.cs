using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using IoTGateway.Tests.Support;

namespace IoTGateway.Board.Tests.Browser;

/// <summary>
/// Goal: what the board's operators see of a real gateway is true. Method: a foreign client publishes a reading, a state and rubbish; then queues, devices,
/// rule files, plan, backtest and explanation are asked for over HTTP as the pages ask.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class RealOperatorsTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Operators_RealGateway_SeeQueuesDevicesRulesAndReasons()
    {
        var publish = OutsidePrograms.Require("mosquitto_pub", "mosquitto-clients");
        Directory.CreateDirectory(_directory["rules"]);
        foreach (var file in Rules.ShippedRules.Files)
        {
            await File.WriteAllTextAsync(Path.Combine(_directory["rules"], file.Name), file.Text, Cancel);
        }

        using var gateway = await GatewayProcess.StartAsync("run", _directory["data"], 0, 0, Cancel, "--rules", _directory["rules"]);
        using var http = new HttpClient { BaseAddress = gateway.Board };
        await PublishAsync(publish, gateway, "devices/monitor-1/status", """{"state":"online","battery":87,"fw":"1.4.2"}""");
        await PublishAsync(publish, gateway, "devices/monitor-1/vitals", """{"hr":121,"spo2":74}""");
        await PublishAsync(publish, gateway, "devices/monitor-1/vitals", "rubbish");

        // Devices: what it said of itself, and what could not be used.
        var device = await EventuallyAsync(http, "api/devices", reply => reply["devices"]!.AsArray().FirstOrDefault(each => (string?)each!["firmware"] == "1.4.2"));
        Assert.Equal(87, (double)device["batteryPercent"]!);
        var reject = await EventuallyAsync(http, "api/devices/rejects", reply => reply["rejects"]!.AsArray().FirstOrDefault());
        Assert.Equal("monitor-1", (string?)reject["device"]);

        // Queues: the topic with its consumers, and the dead letter with its reason.
        var row = await EventuallyAsync(http, "api/queues/topics?contains=monitor-1/vitals&consumer=rules", reply => reply["rows"]!.AsArray().FirstOrDefault());
        Assert.Equal("devices/monitor-1/vitals", (string?)row["topic"]);
        var letters = await GetAsync(http, "api/queues/dead-letters?consumer=rules");
        Assert.NotEmpty((string?)Assert.Single(letters["letters"]!.AsArray())!["reason"] ?? "");
        Assert.Contains((await GetAsync(http, "api/queues/consumers"))["consumers"]!.AsArray(), each => (string?)each!["name"] == "rules" && !(bool)each["stores"]!);

        // Why the alert stands.
        var alert = await EventuallyAsync(http, "api/alerts", reply => reply["alerts"]!.AsArray().FirstOrDefault(each => (string?)each!["state"] == "active" && (string?)each["kind"] == "physiological"));
        var why = await GetAsync(http, $"api/alerts/{Uri.EscapeDataString((string)alert["id"]!)}/explain");
        Assert.NotEmpty(why["conditions"]!.AsArray());

        // Rules: the files, what another set would do, saving it, and the step that comes of it.
        var files = await GetAsync(http, "api/rules/files");
        Assert.True((bool)files["mayBeSaved"]!);
        var changed = files["files"]!.AsArray().Select(file => new { name = (string)file!["name"]!, text = (string)file["text"]! + ((string)file["name"]! == "10-adult.yaml" ? "\n# changed\n" : "") }).ToList();
        var plan = await PostAsync(http, "api/rules/plan", new { files = changed });
        Assert.False((bool)plan["needsApproval"]!);
        var backtest = await PostAsync(http, "api/rules/backtest", new { files = changed, hours = 1 });
        Assert.Equal((int)backtest["before"]!, (int)backtest["after"]!);
        var saved = await PostAsync(http, "api/rules/files/10-adult.yaml", new { text = changed.Single(file => file.name == "10-adult.yaml").text, expected = (string)files["version"]!, by = "anna" });
        Assert.Equal("done", (string?)saved["result"]);
        await EventuallyAsync(http, "api/rules/history", reply => reply["steps"]!.AsArray().Count >= 2 ? reply : null);

        // The document of it all.
        Assert.NotNull((await GetAsync(http, "api/openapi.json"))["paths"]!["/api/queues/topics"]);
    }

    private static async Task<JsonNode> EventuallyAsync(HttpClient http, string path, Func<JsonNode, JsonNode?> find)
    {
        JsonNode? found = null;
        await Eventually.HoldsAsync(path, Deadline, async () => (found = find(await GetAsync(http, path))) is not null, Cancel);
        return found!;
    }

    private static async Task<JsonNode> GetAsync(HttpClient http, string path) => JsonNode.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative), Cancel))!;

    private static async Task<JsonNode> PostAsync<T>(HttpClient http, string path, T body)
    {
        var answer = await http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    private static Task PublishAsync(string program, GatewayProcess gateway, string topic, string payload) =>
        OutsideProcess.RunAsync(program, "-p", gateway.MqttPort.ToString(CultureInfo.InvariantCulture), "-q", "1", "-t", topic, "-m", payload);
}
