using IoTGateway.Broker.Tests.Support;

namespace IoTGateway.Broker.Tests.Wire;

/// <summary>Limits that the two sides tell each other: receive maximum, maximum packet size, topic aliases (MQTT 5, 3.1.2.11, 3.3.2.3.4, 4.9).</summary>
public class FlowTests
{
    private static readonly BrokerOptions Open = new() { OpenTopics = true };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Send_ReceiveMaximumIsReached_WaitsAndAnswersAllTheSame(int qualityOfService)
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.OpenAsync();
        await client.Connect5Async("s", [0x21, 0, 2]);
        await client.Subscribe5Async(1, [], ("room/1", qualityOfService));
        using var publisher = await host.ConnectAsync("p");
        for (ushort number = 1; number <= 4; number++)
        {
            await publisher.PublishAsync("room/1", $"{number}", qualityOfService, number);
        }

        var first = await client.ExpectPublishAsync();
        var second = await client.ExpectPublishAsync();
        await client.ExpectNothingButPingAsync();
        await client.UnsubscribeAsync(2, "other");
        await AcknowledgeAsync(client, second, qualityOfService);
        var third = await client.ExpectPublishAsync();
        await client.ExpectNothingButPingAsync();
        await AcknowledgeAsync(client, first, qualityOfService);

        Assert.Equal("4", (await client.ExpectPublishAsync()).Payload);
        Assert.Equal(["1", "2", "3"], new[] { first, second, third }.Select(publish => publish.Payload));
    }

    [Fact]
    public async Task Send_MoreThanTheClientsMaximumPacketSize_IsLeftOutAsIfSent()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.OpenAsync();
        await client.Connect5Async("s", [.. RawClient.NumberProperty(0x27, 60), 0x21, 0, 1]);
        await client.Subscribe5Async(1, [], ("room/1", 1));
        using var publisher = await host.ConnectAsync("p");
        for (var round = 0; round < 3; round++)
        {
            await publisher.PublishAsync("room/1", new string('x', 100));
            await publisher.ExpectAsync(RawClient.PublishAck);
        }

        await publisher.PublishAsync("room/1", "small");

        Assert.Equal("small", (await client.ExpectPublishAsync()).Payload);
    }

    [Fact]
    public async Task Connect_MaximumPacketSizeBelowTheAnswer_IsRefused()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync();

        Assert.Equal(0x95, (await client.Connect5Async("c", RawClient.NumberProperty(0x27, 8))).Body[1]);
        Assert.Empty(await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Receive_MoreThanTheMaximumPacketSize_DisconnectsWithPacketTooLarge()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { PacketSizeBytesAtMost = 2_048 });
        using var client = await host.ConnectAsync("c", 5);

        await client.PublishAsync("devices/d/vitals", new string('x', 3_000));

        Assert.Equal(0x95, Assert.Single(await client.ReadToEndAsync()).Body[0]);
    }

    [Fact]
    public async Task Receive_MoreThanTheReceiveMaximumWhileTheClientGoesOnSending_IsToldWhy()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { InFlightAtMost = 10, OpenTopics = true });
        using var client = await host.ConnectAsync("c", 5);
        await client.SendAsync(Enumerable.Range(1, 500).SelectMany(number => client.PublishPacket("room/1", "x", 2, (ushort)number)).ToArray());

        var last = (await client.ReadToEndAsync())[^1];

        Assert.Equal((RawClient.Disconnect, 0x93), (last.Type, last.Body[0]));
    }

    [Fact]
    public async Task Send_ClientTakesTopicAliases_UsesThemUpToItsMaximum()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.OpenAsync();
        await client.Connect5Async("s", [0x22, 0, 1]);
        await client.Subscribe5Async(1, [], ("room/+", 0));
        using var publisher = await host.ConnectAsync("p");
        foreach (var topic in (string[])["room/1", "room/2", "room/1", "room/2"])
        {
            await publisher.PublishAsync(topic, topic, 0);
        }

        Assert.Equal(("room/1", "room/1", "230001"), Fields(await client.ExpectPublishAsync()));
        Assert.Equal(("room/2", "room/2", ""), Fields(await client.ExpectPublishAsync()));
        Assert.Equal(("", "room/1", "230001"), Fields(await client.ExpectPublishAsync()));
        Assert.Equal(("room/2", "room/2", ""), Fields(await client.ExpectPublishAsync()));
    }

    [Fact]
    public async Task Send_OnANewConnection_KnowsNoAliasOfTheEarlierOne()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        byte[] properties = [0x22, 0, 5, .. RawClient.NumberProperty(0x11, 100)];
        for (var round = 0; round < 2; round++)
        {
            using var client = await host.OpenAsync();
            await client.Connect5Async("s", properties, clean: false);
            await client.Subscribe5Async(1, [], ("room/1", 0));
            await client.PublishAsync("room/1", "x", 0);
            Assert.Equal(("room/1", "x", "230001"), Fields(await client.ExpectPublishAsync()));
            await client.DisconnectAsync();
            await client.ReadToEndAsync();
        }
    }

    [Theory]
    [InlineData("room/1", "230000")] // 0
    [InlineData("room/1", "230041")] // 65 of 64
    [InlineData("", "230005")] // unknown
    public async Task Receive_TopicAliasThatIsNone_DisconnectsWithTopicAliasInvalid(string topic, string properties)
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);

        await client.PublishAsync(topic, "x", properties: Convert.FromHexString(properties));

        Assert.Equal(0x94, Assert.Single(await client.ReadToEndAsync()).Body[0]);
    }

    [Fact]
    public async Task Receive_LargestTopicAlias_IsTaken()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);
        foreach (var topic in (string[])["room/1", "", "room/2", ""])
        {
            await client.PublishAsync(topic, "x", properties: [0x23, 0, 64]);
            Assert.Equal(0, (await client.ExpectAsync(RawClient.PublishAck)).Reason);
        }
    }

    private static async Task AcknowledgeAsync(RawClient client, RawPublish publish, int qualityOfService)
    {
        await client.AnswerAsync(qualityOfService == 1 ? RawClient.PublishAck : RawClient.PublishReceived, publish.Identifier);
        if (qualityOfService == 2)
        {
            await client.ExpectAsync(RawClient.PublishRelease);
            await client.AnswerAsync(RawClient.PublishComplete, publish.Identifier);
        }
    }

    private static (string Topic, string Payload, string Properties) Fields(RawPublish publish) => (publish.Topic, publish.Payload, publish.Properties);
}
