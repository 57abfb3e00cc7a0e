using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IoTGateway.Board.Tests.Fakes;

namespace IoTGateway.Board.Tests.Api;

/// <summary>Speaks to the interface as a program does.</summary>
internal static class ApiClient
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<(HttpStatusCode Status, JsonNode Reply)> GetAsync(this BoardHost host, string path)
    {
        var answer = await host.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!);
    }

    public static async Task<(HttpStatusCode Status, JsonNode Reply)> PostAsync(this BoardHost host, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await host.Client.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!);
    }
}
