using System.Net;
using System.Text.Json.Nodes;
using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Readings;
using IoTGateway.Rules;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Board.Tests.Api;

public class ReadApiTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 21, 14, 5, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Patients_EightBeds_AreListedInTheFixedOrderWithValues()
    {
        await using var host = await BoardHost.StartAsync(Scenes.EightBeds(_clock), _clock);

        var reply = await GetAsync(host, "api/patients");

        Assert.Equal("2026-11-22T21:14:05.000Z", (string?)reply["time"]);
        var patients = reply["patients"]!.AsArray();
        Assert.Equal(["ICU-1", "ICU-2", "ICU-3", "ICU-4", "ICU-5", "ICU-6", "ICU-7", "ICU-8"], patients.Select(patient => (string?)patient!["bed"]));
        var heart = patients[0]!["values"]!.AsArray().Single(value => (string?)value!["signal"] == "hr")!;
        Assert.Equal(72, (double)heart["value"]!);
        Assert.Equal(("72", "/min", "valid", "fresh"), ((string?)heart["text"], (string?)heart["unit"], (string?)heart["quality"], (string?)heart["state"]));
        Assert.Equal(1, (double)heart["ageSeconds"]!);
        Assert.True((bool)patients[0]!["monitored"]!);
    }

    [Fact]
    public async Task Patients_NoValueSample_HasNoNumber()
    {
        var ward = new FakeWard(_clock);
        ward.Add(new FakeBed("ICU", "1", "P", "m")).Has("hr", -999, quality: Quality.NoValue);
        await using var host = await BoardHost.StartAsync(ward, _clock);

        var value = (await GetAsync(host, "api/patients"))["patients"]![0]!["values"]![0]!;

        Assert.Null(value["value"]);
        Assert.Equal(("--", "noValue", "none"), ((string?)value["text"], (string?)value["quality"], (string?)value["state"]));
    }

    [Fact]
    public async Task Patients_RulesMoreThanFiveSecondsBehind_AreNotMonitored()
    {
        var ward = new FakeWard(_clock) { RulesBehind = TimeSpan.FromSeconds(6) };
        ward.Add(new FakeBed("ICU", "1", "P", "m")).Has("hr", 70);
        ward.Add(new FakeBed("ICU", "2", null));
        await using var host = await BoardHost.StartAsync(ward, _clock);

        var patients = (await GetAsync(host, "api/patients"))["patients"]!;

        Assert.Equal("The rules are 6 s behind.", (string?)patients[0]!["notMonitored"]);
        Assert.False((bool)patients[0]!["monitored"]!);
        Assert.Null(patients[1]!["notMonitored"]);
    }

    [Fact]
    public async Task Series_Defaults_AskForTheLastHourInThreeHundredPoints()
    {
        var history = new FakeHistory().With("P-1", "spo2", 96);
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock, history);

        var reply = await GetAsync(host, "api/patients/P-1/series?signal=spo2");

        var query = Assert.Single(history.Queries);
        var now = Instant.Now(_clock);
        Assert.Equal(("P-1", "spo2", now - TimeSpan.FromHours(1), now, 300), query);
        Assert.Equal(240, reply["points"]!.AsArray().Count);
        var point = reply["points"]![0]!;
        Assert.True((double)point["low"]! <= (double)point["average"]! && (double)point["average"]! <= (double)point["high"]!);
    }

    [Theory]
    [InlineData("from=1763845200000&to=1763848800000")]
    [InlineData("from=1763845200&to=1763848800")]
    [InlineData("from=2025-11-22T21:00:00Z&to=2025-11-22T22:00:00Z")]
    [InlineData("from=2025-11-22T22:00:00%2B01:00&to=2025-11-22T23:00:00%2B01:00")]
    public async Task Series_TimesInAnyForm_MeanTheSame(string times)
    {
        var history = new FakeHistory();
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock, history);

        await GetAsync(host, $"api/patients/a%252Fb/series?signal=hr&points=10&{times}");

        Assert.Equal(("a%2Fb", "hr", new Instant(1763845200000), new Instant(1763848800000), 10), Assert.Single(history.Queries));
    }

    [Theory]
    [InlineData("")]
    [InlineData("signal=")]
    [InlineData("signal=a%20b")]
    [InlineData("signal=hr&from=yesterday")]
    [InlineData("signal=hr&to=2026-11-22T22:00:00")]
    [InlineData("signal=hr&to=99999999999999999999")]
    [InlineData("signal=hr&to=9223372036854775807")]
    [InlineData("signal=hr&from=2026-11-22T22:00:00Z&to=2026-11-22T21:00:00Z")]
    [InlineData("signal=hr&from=2020-01-01T00:00:00Z&to=2026-11-22T21:00:00Z")]
    [InlineData("signal=hr&points=0")]
    [InlineData("signal=hr&points=10001")]
    [InlineData("signal=hr&points=many")]
    public async Task Series_BadParameters_AreRefusedWithASentence(string query)
    {
        var history = new FakeHistory();
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock, history);

        var answer = await host.Client.GetAsync(new Uri($"api/patients/P/series?{query}", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.EndsWith(".", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["detail"], StringComparison.Ordinal);
        Assert.Empty(history.Queries);
    }

    [Fact]
    public async Task Series_WithoutHistory_SaysSo()
    {
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock);

        var answer = await host.Client.GetAsync(new Uri("api/patients/P/series?signal=hr", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("no history", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alerts_Recent_GivesLiveOnesAndTransitions()
    {
        var ward = Scenes.EightBeds(_clock);
        var bed = ward.Bed("ICU-1");
        var ended = bed.NewAlert("HR low", AlertPriority.Medium, ward.Now) with { State = AlertState.Ended };
        ward.AddTransition(bed.NewAlert("HR low", AlertPriority.Medium, ward.Now) with { State = AlertState.Active });
        ward.AddTransition(ended);
        await using var host = await BoardHost.StartAsync(ward, _clock);

        var reply = await GetAsync(host, "api/alerts?recent=1");

        Assert.Equal("ended", (string?)Assert.Single(reply["recent"]!.AsArray())!["state"]);
        Assert.Equal(5, reply["alerts"]!.AsArray().Count);
        var acknowledged = reply["alerts"]!.AsArray().Single(alert => (bool)alert!["acknowledged"]!)!;
        Assert.Equal("anna (board, unauthenticated)", (string?)acknowledged["acknowledgement"]!["by"]);
        Assert.Null((await GetAsync(host, "api/alerts"))["recent"]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("all")]
    [InlineData("")]
    public async Task Alerts_BadRecent_IsRefused(string recent)
    {
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock);

        var answer = await host.Client.GetAsync(new Uri($"api/alerts?recent={recent}", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Devices_OfflineAndNeverSeen_AreTold()
    {
        var ward = new FakeWard(_clock);
        ward.Add(new FakeBed("ICU", "1", "P", "mon-1")).Device("mon-1", false, ward.Now - TimeSpan.FromMinutes(2));
        await using var host = await BoardHost.StartAsync(ward, _clock);

        var device = (await GetAsync(host, "api/devices"))["devices"]![0]!;

        Assert.Equal(("mon-1", "ICU", "1"), ((string?)device["device"], (string?)device["ward"], (string?)device["bed"]));
        Assert.False((bool)device["online"]!);
        Assert.Equal(120, (double)device["silentSeconds"]!);
    }

    [Fact]
    public async Task Rules_Invalid_GivesVersionAndErrors()
    {
        var ward = new FakeWard(_clock) { RuleErrors = ["a.yaml:1:2: error R001: no"] };
        await using var host = await BoardHost.StartAsync(ward, _clock);

        var rules = await GetAsync(host, "api/rules");

        Assert.False((bool)rules["valid"]!);
        Assert.Equal("ab12cd34ef567890", (string?)rules["version"]);
        Assert.Equal("a.yaml:1:2: error R001: no", (string?)rules["errors"]![0]);
    }

    [Fact]
    public async Task Ready_EverythingInOrder_Is200()
    {
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock);

        Assert.True((bool)(await GetAsync(host, "readyz"))["ready"]!);
        Assert.Equal("ok\n", await host.Client.GetStringAsync(new Uri("healthz", UriKind.Relative), Cancel));
    }

    [Fact]
    public async Task Health_TheRulesHaveStopped_Is503WithTheReasonSoThatASupervisorRestarts()
    {
        var health = new FakeHealth { Stopped = ["The rules have stopped (IOException); the log has the details."], Degraded = ["The consumer 'store' has stopped."] };
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock, health: health);

        using var answer = await host.Client.GetAsync(new Uri("healthz", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(
            "failed\nThe rules have stopped (IOException); the log has the details.\ndegraded: The consumer 'store' has stopped.\n",
            await answer.Content.ReadAsStringAsync(Cancel));
        using var ready = await host.Client.GetAsync(new Uri("readyz", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("The rules have stopped", await ready.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_OnlyASinkHasStopped_IsToldButNoReasonToRestart()
    {
        var health = new FakeHealth { Degraded = ["The consumer 'store' has stopped."] };
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock, health: health);

        Assert.Equal("ok\ndegraded: The consumer 'store' has stopped.\n", await host.Client.GetStringAsync(new Uri("healthz", UriKind.Relative), Cancel));
        Assert.True((bool)(await GetAsync(host, "readyz"))["ready"]!);
    }

    [Theory]
    [InlineData("incomplete", "alerts are not complete")]
    [InlineData("behind", "behind")]
    [InlineData("none", "no valid rules")]
    public async Task Ready_NobodyCouldRelyOnIt_Is503WithTheReason(string trouble, string reason)
    {
        var ward = new FakeWard(_clock)
        {
            AlertsComplete = trouble != "incomplete",
            RulesBehind = trouble == "behind" ? TimeSpan.FromSeconds(5.1) : TimeSpan.FromSeconds(5),
            RuleSet = trouble == "none" ? "" : "abc",
        };
        await using var host = await BoardHost.StartAsync(ward, _clock);

        var answer = await host.Client.GetAsync(new Uri("readyz", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var told = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["reasons"]!.AsArray();
        Assert.Contains(reason, (string?)Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_RuleFilesInvalidOrWaiting_Is200AndDegraded()
    {
        var ward = new FakeWard(_clock) { RuleErrors = ["a.yaml:1:2: error"], RuleNotes = ["A new rule set waits for approval."] };
        await using var host = await BoardHost.StartAsync(ward, _clock);

        var told = await GetAsync(host, "readyz");

        Assert.True((bool)told["ready"]!);
        Assert.Equal(["A new rule set waits for approval.", "The rule files are invalid: a.yaml:1:2: error"], told["degraded"]!.AsArray().Select(each => (string)each!));
        Assert.Equal("A new rule set waits for approval.", (string?)(await GetAsync(host, "api/rules"))["notes"]![0]);
    }

    private static async Task<JsonNode> GetAsync(BoardHost host, string path)
    {
        var answer = await host.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
    }
}
