using IoTGateway.FirmwareSim.Device;
using IoTGateway.FirmwareSim.Tests.Server;

namespace IoTGateway.FirmwareSim.Tests.Device;

/// <summary>How a device makes, keeps and ends its connection.</summary>
public sealed class DeviceClientConnectionTests : IAsyncDisposable
{
    private readonly DeviceClientFixture _fixture = new();

    private ScriptedServer Server => _fixture.Server;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task KeepAlive_NothingToSay_PingsAfterHalfOfIt()
    {
        _fixture.Start(options => options with { KeepAlive = TimeSpan.FromSeconds(8) });
        await Server.SawAsync("the connection", packets => packets.Any(packet => packet.Type == PacketType.Connect));
        await _fixture.AdvanceUntilAsync("connected", () => _fixture.ReportsSoFar().Any(report => report.Connected));
        var connected = _fixture.Clock.GetUtcNow();
        await _fixture.AdvanceUntilAsync("a ping", () => Server.Of(PacketType.PingReq).Count == 1);
        Assert.InRange(_fixture.Clock.GetUtcNow() - connected, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(7.9));
    }

    [Fact]
    public async Task KeepAlive_PingNotAnswered_ConnectsAgain()
    {
        Server.Script = packet => packet is { Type: PacketType.PingReq, Connection: 1 } ? Answer.Nothing : Answer.Usual;
        _fixture.Start(options => options with { KeepAlive = TimeSpan.FromSeconds(2) });
        await _fixture.AdvanceUntilAsync("a second connection", () => Server.Of(PacketType.Connect).Count == 2);
        Assert.Contains(_fixture.ReportsSoFar(), report => !report.Connected && report.Reason.Contains("PING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_GatewayDown_ConnectsWhenItComes()
    {
        Server.StopListening();
        _fixture.Start();
        await _fixture.PublishAsync("1");
        await _fixture.AdvanceUntilAsync("three failed attempts", () => _fixture.ReportsSoFar().Count >= 3);
        Assert.All(_fixture.ReportsSoFar(), report => Assert.Equal((false, "connection refused"), (report.Connected, report.Reason)));
        Server.Listen();
        await _fixture.CloseAsync();
        Assert.Equal(1, _fixture.Device.Counters.Acknowledged);
    }

    [Fact]
    public async Task Start_ServerUnavailable_TriesAgain()
    {
        Server.Script = packet => packet is { Type: PacketType.Connect, Connection: 1 } ? Answer.Of(0x20, 2, 0, 3) : Answer.Usual;
        _fixture.Start();
        await _fixture.PublishAsync("1");
        await _fixture.CloseAsync();
        Assert.Equal(1, _fixture.Device.Counters.Acknowledged);
        Assert.Contains(_fixture.ReportsSoFar(), report => report.Reason.Contains("0x03", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_NotAuthorized_FailsAtOnceAndSaysWhatToCheck()
    {
        Server.Script = packet => packet.Type == PacketType.Connect ? Answer.Of(0x20, 2, 0, 5) : Answer.Usual;
        _fixture.Start(options => options with { Window = 1, StoreCapacity = 1 });
        var refusal = await Assert.ThrowsAsync<GatewayRefusedException>(async () =>
        {
            await _fixture.PublishAsync("1");
            await _fixture.PublishAsync("2");
        });
        Assert.Contains("bed-1", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<GatewayRefusedException>(() => _fixture.Device.CloseAsync(TestContext.Current.CancellationToken));
        Assert.Single(Server.Of(PacketType.Connect));
    }

    [Fact]
    public async Task GiveUpAfter_NoGateway_FailsWithAddressTimeAndReason()
    {
        Server.StopListening();
        _fixture.Start(options => options with { GiveUpAfter = TimeSpan.FromSeconds(4) });
        await _fixture.PublishAsync("1");
        var failure = await Assert.ThrowsAsync<GatewayUnreachableException>(_fixture.CloseAsync);
        Assert.Contains($"127.0.0.1:{Server.Port}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("connection refused", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GiveUpAfter_GatewayAcceptsButDropsEveryPublish_FailsToo()
    {
        Server.Script = packet => packet.Type == PacketType.Publish ? Answer.Reset : Answer.Usual;
        _fixture.Start(options => options with { GiveUpAfter = TimeSpan.FromSeconds(4) });
        await _fixture.PublishAsync("1");
        await Assert.ThrowsAsync<GatewayUnreachableException>(_fixture.CloseAsync);

        // With the pauses doubling, four seconds are a handful of attempts, not a storm.
        Assert.InRange(Server.Of(PacketType.Connect).Count, 3, 8);
    }

    [Fact]
    public async Task Reconnect_AfterAConnectionThatWorked_StartsFromTheFirstPause()
    {
        Server.Script = packet => packet is { Type: PacketType.Publish, Duplicate: false } ? Answer.Reset : Answer.Usual;
        _fixture.Start(options => options with { RetryFirst = TimeSpan.FromMilliseconds(200) });
        for (var number = 1; number <= 5; number++)
        {
            await _fixture.PublishAsync($"{number}", DeliveryQuality.AtLeastOnce);
            await _fixture.AdvanceUntilDoneAsync(_fixture.Device.DrainAsync(TestContext.Current.CancellationToken));
        }

        var lost = _fixture.ReportsSoFar().Where(report => !report.Connected).ToList();
        Assert.Equal(5, lost.Count);
        Assert.All(lost, report => Assert.InRange(report.RetryIn.TotalMilliseconds, 150, 200));
    }

    [Fact]
    public async Task Start_NoAnswerToConnect_TriesAgainAfterTheTimeout()
    {
        Server.Script = packet => packet is { Type: PacketType.Connect, Connection: 1 } ? Answer.Nothing : Answer.Usual;
        _fixture.Start(options => options with { ConnectTimeout = TimeSpan.FromSeconds(3) });
        await _fixture.PublishAsync("1");
        await _fixture.CloseAsync();
        Assert.Contains(_fixture.ReportsSoFar(), report => report.Reason == "no answer within 3 s");
        Assert.Equal(1, _fixture.Device.Counters.Acknowledged);
    }

    [Fact]
    public async Task StatusDevice_Set_WillBirthOnEachConnectionAndOfflineAtTheEnd()
    {
        Server.Script = packet => packet is { Type: PacketType.Publish, Connection: 1, Payload: "1" } ? Answer.Reset : Answer.Usual;
        _fixture.Start(options => options with { StatusDevice = "bed-1" });
        await _fixture.PublishAsync("1");
        await _fixture.AdvanceUntilAsync("the second connection", () => Server.Of(PacketType.Publish).Any(packet => packet is { Connection: 2, Payload: "1" }));
        await _fixture.CloseAsync();

        const string Online = """{"state":"online","fw":"sim"}""";
        const string Offline = """{"state":"offline","fw":"sim"}""";
        Assert.All(Server.Of(PacketType.Connect), connect => Assert.Equal(
            ("devices/bed-1/status", Offline, 1, true), (connect.WillTopic, connect.WillPayload, connect.WillQuality, connect.WillRetain)));
        var status = Server.Of(PacketType.Publish).Where(packet => packet.Topic == "devices/bed-1/status").ToList();
        Assert.All(status, packet => Assert.Equal((1, true), (packet.Quality, packet.Retain)));
        Assert.Equal([(1, Online), (2, Online)], status.Where(packet => packet.Payload == Online).Select(packet => (packet.Connection, packet.Payload)).Distinct());
        Assert.Equal(Offline, Server.Of(PacketType.Publish)[^1].Payload);
        Assert.Equal(PacketType.Disconnect, Server.Packets[^1].Type);
        Assert.Equal(1, _fixture.Device.Counters.Sent);
    }

    [Fact]
    public async Task CloseAsync_GatewayGone_EndsWhenCancelledAndDisposeDoesNotHang()
    {
        Server.StopListening();
        _fixture.Start();
        await _fixture.PublishAsync("1");
        using var impatience = new CancellationTokenSource(TimeSpan.FromSeconds(2), _fixture.Clock);
        var closing = _fixture.Device.CloseAsync(impatience.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _fixture.AdvanceUntilDoneAsync(closing));
        await _fixture.Device.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _fixture.PublishAsync("2"));
    }

    [Fact]
    public async Task DrainAsync_UnacknowledgedReading_EndsWithItsAcknowledgement()
    {
        Server.Script = packet => packet.Type == PacketType.Publish ? Answer.Nothing : Answer.Usual;
        _fixture.Start();
        await _fixture.PublishAsync("1", DeliveryQuality.AtLeastOnce);
        var draining = _fixture.Device.DrainAsync(TestContext.Current.CancellationToken);
        await Server.SawAsync("the reading", packets => packets.Any(packet => packet.Type == PacketType.Publish));
        Assert.False(draining.IsCompleted);
        Server.Send(ScriptedServer.PubAck(Server.Of(PacketType.Publish)[0].PacketId));
        await draining;
        Assert.Equal(1, _fixture.Device.Counters.Acknowledged);
    }

    [Fact]
    public void Constructor_StoreSmallerThanWindow_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new DeviceClient(new DeviceClientOptions { ClientId = "x", Window = 20, StoreCapacity = 19 }, TimeProvider.System));
}
