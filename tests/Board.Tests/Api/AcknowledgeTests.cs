using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Queue;
using IoTGateway.Rules;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Board.Tests.Api;

public class AcknowledgeTests
{
    private const string Body = """{"episode":"P%2F1:spo2-low:1","by":" anna ","note":"seen"}""";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 21, 14, 5, TimeSpan.Zero));
    private readonly FakeWard _ward;

    public AcknowledgeTests()
    {
        _ward = new FakeWard(_clock);
        var bed = _ward.Add(new FakeBed("ICU", "1", "P%2F1", "mon"));
        bed.Alert(bed.NewAlert("SpO2 low", AlertPriority.High, _ward.Now));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_PresentEpisode_IsRecordedWithWhoAndHow()
    {
        await using var host = await BoardHost.StartAsync(_ward, _clock);

        var (status, reply) = await PostAsync(host, Body);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("acknowledged", (string?)reply["result"]);
        Assert.True((bool)reply["alert"]!["acknowledged"]!);
        Assert.Equal(("P%2F1:spo2-low", "P%2F1:spo2-low:1", "anna (board, unauthenticated)", "seen"), Assert.Single(_ward.Acknowledgements));
    }

    [Fact]
    public async Task Post_Twice_TheFirstStands()
    {
        await using var host = await BoardHost.StartAsync(_ward, _clock);
        await PostAsync(host, Body);

        var (status, reply) = await PostAsync(host, Body.Replace("anna", "bert", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("alreadyAcknowledged", (string?)reply["result"]);
        Assert.Equal("anna (board, unauthenticated)", (string?)reply["alert"]!["acknowledgement"]!["by"]);
    }

    [Fact]
    public async Task Post_OtherEpisode_Is409WithTheAlertAsItIsNow()
    {
        await using var host = await BoardHost.StartAsync(_ward, _clock);

        var (status, reply) = await PostAsync(host, """{"episode":"P%2F1:spo2-low:0","by":"anna"}""");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("stale", (string?)reply["result"]);
        Assert.Equal("P%2F1:spo2-low:1", (string?)reply["alert"]!["episode"]);
        Assert.Empty(_ward.Acknowledgements);
    }

    [Fact]
    public async Task Post_UnknownAlert_Is404()
    {
        await using var host = await BoardHost.StartAsync(_ward, _clock);

        var (status, reply) = await PostAsync(host, Body, "nobody:nothing");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("There is no such alert: it may have ended.", (string?)reply["detail"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"by":"anna"}""")]
    [InlineData("""{"episode":"e"}""")]
    [InlineData("""{"episode":"e","by":"   "}""")]
    [InlineData("""{"episode":"e","by":"a\nb"}""")]
    [InlineData("""{"episode":7,"by":"anna"}""")]
    public async Task Post_BadBody_Is400WithASentence(string body)
    {
        await using var host = await BoardHost.StartAsync(_ward, _clock);

        var (status, reply) = await PostAsync(host, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.EndsWith(".", (string?)reply["detail"], StringComparison.Ordinal);
        Assert.Empty(_ward.Acknowledgements);
    }

    [Fact]
    public async Task Post_TooLong_IsRefused()
    {
        await using var host = await BoardHost.StartAsync(_ward, _clock);

        var longName = await PostAsync(host, $$"""{"episode":"e","by":"{{new string('x', 61)}}"}""");
        var longNote = await PostAsync(host, $$"""{"episode":"e","by":"anna","note":"{{new string('x', 501)}}"}""");
        var answer = await SendAsync(host, Request($$"""{"episode":"e","by":"anna","note":"{{new string('x', 20_000)}}"}"""));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (longName.Status, longNote.Status));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(_ward.Acknowledgements);
    }

    [Fact]
    public async Task Post_TooLongWithoutSayingHowLong_IsRefusedWithoutAnError()
    {
        await using var host = await BoardHost.StartAsync(_ward, _clock);
        using var request = Request($$"""{"episode":"e","by":"anna","note":"{{new string('x', 20_000)}}"}""");
        request.Headers.TransferEncodingChunked = true;

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(host, request)).StatusCode);
        Assert.Empty(_ward.Acknowledgements);
        Assert.Empty(host.Errors.Lines);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Post_NoJsonContentType_Is415(string contentType)
    {
        await using var host = await BoardHost.StartAsync(_ward, _clock);
        var request = Request(Body);
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue(contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendAsync(host, request)).StatusCode);
        Assert.Empty(_ward.Acknowledgements);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "none", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "OWN", HttpStatusCode.OK)]
    public async Task Post_FromAPage_OnlyItsOwnIsHeard(string header, string value, HttpStatusCode expected)
    {
        await using var host = await BoardHost.StartAsync(_ward, _clock);
        var request = Request(Body);
        request.Headers.Add(header, value == "OWN" ? host.Address.GetLeftPart(UriPartial.Authority) : value);

        Assert.Equal(expected, (await SendAsync(host, request)).StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, _ward.Acknowledgements.Count);
    }

    [Fact]
    public async Task Post_LogHasFailed_Is503AndSaysThatItIsNotRecorded()
    {
        _ward.CommandFailure = new LogFailedException("disk", null);
        await using var host = await BoardHost.StartAsync(_ward, _clock);

        var (status, reply) = await PostAsync(host, Body);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.StartsWith("This was not recorded", (string?)reply["detail"], StringComparison.Ordinal);
        Assert.Contains("What a person did could not be recorded", Assert.Single(host.Errors.Lines), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(string body, string alert = "P%2F1:spo2-low") =>
        new(HttpMethod.Post, new Uri($"api/alerts/{Uri.EscapeDataString(alert)}/ack", UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };

    private static Task<HttpResponseMessage> SendAsync(BoardHost host, HttpRequestMessage request) => host.Client.SendAsync(request, Cancel);

    private static async Task<(HttpStatusCode Status, JsonNode Reply)> PostAsync(BoardHost host, string body, string alert = "P%2F1:spo2-low")
    {
        var answer = await SendAsync(host, Request(body, alert));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!);
    }
}
