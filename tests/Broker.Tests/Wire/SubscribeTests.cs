using IoTGateway.Broker.Tests.Support;

namespace IoTGateway.Broker.Tests.Wire;

/// <summary>SUBSCRIBE and UNSUBSCRIBE, their options and their answers (MQTT 5, 3.8 to 3.11).</summary>
public class SubscribeTests
{
    private static readonly BrokerOptions Open = new() { OpenTopics = true };

    [Fact]
    public async Task Subscribe_NoLocal_LeavesOutTheClientsOwnMessages()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);
        using var other = await host.ConnectAsync("o", 5);
        await client.Subscribe5Async(1, [], ("room/1", 0x04));

        await client.PublishAsync("room/1", "own", 0);
        await client.ExpectNothingButPingAsync();
        await other.PublishAsync("room/1", "other", 0);

        Assert.Equal("other", (await client.ExpectPublishAsync()).Payload);
    }

    [Theory]
    [InlineData(0x00, false)]
    [InlineData(0x08, true)]
    public async Task Subscribe_RetainAsPublished_DecidesTheRetainFlag(int options, bool retain)
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);
        await client.Subscribe5Async(1, [], ("room/1", options));

        await client.PublishAsync("room/1", "x", 0, retain: true);

        Assert.Equal(retain, (await client.ExpectPublishAsync()).Retain);
    }

    [Theory]
    [InlineData(0x00, true, true)]
    [InlineData(0x10, true, false)]
    [InlineData(0x20, false, false)]
    public async Task Subscribe_RetainHandling_DecidesWhetherRetainedMessagesAreSent(int options, bool atFirst, bool again)
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);
        await client.PublishAsync("room/1", "kept", 0, retain: true);

        foreach (var expected in (bool[])[atFirst, again])
        {
            await client.Subscribe5Async(1, [], ("room/#", options));
            if (expected)
            {
                var publish = await client.ExpectPublishAsync();
                Assert.Equal(("kept", true), (publish.Payload, publish.Retain));
            }

            await client.ExpectNothingButPingAsync();
        }
    }

    [Fact]
    public async Task Subscribe_AgainWithVersion311_SendsRetainedMessagesAgainAndReplacesTheSubscription()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c");
        await client.PublishAsync("room/1", "kept", 1, retain: true);
        await client.ExpectAsync(RawClient.PublishAck);
        foreach (var qualityOfService in (int[])[0, 1])
        {
            await client.SubscribeAsync(1, ("room/1", qualityOfService));
            Assert.Equal(qualityOfService, (await client.ExpectAsync(RawClient.SubscribeAck)).Body[2]);
            Assert.Equal(qualityOfService, (await client.ExpectPublishAsync()).QualityOfService);
        }

        await client.PublishAsync("room/1", "live", 0);
        Assert.Equal("live", (await client.ExpectPublishAsync()).Payload);
        await client.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Subscribe_Overlapping_IsOneDeliveryWithTheHighestQualityOfServiceAndAllIdentifiers()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);
        await client.Subscribe5Async(1, [0x0B, 2], ("room/+", 0));
        await client.Subscribe5Async(2, [0x0B, 0x80, 0x01], ("room/#", 2));
        await client.Subscribe5Async(3, [], ("#", 1));

        await client.PublishAsync("room/1", "x", 2, identifier: 5);
        await client.ExpectAsync(RawClient.PublishReceived);

        var publish = await client.ExpectPublishAsync();
        Assert.Equal(2, publish.QualityOfService);
        Assert.Contains("0B02", publish.Properties, StringComparison.Ordinal);
        Assert.Contains("0B8001", publish.Properties, StringComparison.Ordinal);
        await client.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Publish_WithoutRetain_LeavesTheRetainedMessage()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);
        await client.PublishAsync("room/1", "kept", 0, retain: true);
        await client.PublishAsync("room/1", "live", 0);
        await client.PublishAsync("room/1", "", 0);

        await client.Subscribe5Async(1, [], ("room/1", 0));

        Assert.Equal("kept", (await client.ExpectPublishAsync()).Payload);
    }

    [Theory]
    [InlineData(0, 2, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(2, 2, 2)]
    public async Task Publish_ToASubscription_HasTheLowerQualityOfService(int published, int subscribed, int expected)
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var subscriber = await host.ConnectAsync("s");
        await subscriber.SubscribeAsync(1, ("room/1", subscribed));
        await subscriber.ExpectAsync(RawClient.SubscribeAck);
        using var publisher = await host.ConnectAsync("p");

        await publisher.PublishAsync("room/1", "x", published);

        Assert.Equal(expected, (await subscriber.ExpectPublishAsync()).QualityOfService);
    }

    [Theory]
    [InlineData(4, "00078080")]
    [InlineData(5, "0007009E9E")]
    public async Task Subscribe_Shared_IsAnsweredAsNotSupported(int version, string answer)
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", version);

        await client.SubscribeAsync(7, ("$share/group/room/1", 0), ("$share/group/room/#", 1));

        Assert.Equal(answer, Convert.ToHexString((await client.ExpectAsync(RawClient.SubscribeAck)).Body));
    }

    [Fact]
    public async Task Subscribe_MoreThanAllowed_IsAnsweredWithQuotaExceeded()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { SubscriptionsPerSessionAtMost = 2 });
        using var client = await host.ConnectAsync("c", 5);

        await client.SubscribeAsync(7, ("a", 0), ("b", 1), ("c", 1), ("a", 2));

        Assert.Equal("000700000197" + "02", Convert.ToHexString((await client.ExpectAsync(RawClient.SubscribeAck)).Body));
    }

    [Fact]
    public async Task Subscribe_WildcardFirst_DoesNotMatchTopicsThatBeginWithDollar()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);
        await client.Subscribe5Async(1, [], ("#", 0), ("+/iotgateway/heartbeat", 0));
        await client.ExpectNothingButPingAsync();

        await client.Subscribe5Async(2, [], ("$SYS/iotgateway/heartbeat", 0));
        Assert.Equal("$SYS/iotgateway/heartbeat", (await client.ExpectPublishAsync()).Topic);
    }

    [Theory]
    [InlineData(4, "0007")]
    [InlineData(5, "00070000118F")]
    public async Task Unsubscribe_KnownUnknownAndInvalid_IsAnsweredInOrder(int version, string answer)
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", version);
        await client.SubscribeAsync(1, ("room/+", 0));
        await client.ExpectAsync(RawClient.SubscribeAck);

        Assert.Equal(answer, Convert.ToHexString((await client.UnsubscribeAsync(7, "room/+", "room/1", "a#")).Body));
        await client.PublishAsync("room/1", "x", 0);
        await client.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Unsubscribe_WhileAMessageIsUnacknowledged_CompletesItsDelivery()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);
        await client.Subscribe5Async(1, [], ("room/1", 2));
        await client.PublishAsync("room/1", "x", 2, identifier: 4);
        await client.ExpectAsync(RawClient.PublishReceived);
        var publish = await client.ExpectPublishAsync();

        await client.UnsubscribeAsync(2, "room/1");
        await client.AnswerAsync(RawClient.PublishReceived, publish.Identifier);

        Assert.Equal(publish.Identifier, (await client.ExpectAsync(RawClient.PublishRelease)).Identifier);
    }

    [Theory]
    [InlineData("82 07 0001 00 0001 61 43", 0x81)] // reserved options
    [InlineData("82 07 0001 00 0001 61 03", 0x81)] // QoS 3
    [InlineData("82 07 0001 00 0001 61 30", 0x82)] // retain handling 3
    [InlineData("82 03 0001 00", 0x82)] // no filter
    [InlineData("82 09 0001 02 0B00 0001 61 00", 0x82)] // subscription identifier 0
    [InlineData("82 0B 0001 04 0B010B02 0001 61 00", 0x82)] // two of them
    [InlineData("82 09 0001 02 2105 0001 61 00", 0x81)] // a property of CONNECT
    [InlineData("82 07 0000 00 0001 61 00", 0x81)] // packet identifier 0
    [InlineData("82 10 0001 00 000A 2473686172652F672F61 04", 0x82)] // shared and no local
    [InlineData("A2 03 0001 00", 0x82)] // no filter
    [InlineData("A2 06 0000 00 0001 61", 0x81)] // packet identifier 0
    [InlineData("A0 06 0001 00 0001 61", 0x81)] // flags
    public async Task Request_Malformed_DisconnectsSayingWhy(string bytes, int reason)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c", 5);

        await client.SendAsync(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Equal(reason, Assert.Single(await client.ReadToEndAsync()).Body[0]);
    }

    [Fact]
    public async Task Subscribe_FilterIsNotUtf8_IsAnsweredAsInvalid()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c", 5);

        await client.SendAsync(RawClient.PacketOf(0x82, "0001 00 0002 C328 00"));

        Assert.Equal(0x8F, (await client.ExpectAsync(RawClient.SubscribeAck)).Body[3]);
    }

    [Fact]
    public async Task Answers_TheClientDoesNotTake_EndItsConnection()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { WriteTimeout = TimeSpan.FromSeconds(1) });
        using var client = await host.ConnectAsync("c", 5);
        var request = Enumerable.Repeat(client.SubscribePacket(1, [], [.. Enumerable.Repeat(("a", 0), 1_000)]), 20).SelectMany(packet => packet).ToArray();

        await BrokerHost.UntilAsync("the client is cut off", () =>
        {
            try
            {
                client.SendAsync(request).Wait(TimeSpan.FromMilliseconds(100));
            }
            catch (AggregateException)
            {
                // The connection has ended.
            }

            return host.Broker.Counters.Connections == 0;
        });
    }
}
