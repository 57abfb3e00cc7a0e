using System.Text;
using IoTGateway.Broker.Tests.Support;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Tests.Wire;

public class TopicTests
{
    private const string Topic = "devices/d/vitals";

    public static TheoryData<string> Refused => ["room/temperature", "alerts/icu/p1/low-spo2", "alert-events/icu/p1", "$SYS/iotgateway/heartbeat", "devices/d/other", "alerts"];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Publish_NotAllowedVersion5_IsAnsweredWithNotAuthorized(string topic)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1", version: 5);

        await client.PublishAsync(topic, "x", 0);
        await client.PublishAsync(topic, "x", 1, identifier: 4);
        Assert.Equal((4, 0x87), Fields(await client.ExpectAsync(RawClient.PublishAck)));
        await client.PublishAsync(topic, "x", 2, identifier: 5);
        Assert.Equal((5, 0x87), Fields(await client.ExpectAsync(RawClient.PublishReceived)));
        await client.PublishAsync(Topic, "good", 1, identifier: 6);
        Assert.Equal((6, 0), Fields(await client.ExpectAsync(RawClient.PublishAck)));

        Assert.Equal((1, 3), (host.Broker.Counters.Received, host.Broker.Counters.Refused));
        Assert.Equal(["good"], host.Readings());
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Publish_NotAllowedVersion311_ClosesTheConnection(string topic)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");

        await client.PublishAsync(topic, "x");

        Assert.Empty(await client.ReadToEndAsync());
        Assert.Equal(1, host.Broker.Counters.Refused);
        Assert.DoesNotContain(host.Logs.All, text => text.Contains("p1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("devices/+/vitals")]
    [InlineData("devices/d/#")]
    [InlineData("")]
    [InlineData("devices/d\u0000/vitals")]
    public async Task Publish_IllegalTopic_ClosesTheConnection(string topic)
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { OpenTopics = true });
        using var version4 = await host.ConnectAsync("c4");
        using var version5 = await host.ConnectAsync("c5", version: 5);

        await version4.PublishAsync(topic, "x");
        await version5.PublishAsync(topic, "x");

        Assert.Empty(await version4.ReadToEndAsync());
        Assert.Equal(0x90, Assert.Single(await version5.ReadToEndAsync()).Body[0]);
        Assert.Empty(host.Readings());
    }

    [Fact]
    public async Task Publish_TopicIsNotUtf8_ClosesTheConnection()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");
        byte[] topic = [.. Encoding.UTF8.GetBytes("devices/"), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("/vitals")];

        await client.SendAsync(0x32, [0, (byte)topic.Length, .. topic, 0, 1, (byte)'x']);

        Assert.Empty(await client.ReadToEndAsync());
        Assert.Empty(host.Readings());
    }

    [Fact]
    public async Task Publish_DeviceNameTooLong_IsRefusedAsInvalidTopic()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1", version: 5);

        await client.PublishAsync($"devices/{new string('d', 65)}/vitals", "x", identifier: 1);
        Assert.Equal((1, 0x90), Fields(await client.ExpectAsync(RawClient.PublishAck)));
        await client.PublishAsync($"devices/{new string('d', 64)}/vitals", "x", identifier: 2);
        Assert.Equal((2, 0), Fields(await client.ExpectAsync(RawClient.PublishAck)));
    }

    [Fact]
    public async Task Publish_MoreTopicsThanAllowed_IsRefusedAndKnownTopicsGoOn()
    {
        await using var host = await BrokerHost.StartAsync(topicsAtMost: 1);
        using var version5 = await host.ConnectAsync("c5", version: 5);
        using var version4 = await host.ConnectAsync("c4");

        await version5.PublishAsync("devices/d1/vitals", "1", identifier: 1);
        await version5.PublishAsync("devices/d2/vitals", "2", identifier: 2);
        await version5.PublishAsync("devices/d1/vitals", "3", identifier: 3);
        foreach (var reason in (int[])[0, 0x97, 0])
        {
            Assert.Equal(reason, (await version5.ExpectAsync(RawClient.PublishAck)).Reason);
        }

        await version4.PublishAsync("devices/d2/vitals", "4"); // Only now: else it could be the first to take the one topic.
        Assert.Empty(await version4.ReadToEndAsync());
        Assert.Equal(["1", "3"], host.Readings());
    }

    [Fact]
    public async Task Publish_RecordTooLarge_IsRefused()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { PacketSizeBytesAtMost = 2 << 20 });
        using var client = await host.ConnectAsync("c1", version: 5);

        await client.PublishAsync(Topic, new string('x', (1 << 20) + 1), identifier: 1);
        Assert.Equal(0x99, (await client.ExpectAsync(RawClient.PublishAck)).Reason);
        await client.PublishAsync(Topic, "small", identifier: 2);
        Assert.Equal(0, (await client.ExpectAsync(RawClient.PublishAck)).Reason);
        Assert.Equal(["small"], host.Readings());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Publish_OpenTopic_ReachesSubscribersAndNotTheLog(int qualityOfService)
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { OpenTopics = true });
        using var subscriber = await host.ConnectAsync("s");
        await subscriber.SubscribeAsync(1, ("room/+", 2));
        await subscriber.ExpectAsync(RawClient.SubscribeAck);
        using var client = await host.ConnectAsync("c1");

        await client.PublishAsync("room/temperature", "21", qualityOfService);
        if (qualityOfService == 2)
        {
            await client.ExpectAsync(RawClient.PublishReceived);
            await client.PublishAsync("room/temperature", "21", 2, duplicate: true);
            await client.ExpectAsync(RawClient.PublishReceived);
            await client.ReleaseAsync(1);
            await client.ExpectAsync(RawClient.PublishComplete);
        }
        else if (qualityOfService == 1)
        {
            await client.ExpectAsync(RawClient.PublishAck);
        }

        var message = await subscriber.ExpectAsync(RawClient.Publish);
        Assert.EndsWith("21", Encoding.UTF8.GetString(message.Body), StringComparison.Ordinal);
        await subscriber.ExpectNothingButPingAsync();
        Assert.Equal((0, 1), (host.Broker.Counters.Received, host.Broker.Counters.Ordinary));
        Assert.Empty(host.Records(RecordKind.Reading, RecordKind.Release));
    }

    private static (int Identifier, int Reason) Fields(RawPacket packet) => (packet.Identifier, packet.Reason);
}
