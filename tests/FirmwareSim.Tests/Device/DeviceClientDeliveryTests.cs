using IoTGateway.FirmwareSim.Device;
using IoTGateway.FirmwareSim.Tests.Server;

namespace IoTGateway.FirmwareSim.Tests.Device;

/// <summary>What a device sends, and what it sends again after a connection was lost.</summary>
public sealed class DeviceClientDeliveryTests : IAsyncDisposable
{
    private readonly DeviceClientFixture _fixture = new();

    private ScriptedServer Server => _fixture.Server;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task PublishAsync_Qos2_PublishThenReleaseThenDisconnect()
    {
        _fixture.Start();
        await _fixture.PublishAsync("""{"hr":72}""");
        await _fixture.CloseAsync();

        Assert.Equal([PacketType.Connect, PacketType.Publish, PacketType.PubRel, PacketType.Disconnect], Server.Packets.Select(packet => packet.Type));
        var connect = Server.Packets[0];
        Assert.Equal(("bed-1", 4, false, 30), (connect.ClientId, connect.ProtocolLevel, connect.CleanSession, connect.KeepAliveSeconds));
        var publish = Server.Packets[1];
        Assert.Equal(("devices/bed-1/vitals", """{"hr":72}""", 2, false, false), (publish.Topic, publish.Payload, publish.Quality, publish.Duplicate, publish.Retain));
        Assert.Equal((publish.PacketId, 2), (Server.Packets[2].PacketId, Server.Packets[2].Flags));
        Assert.Equal(new DeviceCounters(Sent: 1, Acknowledged: 1, Resent: 0, SentAnew: 0, Reconnects: 0), _fixture.Device.Counters);
    }

    [Fact]
    public async Task PublishAsync_Qos1_IsDoneWithPubAck()
    {
        _fixture.Start();
        await _fixture.PublishAsync("1", DeliveryQuality.AtLeastOnce);
        await _fixture.CloseAsync();
        Assert.Equal([PacketType.Connect, PacketType.Publish, PacketType.Disconnect], Server.Packets.Select(packet => packet.Type));
        Assert.Equal(1, _fixture.Device.Counters.Acknowledged);
    }

    [Theory]
    [InlineData(DeliveryQuality.AtLeastOnce)]
    [InlineData(DeliveryQuality.ExactlyOnce)]
    public async Task PublishAsync_ConnectionLostBeforeTheAcknowledgement_SameIdAndDup(DeliveryQuality quality)
    {
        Server.Script = packet => packet is { Type: PacketType.Publish, Connection: 1, Payload: "2" } ? Answer.Reset
            : packet is { Type: PacketType.Publish, Connection: 1 } ? Answer.Nothing
            : Answer.Usual;
        _fixture.Start();
        await _fixture.PublishAsync("1", quality);
        await _fixture.PublishAsync("2", quality);
        await _fixture.CloseAsync();

        var before = Server.Of(PacketType.Publish).Where(packet => packet.Connection == 1).ToList();
        var after = Server.Of(PacketType.Publish).Where(packet => packet.Connection == 2).ToList();
        Assert.All(before, packet => Assert.False(packet.Duplicate));
        Assert.All(after, packet => Assert.True(packet.Duplicate));
        Assert.Equal(before.Select(packet => (packet.PacketId, packet.Payload)), after.Select(packet => (packet.PacketId, packet.Payload)));
        Assert.Equal((2, 2, 1), (_fixture.Device.Counters.Acknowledged, _fixture.Device.Counters.Resent, _fixture.Device.Counters.Reconnects));
    }

    [Fact]
    public async Task PublishAsync_ConnectionLostAfterPubRec_ResumesWithPubRelOnly()
    {
        Server.Script = packet => packet is { Type: PacketType.PubRel, Connection: 1 } ? Answer.Reset : Answer.Usual;
        _fixture.Start();
        await _fixture.PublishAsync("1");
        await _fixture.CloseAsync();

        var published = Assert.Single(Server.Of(PacketType.Publish));
        Assert.Equal([(1, published.PacketId), (2, published.PacketId)], Server.Of(PacketType.PubRel).Select(packet => (packet.Connection, packet.PacketId)));
    }

    [Fact]
    public async Task PublishAsync_SessionGoneAfterPubRec_IsPublishedAnewSoThatNothingIsLost()
    {
        Server.SessionPresent = _ => false;
        Server.Script = packet => packet is { Type: PacketType.PubRel, Connection: 1 } ? Answer.Reset : Answer.Usual;
        _fixture.Start();
        await _fixture.PublishAsync("1");
        await _fixture.CloseAsync();

        var published = Server.Of(PacketType.Publish);
        Assert.Equal([(1, "1", false), (2, "1", false)], published.Select(packet => (packet.Connection, packet.Payload, packet.Duplicate)));
        Assert.NotEqual(published[0].PacketId, published[1].PacketId);
        Assert.Equal(1, _fixture.Device.Counters.SentAnew);
    }

    [Fact]
    public async Task Start_SessionOfAnEarlierProcess_IsDiscardedBeforeTheFirstPublish()
    {
        // The server holds a session whose packet ids mean other messages.
        Server.SessionPresent = connection => connection == 1;
        _fixture.Start();
        await _fixture.PublishAsync("1");
        await _fixture.CloseAsync();

        Assert.Equal([false, true, false], Server.Of(PacketType.Connect).Select(packet => packet.CleanSession));
        Assert.Equal([1, 2, 3], Server.Of(PacketType.Disconnect).Select(packet => packet.Connection));
        Assert.Equal(3, Assert.Single(Server.Of(PacketType.Publish)).Connection);
        Assert.Equal(0, _fixture.Device.Counters.Reconnects);
    }

    [Fact]
    public async Task PublishAsync_WindowFull_SendsNoMoreUntilAcknowledged()
    {
        Server.Script = packet => packet.Type == PacketType.Publish ? Answer.Nothing : Answer.Usual;
        _fixture.Start(options => options with { Window = 3, StoreCapacity = 5 });
        for (var number = 1; number <= 5; number++)
        {
            await _fixture.PublishAsync($"{number}", DeliveryQuality.AtLeastOnce);
        }

        await Server.SawAsync("three in flight", packets => packets.Count(packet => packet.Type == PacketType.Publish) == 3);

        // The store is full too: the caller has to wait.
        var sixth = _fixture.PublishAsync("6", DeliveryQuality.AtLeastOnce).AsTask();
        Assert.False(sixth.IsCompleted);

        var first = Server.Of(PacketType.Publish)[0];
        Server.Send(ScriptedServer.PubAck(first.PacketId));
        await sixth;

        // One acknowledgement is room for one.
        Assert.False(_fixture.PublishAsync("7", DeliveryQuality.AtLeastOnce).AsTask().IsCompleted);
        await Server.SawAsync("one more in flight", packets => packets.Any(packet => packet.Payload == "4"));
        Assert.Equal(["1", "2", "3", "4"], Server.Of(PacketType.Publish).Select(packet => packet.Payload));
    }

    [Fact]
    public async Task PublishAsync_AnswersInPieces_AreUnderstood()
    {
        Server.Script = packet => packet.Type == PacketType.Publish ? Answer.Of(0x40) : Answer.Usual;
        _fixture.Start();
        await _fixture.PublishAsync("1", DeliveryQuality.AtLeastOnce);
        await Server.SawAsync("the reading", packets => packets.Any(packet => packet.Type == PacketType.Publish));
        foreach (var piece in ScriptedServer.PubAck(Server.Of(PacketType.Publish)[0].PacketId)[1..])
        {
            Server.Send(piece);
        }

        await _fixture.CloseAsync();
        Assert.Equal(1, _fixture.Device.Counters.Acknowledged);
    }

    [Fact]
    public async Task PublishAsync_AnswerIsNotMqtt_ConnectsAgainAndCompletes()
    {
        Server.Script = packet => packet is { Type: PacketType.Publish, Connection: 1 } ? Answer.Of(0xF0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF) : Answer.Usual;
        _fixture.Start();
        await _fixture.PublishAsync("1");
        await _fixture.CloseAsync();
        Assert.Equal(2, Server.Of(PacketType.Connect).Count);
        Assert.Equal(1, _fixture.Device.Counters.Acknowledged);
    }

    [Fact]
    public async Task PublishAsync_Mqtt5QuotaExceeded_IsSentAnewAfterAPause()
    {
        var refusals = 0;
        Server.Script = packet => packet.Type == PacketType.Publish && refusals++ == 0
            ? Answer.Of(0x40, 3, (byte)(packet.PacketId >> 8), (byte)packet.PacketId, 0x97)
            : Answer.Usual;
        _fixture.Start(options => options with { Protocol = DeviceProtocol.Mqtt5 });
        await _fixture.PublishAsync("1", DeliveryQuality.AtLeastOnce);
        await Server.SawAsync("the reading", packets => packets.Any(packet => packet.Type == PacketType.Publish));
        var refused = _fixture.Clock.GetUtcNow();
        await _fixture.CloseAsync();

        Assert.Equal(["1", "1"], Server.Of(PacketType.Publish).Select(packet => packet.Payload));
        Assert.Single(Server.Of(PacketType.Connect));
        Assert.True(_fixture.Clock.GetUtcNow() - refused >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task PublishAsync_Mqtt5ReceiveMaximum_IsKept()
    {
        // CONNACK with receive maximum 2 (property 0x21).
        Server.Script = packet => packet.Type switch
        {
            PacketType.Connect => Answer.Of(0x20, 6, 0, 0, 3, 0x21, 0, 2),
            PacketType.Publish => Answer.Nothing,
            _ => Answer.Usual,
        };
        _fixture.Start(options => options with { Protocol = DeviceProtocol.Mqtt5, Window = 20 });
        for (var number = 1; number <= 4; number++)
        {
            await _fixture.PublishAsync($"{number}", DeliveryQuality.AtLeastOnce);
        }

        await Server.SawAsync("two in flight", packets => packets.Count(packet => packet.Type == PacketType.Publish) == 2);
        Server.Send(ScriptedServer.PubAck(Server.Of(PacketType.Publish)[0].PacketId));
        await Server.SawAsync("one more", packets => packets.Any(packet => packet.Payload == "3"));
        Assert.Equal(3, Server.Of(PacketType.Publish).Count);
    }
}
