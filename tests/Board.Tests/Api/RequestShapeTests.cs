using System.Net;
using System.Text.Json.Nodes;
using IoTGateway.Board.Tests.Fakes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Board.Tests.Api;

/// <summary>
/// Everything that can be posted, once as it should be and then with each of its places spoiled: the answer is never "failed", and what cannot be meant is
/// refused in a sentence.
/// </summary>
public class RequestShapeTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 21, 14, 5, TimeSpan.Zero));
    private readonly NightScene _scene;

    public RequestShapeTests() => _scene = new NightScene(_clock);

    /// <summary>Each address that takes something, with an address of that kind and all that can be said there.</summary>
    public static TheoryData<string, string, string> Requests => new()
    {
        { "/api/alerts/{id}/ack", "api/alerts/P-1007%3Aspo2-very-low/ack", """{"episode":"e","by":"anna","note":"n","state":"active","priority":"high"}""" },
        { "/api/alerts/{id}/silence", "api/alerts/P-1007%3Aspo2-very-low/silence", """{"episode":"e","seconds":60,"reason":"r","by":"anna"}""" },
        { "/api/alerts/{id}/unsilence", "api/alerts/P-1007%3Aspo2-very-low/unsilence", """{"episode":"e","by":"anna"}""" },
        { "/api/wards/{ward}/silence", "api/wards/ICU/silence", """{"kind":"technical","seconds":60,"reason":"r","by":"anna"}""" },
        { "/api/patients/{id}/limits/{limit}", "api/patients/P-1007/limits/spo2_low", """{"value":85,"minutes":60,"reason":"r","by":"anna"}""" },
        { "/api/patients/{id}/limits/{limit}/clear", "api/patients/P-1007/limits/spo2_low/clear", """{"by":"anna"}""" },
        { "/api/patients/{id}/pause", "api/patients/P-1007/pause", """{"minutes":5,"by":"anna"}""" },
        { "/api/patients/{id}/resume", "api/patients/P-1007/resume", """{"by":"anna"}""" },
        { "/api/patients/{id}/standby", "api/patients/P-1007/standby", """{"minutes":60,"reason":"r","by":"anna"}""" },
        { "/api/patients/{id}/return", "api/patients/P-1007/return", """{"by":"anna"}""" },
        { "/api/patients/{id}/seen", "api/patients/P-1007/seen", """{"by":"anna"}""" },
        { "/api/observations", "api/observations", """{"patient":"P-1007","taken":"2026-11-22T21:00:00Z","values":[{"signal":"temp","value":"37.2"},{"signal":"avpu","value":"A"}],"note":"n","by":"anna"}""" },
        { "/api/observations/{id}/correct", "api/observations/obs-1/correct", """{"patient":"P-1007","taken":"2026-11-22T21:00:00Z","values":[{"signal":"temp","value":"37.2"}],"note":"n","revision":1,"by":"anna"}""" },
        { "/api/observations/{id}/retract", "api/observations/obs-1/retract", """{"revision":1,"reason":"r","by":"anna"}""" },
        { "/api/census/admit", "api/census/admit", """{"ward":"ICU","bed":"ICU-6","patient":"p1","tags":["copd"],"population":"adults","by":"anna"}""" },
        { "/api/patients/{id}/transfer", "api/patients/P-1007/transfer", """{"ward":"ICU","bed":"ICU-6","by":"anna"}""" },
        { "/api/patients/{id}/discharge", "api/patients/P-1007/discharge", """{"reason":"r","by":"anna"}""" },
        { "/api/patients/{id}", "api/patients/P-1007", """{"monitored":["hr","spo2"],"tags":["copd"],"population":"adults","by":"anna"}""" },
        { "/api/devices/{id}/move", "api/devices/mon-102/move", """{"ward":"ICU","bed":"ICU-6","by":"anna"}""" },
        { "/api/census/changes/{id:long}/undo", "api/census/changes/1/undo", """{"reason":"r","by":"anna"}""" },
        { "/api/census/import", "api/census/import", """{"apply":true,"by":"anna"}""" },
        { "/api/rules/check", "api/rules/check", """{"files":[{"name":"10-a.yaml","text":"version: 1"}],"hours":1}""" },
        { "/api/rules/plan", "api/rules/plan", """{"files":[{"name":"10-a.yaml","text":"version: 1"}],"hours":1}""" },
        { "/api/rules/backtest", "api/rules/backtest", """{"files":[{"name":"10-a.yaml","text":"version: 1"}],"hours":1}""" },
        { "/api/rules/files/{name}", "api/rules/files/10-a.yaml", """{"text":"version: 1","expected":"files-0","by":"anna"}""" },
        { "/api/rules/approve", "api/rules/approve", """{"by":"anna"}""" },
        { "/api/rules/refuse", "api/rules/refuse", """{"by":"anna"}""" },
        { "/api/rules/rollback", "api/rules/rollback", """{"version":"ab12","by":"anna"}""" },
        { "/api/queues/{consumer}/replay", "api/queues/influx/replay", """{"deadLetters":true,"topic":"t","from":"2026-11-22T20:00:00Z","to":"2026-11-22T21:00:00Z","by":"anna"}""" },
        { "/api/queues/{consumer}/pause", "api/queues/influx/pause", """{"stopMonitoring":true,"by":"anna"}""" },
        { "/api/queues/{consumer}/resume", "api/queues/influx/resume", """{"by":"anna"}""" },
    };

    [Fact]
    public async Task Requests_Always_NameEveryAddressThatTakesSomething()
    {
        await using var host = await _scene.StartAsync(_clock);

        var mapped = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { } methods && methods.HttpMethods.Any(method => method is "POST" or "PUT" or "PATCH"))
            .Select(endpoint => endpoint.RoutePattern.RawText!);

        Assert.Equal(mapped.Order(StringComparer.Ordinal), Requests.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Post_EachPlaceSpoiledInTurn_IsNeverAFailure(string route, string path, string body)
    {
        Assert.NotEmpty(route);
        await using var host = await _scene.StartAsync(_clock);
        foreach (var (spoiled, _) in Spoil(body, JsonNode.Parse("null"), JsonNode.Parse("7"), JsonNode.Parse("\"\\u0000\""), JsonNode.Parse("[]"), JsonNode.Parse("[null]"), JsonNode.Parse("{}"), JsonNode.Parse("""{"a":null}""")))
        {
            var (status, reply) = await host.PostAsync(path, spoiled);

            Assert.True((int)status is >= 200 and < 500, $"{spoiled} is answered {status}.");
            Assert.True(status == HttpStatusCode.OK || (string?)(reply["detail"] ?? reply["sentence"]) is { Length: > 10 }, $"{spoiled} is refused without a sentence.");
        }

        Assert.Empty(host.Errors.Lines);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Post_MemberNobodyKnows_Is400AndNamesIt(string route, string path, string body)
    {
        Assert.NotEmpty(route);
        await using var host = await _scene.StartAsync(_clock);
        foreach (var node in Nodes(JsonNode.Parse(body)!).OfType<JsonObject>().Select(node => node.GetPath()).ToList())
        {
            var whole = JsonNode.Parse(body)!;
            Nodes(whole).OfType<JsonObject>().Single(each => each.GetPath() == node)["takne"] = 1;

            var (status, reply) = await host.PostAsync(path, whole.ToJsonString());

            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains("takne'", (string?)reply["detail"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Post_NullInAList_Is400AndNamesThePlace(string route, string path, string body)
    {
        Assert.NotEmpty(route);
        await using var host = await _scene.StartAsync(_clock);
        foreach (var place in Nodes(JsonNode.Parse(body)!).OfType<JsonArray>().Select(node => node.GetPath()).ToList())
        {
            var whole = JsonNode.Parse(body)!;
            Nodes(whole).OfType<JsonArray>().Single(each => each.GetPath() == place).Add(null);

            var (status, reply) = await host.PostAsync(path, whole.ToJsonString());

            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains(place[2..], (string?)reply["detail"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"minutes":5,"by":"anna","by":"kim"}""", "is not the JSON expected")]
    [InlineData("""{"minutes":"5","by":"anna"}""", "'minutes' is not of the kind expected")]
    [InlineData("""{"minutes":5,"by":"\ud800"}""", "not")]
    [InlineData("""{"minutes":5,"\ud800":1}""", "not")]
    [InlineData("""{"minutes":5""", "is not the JSON expected")]
    [InlineData("null", "is not the JSON expected")]
    [InlineData("[]", "is not the JSON expected")]
    [InlineData("", "is not the JSON expected")]
    public async Task Post_NoJsonOfThatKind_Is400WithASentence(string body, string words)
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, reply) = await host.PostAsync("api/patients/P-1007/pause", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(words, (string?)reply["detail"], StringComparison.Ordinal);
        Assert.Empty(_scene.Gateway.Orders.Given);
    }

    /// <summary>The request with each of its places, the whole among them, replaced by each of some values.</summary>
    private static IEnumerable<(string Body, string Place)> Spoil(string body, params JsonNode?[] values)
    {
        foreach (var place in Nodes(JsonNode.Parse(body)!).Select(node => node.GetPath()).ToList())
        {
            foreach (var value in values)
            {
                var whole = JsonNode.Parse(body)!;
                var node = Nodes(whole).Single(each => each.GetPath() == place);
                if (node.Parent is null)
                {
                    yield return (value?.ToJsonString() ?? "null", place);
                    continue;
                }

                node.ReplaceWith(value?.DeepClone());
                yield return (whole.ToJsonString(), place);
            }
        }
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) => node switch
    {
        JsonObject members => members.Select(member => member.Value!).SelectMany(Nodes).Prepend(node),
        JsonArray items => items.Select(item => item!).SelectMany(Nodes).Prepend(node),
        _ => [node],
    };
}
