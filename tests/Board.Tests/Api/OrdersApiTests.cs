using System.Net;
using IoTGateway.Alerts.Orders;
using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Queue;
using IoTGateway.Rules;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Board.Tests.Api;

public class OrdersApiTests
{
    private const string By = "\"by\":\"anna\"";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 21, 14, 5, TimeSpan.Zero));
    private readonly NightScene _scene;

    public OrdersApiTests() => _scene = new NightScene(_clock);

    /// <summary>What a person wants, as the interface hears it and as the gateway is told.</summary>
    public static TheoryData<string, string, Order> Understood => new()
    {
        { "api/alerts/P-1007%3Aspo2-very-low/silence", $$"""{"episode":"P-1007:spo2-very-low:1","seconds":120,"reason":"suctioning",{{By}}}""", new SilenceAlert("P-1007:spo2-very-low", "P-1007:spo2-very-low:1", TimeSpan.FromMinutes(2), "suctioning") },
        { "api/alerts/P-1007%3Aspo2-very-low/unsilence", $$"""{"episode":"e",{{By}}}""", new EndSilence("P-1007:spo2-very-low", "e") },
        { "api/wards/ICU/silence", $$"""{"kind":"technical","seconds":900,"reason":"network",{{By}}}""", new SilenceWard("ICU", AlertKind.Technical, TimeSpan.FromMinutes(15), "network") },
        { "api/patients/P-1007/pause", $$"""{"minutes":5,{{By}}}""", new PausePatient("P-1007", TimeSpan.FromMinutes(5)) },
        { "api/patients/P-1007/resume", $$"""{{{By}}}""", new ResumePatient("P-1007") },
        { "api/patients/P-1007/standby", $$"""{"minutes":120,"reason":"theatre",{{By}}}""", new StandBy("P-1007", TimeSpan.FromHours(2), "theatre") },
        { "api/patients/P-1007/return", $$"""{{{By}}}""", new EndStandby("P-1007") },
        { "api/patients/P-1007/seen", $$"""{{{By}}}""", new NoteSeen("P-1007") },
        { "api/patients/P-1007/limits/spo2_low", $$"""{"value":85.5,"minutes":720,"reason":"COPD",{{By}}}""", new SetLimit("P-1007", "spo2_low", 85.5, TimeSpan.FromHours(12), "COPD") },
        { "api/patients/P-1007/limits/spo2_low/clear", $$"""{{{By}}}""", new ClearLimit("P-1007", "spo2_low") },
    };

    /// <summary>What is refused before it is an order, and the word by which a person finds what to mend.</summary>
    public static TheoryData<string, string, string> Misunderstood => new()
    {
        { "api/alerts/a/silence", $$"""{"seconds":120,"reason":"x",{{By}}}""", "episode" },
        { "api/alerts/a/silence", $$"""{"episode":"e","seconds":0,"reason":"x",{{By}}}""", "seconds" },
        { "api/alerts/a/silence", $$"""{"episode":"e","seconds":999999,"reason":"x",{{By}}}""", "seconds" },
        { "api/alerts/a/silence", $$"""{"episode":"e","seconds":60,"reason":"  ",{{By}}}""", "reason" },
        { "api/alerts/a/silence", """{"episode":"e","seconds":60,"reason":"x"}""", "Say who" },
        { "api/wards/ICU/silence", $$"""{"kind":"all","seconds":60,"reason":"x",{{By}}}""", "kind" },
        { "api/patients/p/pause", $$"""{"minutes":3,{{By}}}""", "2, 5 or 10" },
        { "api/patients/p/pause", $$"""{"minutes":"5",{{By}}}""", "'minutes' is not of the kind expected" },
        { "api/patients/p/standby", $$"""{"minutes":721,"reason":"x",{{By}}}""", "minutes" },
        { "api/patients/p/limits/spo2_low", $$"""{"minutes":60,"reason":"x",{{By}}}""", "value" },
        { "api/patients/p/limits/spo2_low", $$"""{"value":85,"minutes":4,"reason":"x",{{By}}}""", "minutes" },
        { "api/patients/p/resume", "[]", "JSON expected" },
    };

    [Theory]
    [MemberData(nameof(Understood))]
    public async Task Post_Understood_IsGivenAsThatOrderWithThePerson(string path, string body, Order expected)
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, reply) = await host.PostAsync(path, body);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("done", (string?)reply["result"]);
        Assert.Equal((expected, "anna (board, unauthenticated)"), Assert.Single(_scene.Gateway.Orders.Given));
    }

    [Theory]
    [MemberData(nameof(Misunderstood))]
    public async Task Post_Misunderstood_Is400WithASentenceAndNoOrder(string path, string body, string word)
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, reply) = await host.PostAsync(path, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(word, (string?)reply["detail"], StringComparison.Ordinal);
        Assert.Empty(_scene.Gateway.Orders.Given);
    }

    [Theory]
    [InlineData(OrderOutcome.Refused, HttpStatusCode.UnprocessableEntity)]
    [InlineData(OrderOutcome.Stale, HttpStatusCode.Conflict)]
    [InlineData(OrderOutcome.Unknown, HttpStatusCode.NotFound)]
    public async Task Post_NotDone_SaysWhyInTheGatewaysWords(OrderOutcome outcome, HttpStatusCode expected)
    {
        _scene.Gateway.Orders.Answer = new OrderAnswer(outcome, "80 to 95 is allowed.");
        await using var host = await _scene.StartAsync(_clock);

        var (status, reply) = await host.PostAsync("api/patients/P-1007/pause", """{"minutes":5,"by":"anna"}""");

        Assert.Equal(expected, status);
        Assert.Equal("80 to 95 is allowed.", (string?)reply["detail"]);
    }

    [Fact]
    public async Task Post_LogHasFailed_Is503AndSaysThatNothingChanged()
    {
        _scene.Gateway.Orders.Failure = new LogFailedException("disk", null);
        await using var host = await _scene.StartAsync(_clock);

        var (status, reply) = await host.PostAsync("api/patients/P-1007/pause", """{"minutes":5,"by":"anna"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("was not recorded", (string?)reply["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NoOrdersInThisGateway_Is404InWords()
    {
        await using var host = await BoardHost.StartAsync(_scene.Ward, _clock);

        var (status, reply) = await host.PostAsync("api/patients/P-1007/pause", """{"minutes":5,"by":"anna"}""");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("takes no orders", (string?)reply["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acknowledge_MoreUrgentThanSeen_Is409()
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, reply) = await host.PostAsync(
            "api/alerts/P-1007%3Aspo2-very-low/ack", """{"episode":"P-1007:spo2-very-low:1","by":"anna","state":"active","priority":"medium"}""");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("high", (string?)reply["alert"]!["priority"]);
    }

    [Fact]
    public async Task Acknowledge_StateThatIsNone_Is400()
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, reply) = await host.PostAsync("api/alerts/a/ack", """{"episode":"e","by":"anna","state":"loud","priority":"high"}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("'state'", (string?)reply["detail"], StringComparison.Ordinal);
    }
}
