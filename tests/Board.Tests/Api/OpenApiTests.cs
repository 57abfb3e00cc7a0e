using System.Net;
using System.Text.Json.Nodes;
using IoTGateway.Board.Tests.Fakes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Board.Tests.Api;

/// <summary>The document of the interface says all of it, and what it says is true.</summary>
public class OpenApiTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 21, 14, 5, TimeSpan.Zero));
    private readonly NightScene _scene;

    public OpenApiTests() => _scene = new NightScene(_clock);

    [Fact]
    public async Task Document_Always_HasEveryMappedAddressWithWords()
    {
        await using var host = await _scene.StartAsync(_clock);

        var document = await DocumentAsync(host);

        var mapped = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) && endpoint.RoutePattern.RawText != "/api/openapi.json")
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText!.Replace(":long", "", StringComparison.Ordinal)}"))
            .Order(StringComparer.Ordinal);
        var told = Operations(document).Select(operation => operation.Name).Order(StringComparer.Ordinal);
        Assert.Equal(mapped, told);
        Assert.All(Operations(document), operation =>
        {
            Assert.NotEmpty((string?)operation.Node["summary"] ?? "");
            Assert.NotEmpty((string?)operation.Node["description"] ?? "");
            Assert.NotEmpty(operation.Node["tags"]!.AsArray());
            Assert.NotNull(operation.Node["responses"]!["200"]);
            Assert.Equal(operation.Name.StartsWith("POST", StringComparison.Ordinal), operation.Node["requestBody"] is not null);
        });
        Assert.Equal("../", (string?)document["servers"]![0]!["url"]);
    }

    [Theory]
    [InlineData("/api/alerts", "api/alerts?recent=5")]
    [InlineData("/api/alerts/history", "api/alerts/history?most=5")]
    [InlineData("/api/alerts/{id}/explain", "api/alerts/P-1007%3Aspo2-very-low/explain")]
    [InlineData("/api/patients", "api/patients")]
    [InlineData("/api/patients/{id}", "api/patients/P-1007")]
    [InlineData("/api/patients/{id}/series", "api/patients/P-1007/series?signal=spo2&points=20")]
    [InlineData("/api/patients/{id}/limits", "api/patients/P-1041/limits")]
    [InlineData("/api/patients/{id}/observations", "api/patients/P-1007/observations")]
    [InlineData("/api/patients/{id}/timeline", "api/patients/P-1007/timeline")]
    [InlineData("/api/signals", "api/signals")]
    [InlineData("/api/census", "api/census")]
    [InlineData("/api/handover", "api/handover")]
    [InlineData("/api/load", "api/load")]
    [InlineData("/api/channels", "api/channels")]
    [InlineData("/api/devices", "api/devices")]
    [InlineData("/api/devices/rejects", "api/devices/rejects")]
    [InlineData("/api/rules", "api/rules")]
    [InlineData("/api/rules/files", "api/rules/files")]
    [InlineData("/api/rules/history", "api/rules/history")]
    [InlineData("/api/queues/consumers", "api/queues/consumers")]
    [InlineData("/api/queues/topics", "api/queues/topics?most=3")]
    [InlineData("/api/queues/dead-letters", "api/queues/dead-letters")]
    public async Task Schema_OfARealAnswer_Fits(string route, string path)
    {
        await using var host = await _scene.StartAsync(_clock);
        var document = await DocumentAsync(host);
        var (status, answer) = await host.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, status);
        var schema = document["paths"]![route]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
        Assert.Empty(new SchemaFit(document).Misfits(schema, answer, "answer"));
    }

    [Fact]
    public async Task Schema_OfAProblem_Fits()
    {
        await using var host = await _scene.StartAsync(_clock);
        var document = await DocumentAsync(host);
        var (status, answer) = await host.GetAsync("api/alerts?recent=0");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        var schema = document["paths"]!["/api/alerts"]!["get"]!["responses"]!["400"]!["content"]!["application/problem+json"]!["schema"]!;
        Assert.Empty(new SchemaFit(document).Misfits(schema, answer, "answer"));
    }

    private static async Task<JsonNode> DocumentAsync(BoardHost host)
    {
        var (status, document) = await host.GetAsync("api/openapi.json");
        Assert.Equal(HttpStatusCode.OK, status);
        return document;
    }

    private static IEnumerable<(string Name, JsonNode Node)> Operations(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!)));
}
