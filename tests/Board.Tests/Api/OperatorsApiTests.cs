using System.Net;
using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Rules;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Board.Tests.Api;

/// <summary>Rules, queues and devices.</summary>
public class OperatorsApiTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 21, 14, 5, TimeSpan.Zero));
    private readonly NightScene _scene;

    public OperatorsApiTests() => _scene = new NightScene(_clock);

    [Fact]
    public async Task Check_FileWithAnError_TellsItsPosition()
    {
        await using var host = await _scene.StartAsync(_clock);
        var body = $$"""{"files":[{"name":"10-a.yaml","text":{{System.Text.Json.JsonSerializer.Serialize("version: 1\npopulation: adults\nrules:\n  - alert: A\n    when: spo3 < 90\n    priority: high\n")}}}]}""";

        var (status, reply) = await host.PostAsync("api/rules/check", body);

        var error = reply["diagnostics"]!.AsArray().First(each => (bool)each!["error"]!)!;
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False((bool)reply["valid"]!);
        Assert.Equal(("10-a.yaml", 4), ((string?)error["file"], (int)error["line"]!));
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("backtest")]
    public async Task Try_ShippedRules_TellsWhatWouldChange(string what)
    {
        await using var host = await _scene.StartAsync(_clock);
        var files = System.Text.Json.JsonSerializer.Serialize(ShippedRules.Files.Select(file => new { name = file.Name, text = file.Text }));

        var (status, reply) = await host.PostAsync("api/rules/" + what, $$"""{"files":{{files}},"hours":1}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull(what == "plan" ? reply["needsApproval"] : reply["after"]);
    }

    [Theory]
    [InlineData("..%2Fpasswd.yaml")]
    [InlineData(".hidden.yaml")]
    [InlineData("a.sh")]
    public async Task Save_NameThatIsNone_Is400(string name)
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, _) = await host.PostAsync("api/rules/files/" + name, """{"text":"version: 1","expected":"files-0","by":"anna"}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(4, _scene.Gateway.Rules.Read().Files.Count);
    }

    [Fact]
    public async Task Save_FromOldFiles_IsRefused()
    {
        await using var host = await _scene.StartAsync(_clock);
        const string Body = """{"text":"version: 1","expected":"files-0","by":"anna"}""";

        var (first, _) = await host.PostAsync("api/rules/files/40-ward.yaml", Body);
        var (second, reply) = await host.PostAsync("api/rules/files/40-ward.yaml", Body);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (first, second));
        Assert.Contains("Read them again", (string?)reply["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_NothingWaits_IsRefusedInWords()
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, reply) = await host.PostAsync("api/rules/approve", """{"by":"anna"}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("No rule set waits for approval.", (string?)reply["detail"]);
    }

    [Fact]
    public async Task Topics_AHundredThousand_OnlyThePageAskedForIsSent()
    {
        _scene.Gateway.Queues.TopicCount = 100_000;
        await using var host = await _scene.StartAsync(_clock);

        var (_, reply) = await host.GetAsync("api/queues/topics?consumer=influx&offset=50&most=20");

        Assert.Equal(100_000, (int)reply["matching"]!);
        Assert.Equal(20, reply["rows"]!.AsArray().Count);
    }

    [Fact]
    public async Task Replay_ToAConsumerThatStores_IsOrdered()
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, _) = await host.PostAsync("api/queues/influx/replay", """{"deadLetters":true,"by":"anna"}""");
        var (refused, reply) = await host.PostAsync("api/queues/influx/replay", """{"by":"anna"}""");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (status, refused));
        Assert.Contains("Say what", (string?)reply["detail"], StringComparison.Ordinal);
        Assert.True(Assert.Single(_scene.Gateway.Queues.Replays).DeadLetters);
    }

    [Fact]
    public async Task Pause_TheRulesWithoutSayingSo_IsRefused()
    {
        await using var host = await _scene.StartAsync(_clock);

        var (refused, _) = await host.PostAsync("api/queues/rules/pause", """{"by":"anna"}""");
        var (done, _) = await host.PostAsync("api/queues/rules/pause", """{"stopMonitoring":true,"by":"anna"}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK), (refused, done));
    }

    [Fact]
    public async Task Devices_AtNoBed_TellTheirOwnValuesOrThatTheyHaveSentNone()
    {
        _scene.Ward.Add(new FakeBed("unassigned", "", "mon-900", "mon-900")).HadAt("hr", 71, _scene.Ward.Now).Device("mon-900", true, _scene.Ward.Now);
        await using var host = await _scene.StartAsync(_clock);

        var (_, reply) = await host.GetAsync("api/devices");

        var devices = reply["devices"]!.AsArray().ToDictionary(each => (string)each!["device"]!, StringComparer.Ordinal);
        Assert.Equal(("mon-900", "71"), ((string?)devices["mon-900"]!["patient"], (string?)Assert.Single(devices["mon-900"]!["values"]!.AsArray())!["text"]));
        Assert.Equal(("", true, 100), ((string?)devices["mon-901"]!["bed"], (bool)devices["mon-901"]!["online"]!, (double)devices["mon-901"]!["batteryPercent"]!));
        Assert.Empty(devices["mon-901"]!["values"]!.AsArray());
        Assert.Equal("P-1007", (string?)devices["mon-102"]!["patient"]);
        Assert.Null(devices["mon-102"]!["values"]);
    }

    [Fact]
    public async Task Devices_Asked_TellFirmwareClockAndBattery()
    {
        await using var host = await _scene.StartAsync(_clock);

        var (_, reply) = await host.GetAsync("api/devices");

        var device = Assert.Single(reply["devices"]!.AsArray(), each => (string?)each!["device"] == "mon-104")!;
        Assert.Equal(("1.3.9", 75, 18), ((string?)device["firmware"], (double)device["clockOffsetSeconds"]!, (double)device["batteryPercent"]!));
    }
}
