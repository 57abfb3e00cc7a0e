using System.Net;
using System.Text.Json.Nodes;
using IoTGateway.Board.Tests.Fakes;

namespace IoTGateway.Board.Tests.Http;

/// <summary>What is refused before the interface has seen it has a sentence all the same.</summary>
public class BoardProblemsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "api/observations", "text/plain", HttpStatusCode.UnsupportedMediaType, "Content-Type: application/json")]
    [InlineData("POST", "api/census/admit", null, HttpStatusCode.UnsupportedMediaType, "Content-Type: application/json")]
    [InlineData("POST", "api/alerts", "application/json", HttpStatusCode.MethodNotAllowed, "takes GET")]
    [InlineData("GET", "api/observations", null, HttpStatusCode.MethodNotAllowed, "takes POST")]
    [InlineData("GET", "api/alarms", null, HttpStatusCode.NotFound, "no such address")]
    [InlineData("GET", "api/patients/a/b", null, HttpStatusCode.NotFound, "no such address")]
    [InlineData("GET", "api/patients/a%2Fb", null, HttpStatusCode.NotFound, "no such patient")]
    [InlineData("POST", "api/patients/a%2Fb/seen", "application/json", HttpStatusCode.NotFound, "no such alert or patient")]
    public async Task Api_Refused_IsToldInASentence(string method, string path, string? contentType, HttpStatusCode expected, string words)
    {
        var clock = TimeProvider.System;
        var scene = new NightScene(clock);
        await using var host = await scene.StartAsync(clock);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (method == "POST")
        {
            request.Content = new StringContent("""{"by":"anna"}""");
            request.Content.Headers.ContentType = contentType is null ? null : new(contentType);
        }

        var answer = await host.Client.SendAsync(request, Cancel);

        Assert.Equal((expected, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains(words, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_Failed_IsToldInASentenceAndLogged()
    {
        var clock = TimeProvider.System;
        var scene = new NightScene(clock);
        await using var host = await scene.StartAsync(clock);
        scene.Gateway.Orders.Failure = new ArithmeticException("as the test wants");
        using var content = new StringContent("""{"minutes":5,"by":"anna"}""", System.Text.Encoding.UTF8, "application/json");

        var answer = await host.Client.PostAsync(new Uri("api/patients/P-1007/pause", UriKind.Relative), content, Cancel);

        Assert.Equal((HttpStatusCode.InternalServerError, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("its log says", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["detail"], StringComparison.Ordinal);
        Assert.Contains(host.Errors.Lines, line => line.Contains("as the test wants", StringComparison.Ordinal));
    }
}
