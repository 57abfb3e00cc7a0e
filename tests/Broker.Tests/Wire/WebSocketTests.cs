using System.Net;
using System.Net.WebSockets;
using IoTGateway.Broker.Tests.Support;

namespace IoTGateway.Broker.Tests.Wire;

/// <summary>MQTT over WebSocket (MQTT 5, 6).</summary>
public class WebSocketTests
{
    private static readonly byte[] Connect = RawClient.PacketOf(0x10, "0004 4D515454 04 02 0000 0002 6331");
    private static readonly byte[] Publish = RawClient.PacketOf(0x32, RawClient.Hex("devices/d/vitals") + "0007" + Convert.ToHexString("{\"hr\":72}"u8));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1_000)]
    public async Task Publish_SplitOverFrames_IsKeptAndAcknowledged(int frameSize)
    {
        await using var host = await BrokerHost.StartAsync();
        using var socket = await OpenAsync(host);
        foreach (var frame in Connect.Concat(Publish).Chunk(frameSize))
        {
            await socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, Cancellation);
        }

        Assert.Equal("20020000" + "40020007", Convert.ToHexString(await ReadAsync(socket, 8)));
        Assert.Equal(["{\"hr\":72}"], host.Readings());
    }

    [Fact]
    public async Task Subscriber_OverWebSocket_GetsMessages()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { OpenTopics = true });
        using var socket = await OpenAsync(host);
        await SendAsync(socket, Connect);
        await SendAsync(socket, RawClient.PacketOf(0x82, "0001" + RawClient.Hex("room/1") + "00"));
        Assert.Equal("20020000" + "9003000100", Convert.ToHexString(await ReadAsync(socket, 9)));
        using var publisher = await host.ConnectAsync("p");

        await publisher.PublishAsync("room/1", new string('x', 100_000), 0);

        var received = await ReadAsync(socket, 4 + 2 + 6 + 100_000);
        Assert.Equal(0x30, received[0]);
        Assert.Equal((byte)'x', received[^1]);
    }

    [Fact]
    public async Task Connection_BrokerEndsIt_IsClosed()
    {
        await using var host = await BrokerHost.StartAsync();
        using var socket = await OpenAsync(host);
        await SendAsync(socket, Connect);
        await ReadAsync(socket, 4);

        await SendAsync(socket, Connect);

        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[10], Cancellation)).MessageType);
    }

    [Fact]
    public async Task Connection_ClientClosesIt_IsForgotten()
    {
        await using var host = await BrokerHost.StartAsync();
        using var socket = await OpenAsync(host);
        await SendAsync(socket, Connect);
        await ReadAsync(socket, 4);

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);

        await BrokerHost.UntilAsync("the connection is forgotten", () => host.Broker.Counters.Connections == 0);
    }

    [Fact]
    public async Task Frame_OfText_EndsTheConnection()
    {
        await using var host = await BrokerHost.StartAsync();
        using var socket = await OpenAsync(host);
        await SendAsync(socket, Connect);
        await ReadAsync(socket, 4);

        await socket.SendAsync("text"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancellation);

        await BrokerHost.UntilAsync("the connection is forgotten", () => host.Broker.Counters.Connections == 0);
    }

    [Fact]
    public async Task Broker_Stops_EndsWebSocketsInTime()
    {
        await using var host = await BrokerHost.StartAsync();
        using var socket = await OpenAsync(host);
        await SendAsync(socket, Connect);
        await ReadAsync(socket, 4);

        await host.StopAsync();

        Assert.DoesNotContain(host.Logs.All, text => text.Contains("were cut", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "http://127.0.0.1:{port}", false)]
    [InlineData("mqtt", null, true)]
    [InlineData("mqtt", "http://127.0.0.1:{port}", true)]
    [InlineData("mqtt", "http://evil.example", false)]
    [InlineData("mqtt", "null", false)]
    [InlineData("other", null, false)]
    public async Task Upgrade_Request_NeedsTheSubprotocolAndThePageOfTheGatewayItself(string? protocol, string? origin, bool accepted)
    {
        await using var host = await BrokerHost.StartAsync();
        using var socket = new ClientWebSocket();
        if (protocol is not null)
        {
            socket.Options.AddSubProtocol(protocol);
        }

        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin.Replace("{port}", $"{host.HttpPort}", StringComparison.Ordinal));
        }

        var opening = socket.ConnectAsync(new Uri($"ws://127.0.0.1:{host.HttpPort}/mqtt"), Cancellation);
        if (accepted)
        {
            await opening;
            Assert.Equal("mqtt", socket.SubProtocol);
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => opening);
        }
    }

    [Fact]
    public async Task Upgrade_PlainRequest_IsToldWhatThisIs()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = new HttpClient();

        var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{host.HttpPort}/mqtt"), Cancellation);

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<ClientWebSocket> OpenAsync(BrokerHost host)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{host.HttpPort}/mqtt"), Cancellation);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, byte[] bytes) => socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, Cancellation);

    private static async Task<byte[]> ReadAsync(ClientWebSocket socket, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var received = await socket.ReceiveAsync(bytes.AsMemory(at), limit.Token);
            Assert.Equal(WebSocketMessageType.Binary, received.MessageType);
            at += received.Count;
        }

        return bytes;
    }
}
