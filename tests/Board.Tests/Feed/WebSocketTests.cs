using System.Net.WebSockets;
using System.Text;
using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Board.Tests.Feed;

/// <summary>The same events over a WebSocket, with a clock that only the test moves.</summary>
public class WebSocketTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 21, 14, 5, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("api/stream", "event: ward\ndata: {\"header\":")]
    [InlineData("api/alerts/stream", "event: alerts\ndata: {\"header\":")]
    [InlineData("api/patients/stream?patient=P-1007", "event: patients\ndata: {\"header\":")]
    public async Task Socket_Opened_TellsTheWholeFirstThenTheTime(string path, string beginning)
    {
        await using var host = await BoardHost.StartAsync(Scenes.EightBeds(_clock), _clock);
        using var socket = await OpenAsync(host, path);

        Assert.StartsWith(beginning, await NextAsync(socket), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("\"clock\":\"21:14:06\"", await NextAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Socket_PageLeaves_TakesItsPlaceAlong()
    {
        await using var host = await BoardHost.StartAsync(Scenes.EightBeds(_clock), _clock, configure: options => options.StreamsMost = 1);
        using (var first = await OpenAsync(host, "api/stream"))
        {
            await NextAsync(first);
            await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(host, "api/stream"));
            await first.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        }

        await Eventually.HoldsAsync(
            "another page finds a place",
            TimeSpan.FromSeconds(30),
            async () =>
            {
                try
                {
                    using var next = await OpenAsync(host, "api/stream");
                    return (await NextAsync(next)).Length > 0;
                }
                catch (WebSocketException)
                {
                    return false;
                }
            },
            Cancel);
    }

    [Theory]
    [InlineData("Origin", "http://elsewhere.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Socket_OfAForeignPage_IsRefused(string header, string value)
    {
        await using var host = await BoardHost.StartAsync(Scenes.EightBeds(_clock), _clock);

        await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(host, "api/stream", (header, value)));
    }

    private static async Task<ClientWebSocket> OpenAsync(BoardHost host, string path, params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        await socket.ConnectAsync(new Uri($"ws://{host.Address.Authority}/{path}"), Cancel);
        return socket;
    }

    private static async Task<string> NextAsync(ClientWebSocket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, Cancel);
            text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            if (part.EndOfMessage)
            {
                return text.ToString();
            }
        }
    }
}
