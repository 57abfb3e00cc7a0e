using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Storage.Tests.Influx.Contract;

/// <summary>Holds the server that follows the contract against a real InfluxDB 1: the same requests, the same answers, the same points.</summary>
public sealed class ContractServerTests : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("db=iot&precision=ms", "vt,patient=p1 hr=72 1700000000000")]
    [InlineData("db=iot&precision=ms", "vt,patient=p1 hr=72,avpu=\"A\" 1700000000000\nvt,patient=p2 hr=80 1700000000001\n")]
    [InlineData("db=iot&precision=ms", "vt,patient=a\\ b\\,c\\=d hr=72,quality=\"a \\\"b\\\" \\\\\" 1700000000000")]
    [InlineData("db=iot&precision=s", "vt,patient=p1 hr=72 1700000000")]
    [InlineData("db=iot&precision=ms", "vt,patient=p1 hr=72 1700000000000\nbad line here\nvt,patient=p2 hr=80 1700000000000")]
    [InlineData("db=iot&precision=ms", "justmeasure")]
    [InlineData("db=iot&precision=ms", "vt,patient=p1 hr= 1700000000000")]
    [InlineData("db=iot&precision=ms", "vt,patient= hr=1 1700000000000")]
    [InlineData("db=iot&precision=ms", "vt,patient=p1 hr=72 1700000000000|vt,patient=p1 hr=\"x\" 1700000000001\nvt,patient=p1 hr=5 1700000000002")]
    [InlineData("db=nope&precision=ms", "vt,patient=p1 hr=72 1700000000000")]
    [InlineData("precision=ms", "vt,patient=p1 hr=72 1700000000000")]
    public async Task Write_TheSameRequest_IsAnsweredAsByARealInflux1(string query, string lines)
    {
        await using var real = await InfluxServer.StartNewAsync();
        await real.QueryAsync("CREATE DATABASE iot");
        await using var server = await ContractServer.StartAsync(1);

        foreach (var request in lines.Split('|'))
        {
            Assert.Equal(await WriteAsync(real.Url, query, request), await WriteAsync(server.Url, query, request));
        }

        var count = (await real.QueryAsync("SELECT count(hr) FROM vt")).Select(row => row.Split('|')[^1]).FirstOrDefault() ?? "0";
        Assert.Equal(count, server.Points.All.Count(point => point.Contains("hr=", StringComparison.Ordinal)).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("admin:wrong")]
    [InlineData("admin:secret")]
    public async Task Write_WithCredentials_IsAnsweredAsByARealInflux1(string? credentials)
    {
        await using var real = await InfluxServer.StartNewAsync(authenticates: true);
        await real.QueryAsync("CREATE USER admin WITH PASSWORD 'secret' WITH ALL PRIVILEGES");
        await real.QueryAsync("CREATE DATABASE iot", userAndPassword: "admin:secret");
        await using var server = await ContractServer.StartAsync(1);
        server.Token = "admin:secret";

        Assert.Equal(
            await WriteAsync(real.Url, "db=iot&precision=ms", "vt hr=1 1700000000000", credentials), await WriteAsync(server.Url, "db=iot&precision=ms", "vt hr=1 1700000000000", credentials));
    }

    private async Task<(HttpStatusCode Status, string? Words)> WriteAsync(Uri url, string query, string lines, string? credentials = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, "/write?" + query)) { Content = new StringContent(lines) };
        request.Headers.Authorization = credentials is null ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        using var response = await _http.SendAsync(request, Cancellation);
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        return (response.StatusCode, body.Length == 0 ? null : JsonDocument.Parse(body).RootElement.GetProperty("error").GetString());
    }
}
