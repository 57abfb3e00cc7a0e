using IoTGateway.Broker.Tests.Support;

namespace IoTGateway.Broker.Tests.Wire;

/// <summary>A slow or absent subscriber: bounded, told, and no hindrance to publishers.</summary>
public class BoundTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Queue_MoreBytesThanOneSubscriberMayHold_EndsItsSessionAloud(bool connected)
    {
        var options = new BrokerOptions { OpenTopics = true, SubscriberBytesAtMost = 100_000 };
        await using var host = await BrokerHost.StartAsync(options);
        using var subscriber = await SubscriberAsync(host, "s");
        if (!connected)
        {
            subscriber.Dispose();
            await BrokerHost.UntilAsync("the subscriber is away", () => host.Broker.Counters.Connections == 0);
        }

        using var publisher = await host.ConnectAsync("p");
        for (ushort number = 1; number <= 15; number++)
        {
            await publisher.PublishAsync("room/1", new string('x', 10_000), identifier: number);
            await publisher.ExpectAsync(RawClient.PublishAck);
        }

        if (connected)
        {
            var last = (await subscriber.ReadToEndAsync())[^1];
            Assert.Equal((RawClient.Disconnect, 0x97), (last.Type, last.Body[0]));
            await BrokerHost.UntilAsync("the subscriber is gone", () => host.Broker.Counters.Connections == 1);
        }

        using var back = await host.OpenAsync();
        Assert.Equal(0, (await back.Connect5Async("s", RawClient.NumberProperty(0x11, 100), clean: false)).Body[0]);
        Assert.Contains(host.Logs.All, text => text.Contains("cannot keep up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Queue_MoreBytesThanAllSubscribersMayHold_EndsThoseWhoAreAwayAndServesThePresent()
    {
        var options = new BrokerOptions { OpenTopics = true, SubscribersBytesAtMost = 100_000 };
        await using var host = await BrokerHost.StartAsync(options);
        for (var number = 0; number < 20; number++)
        {
            (await SubscriberAsync(host, $"away-{number}")).Dispose();
        }

        await BrokerHost.UntilAsync("they are away", () => host.Broker.Counters.Connections == 0);
        Assert.Equal(20, host.Broker.Counters.Sessions);
        using var present = await SubscriberAsync(host, "present");
        using var publisher = await host.ConnectAsync("p");
        for (ushort number = 1; number <= 3; number++)
        {
            await publisher.PublishAsync("room/1", new string('x', 10_000), identifier: number);
            await publisher.ExpectAsync(RawClient.PublishAck);
            var publish = await present.ExpectPublishAsync();
            Assert.Equal(10_000, publish.Payload.Length);
            await present.AnswerAsync(RawClient.PublishAck, publish.Identifier);
        }

        Assert.InRange(host.Broker.Counters.Sessions, 2, 12);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Retain_MoreThanAllowed_IsRefusedAndKnownTopicsGoOn(int version)
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { OpenTopics = true, RetainedAtMost = 7 });
        using var client = await host.ConnectAsync("c", version);
        await BrokerHost.UntilAsync("the gateway's own are there", () => host.Broker.RetainedCount == 6);
        await client.PublishAsync("room/1", "a", retain: true);
        await client.ExpectAsync(RawClient.PublishAck);
        await client.PublishAsync("room/1", "b", retain: true);
        await client.ExpectAsync(RawClient.PublishAck);

        await client.PublishAsync("room/2", "c", retain: true);

        if (version == 4)
        {
            Assert.Empty(await client.ReadToEndAsync());
            return;
        }

        Assert.Equal(0x97, (await client.ExpectAsync(RawClient.PublishAck)).Reason);
        await client.PublishAsync("room/1", "", retain: true);
        Assert.Equal(0, (await client.ExpectAsync(RawClient.PublishAck)).Reason);
        await client.PublishAsync("room/2", "c", retain: true);
        Assert.Equal(0, (await client.ExpectAsync(RawClient.PublishAck)).Reason);
    }

    [Fact]
    public async Task Publish_TopicOfTooManyLevels_IsRefused()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { OpenTopics = true });
        using var client = await host.ConnectAsync("c", 5);

        await client.PublishAsync(string.Join('/', Enumerable.Repeat("a", 200)), "x");
        Assert.Equal(0, (await client.ExpectAsync(RawClient.PublishAck)).Reason);
        await client.PublishAsync(string.Join('/', Enumerable.Repeat("a", 201)), "x");
        Assert.Equal(0x90, (await client.ExpectAsync(RawClient.PublishAck)).Reason);
    }

    private static async Task<RawClient> SubscriberAsync(BrokerHost host, string clientId)
    {
        var client = await host.OpenAsync();
        await client.Connect5Async(clientId, RawClient.NumberProperty(0x11, 100), clean: false);
        await client.Subscribe5Async(1, [], ("room/1", 1));
        return client;
    }
}
