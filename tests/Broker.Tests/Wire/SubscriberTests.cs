using System.Text;
using IoTGateway.Broker.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;
using MQTTnet.Formatter;

namespace IoTGateway.Broker.Tests.Wire;

public class SubscriberTests
{
    private const string Alert = "alerts/icu/p1/low-spo2";

    [Fact]
    public async Task RetainAsync_SubscriberNowAndLater_BothGetItUntilItIsRemoved()
    {
        await using var host = await BrokerHost.StartAsync();
        using var now = await host.ConnectAsync("now");
        await now.SubscribeAsync(1, ("alerts/#", 1));
        await now.ExpectAsync(RawClient.SubscribeAck);

        await host.Broker.RetainAsync(Alert, "raised"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal((Alert, "raised", false), Fields(await now.ExpectAsync(RawClient.Publish), 1));
        using var later = await host.ConnectAsync("later");
        await later.SubscribeAsync(1, ("alerts/#", 1));
        await later.ExpectAsync(RawClient.SubscribeAck);
        Assert.Equal((Alert, "raised", true), Fields(await later.ExpectAsync(RawClient.Publish), 1));

        await host.Broker.RetainAsync(Alert, default, TestContext.Current.CancellationToken);
        Assert.Equal((Alert, "", false), Fields(await now.ExpectAsync(RawClient.Publish), 1));
        using var last = await host.ConnectAsync("last");
        await last.SubscribeAsync(1, ("alerts/#", 1));
        await last.ExpectAsync(RawClient.SubscribeAck);
        await last.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task PublishAsync_NotRetained_ReachesPresentSubscribersOnly()
    {
        await using var host = await BrokerHost.StartAsync();
        using var now = await host.ConnectAsync("now");
        await now.SubscribeAsync(1, ("alert-events/#", 1));
        await now.ExpectAsync(RawClient.SubscribeAck);

        await host.Broker.PublishAsync("alert-events/icu/p1", "active"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal(("alert-events/icu/p1", "active", false), Fields(await now.ExpectAsync(RawClient.Publish), 1));
        using var later = await host.ConnectAsync("later");
        await later.SubscribeAsync(1, ("alert-events/#", 1));
        await later.ExpectAsync(RawClient.SubscribeAck);
        await later.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Subscribe_ToReadings_GetsThoseFromThenOn()
    {
        await using var host = await BrokerHost.StartAsync();
        using var device = await host.ConnectAsync("device");
        await device.PublishAsync("devices/d/vitals", "before", identifier: 1);
        await device.ExpectAsync(RawClient.PublishAck);
        using var factory = await SubscriberAsync(host, "s1", "devices/+/vitals");
        using var other = await SubscriberAsync(host, "s2", "devices/e/vitals");

        // The copies begin a moment after the subscription: publishes until the first one comes.
        var received = factory.ExpectAsync(RawClient.Publish);
        ushort identifier = 2;
        while (!received.IsCompleted)
        {
            await device.PublishAsync("devices/d/vitals", "first", identifier: identifier++);
            await device.ExpectAsync(RawClient.PublishAck);
        }

        Assert.Equal(("devices/d/vitals", "first", false), Fields(await received, 1));
        await device.PublishAsync("devices/d/vitals", "last", identifier: identifier);
        await device.ExpectAsync(RawClient.PublishAck);
        while (Fields(await factory.ExpectAsync(RawClient.Publish), 1).Payload != "last")
        {
        }

        await other.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Subscribe_ToReadingsAtHigherQualityOfService_GetsThemAtTheLower()
    {
        await using var host = await BrokerHost.StartAsync();
        using var subscriber = await SubscriberAsync(host, "s1", "#", 2);
        using var device = await host.ConnectAsync("device");
        var received = subscriber.ExpectAsync(RawClient.Publish);
        while (!received.IsCompleted)
        {
            await device.PublishAsync("devices/d/vitals", "x", 0);
            await device.ExpectNothingButPingAsync();
        }

        Assert.Equal(0, ((await received).First >> 1) & 3);
    }

    [Fact]
    public async Task Unsubscribe_FromReadings_EndsTheCopies()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = new MqttClientFactory().CreateMqttClient();
        var cancellation = TestContext.Current.CancellationToken;
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", host.Port).WithProtocolVersion(MqttProtocolVersion.V500).Build(), cancellation);
        await client.SubscribeAsync("devices/+/vitals", cancellationToken: cancellation);
        using var device = await host.ConnectAsync("device");
        await BrokerHost.UntilAsync("a copy is made", () =>
        {
            device.PublishAsync("devices/d/vitals", "x", 0).GetAwaiter().GetResult();
            return host.Broker.Counters.Copies > 0;
        });

        await client.UnsubscribeAsync("devices/+/vitals", cancellation);
        await device.ExpectNothingButPingAsync();
        await BrokerHost.UntilAsync("what was published before is copied or not", () => host.Broker.Counters.Received >= host.Broker.Counters.Copies);
        var copies = host.Broker.Counters.Copies;
        for (ushort number = 1; number <= 20; number++)
        {
            await device.PublishAsync("devices/d/vitals", "y", identifier: number);
            await device.ExpectAsync(RawClient.PublishAck);
        }

        Assert.InRange(host.Broker.Counters.Copies, copies, copies + 1); // One may have been on its way.
    }

    [Fact]
    public async Task Subscriber_ThatDoesNotAcknowledge_IsEndedAndHoldsNobodyUp()
    {
        await using var host = await BrokerHost.StartAsync(
            new BrokerOptions { SubscriberQueueAtMost = 5, SubscriberPatience = TimeSpan.FromMilliseconds(100) });
        using var slow = await host.OpenAsync();

        // Its receive maximum is 1: it gets one message and acknowledges none.
        await slow.ConnectRawAsync("slow", [0x21, 0, 1]);
        await slow.SubscribeAsync(1, ("devices/+/vitals", 1));
        await slow.ExpectAsync(RawClient.SubscribeAck);
        using var fast = await SubscriberAsync(host, "fast", "devices/+/vitals");
        using var device = await host.ConnectAsync("device");
        ushort identifier = 0;
        await BrokerHost.UntilAsync("the slow subscriber is ended", () =>
        {
            device.PublishAsync("devices/d/vitals", $"{++identifier}", identifier: identifier).GetAwaiter().GetResult();
            return host.Broker.Connections.Find("slow") is null;
        });

        var last = (await slow.ReadToEndAsync())[^1];
        Assert.Equal((RawClient.Disconnect, 0x97), (last.Type, last.Body[0]));
        await device.PublishAsync("devices/d/vitals", "last", identifier: 60_000);
        string payload;
        do
        {
            var message = await fast.ExpectAsync(RawClient.Publish);
            payload = Fields(message, 1).Payload;
            await fast.AcknowledgeAsync(message);
        }
        while (payload != "last");
    }

    [Fact]
    public async Task Subscriber_ThatComesBackCleanWhileReadingsFlow_LeavesNothingBehind()
    {
        await using var host = await BrokerHost.StartAsync();
        using var device = await host.ConnectAsync("device");
        ushort identifier = 0;
        for (var round = 0; round < 20; round++)
        {
            using (var reader = await host.ConnectAsync("reader", clean: false))
            {
                await reader.SubscribeAsync(1, ("devices/+/vitals", 1));
                await reader.ExpectAsync(RawClient.SubscribeAck);
            }

            using var clean = await host.ConnectAsync("reader");
            for (var message = 0; message < 20; message++)
            {
                await device.PublishAsync("devices/d/vitals", "x", identifier: ++identifier);
                await device.ExpectAsync(RawClient.PublishAck);
            }

            await clean.ExpectNothingButPingAsync();
        }

        Assert.Null(host.Broker.FailedPart);
    }

    [Fact]
    public async Task Subscriber_ThatIsAwayTooLong_BeginsAnewRatherThanMissingAlertsUnknowingly()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { SubscriberQueueAtMost = 5 });
        using (var nurse = await host.ConnectAsync("nurse", clean: false))
        {
            await nurse.SubscribeAsync(1, ("alert-events/#", 1));
            await nurse.ExpectAsync(RawClient.SubscribeAck);
            await nurse.DisconnectAsync();
            await nurse.ReadToEndAsync();
        }

        await BrokerHost.UntilAsync("the nurse is away", () => host.Broker.Counters.Connections == 0);
        for (var number = 0; number < 6; number++)
        {
            await host.Broker.PublishAsync("alert-events/icu/p1", "x"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        using var back = await host.OpenAsync();
        Assert.Equal(0, (await back.ConnectAsync("nurse", clean: false)).Body[0]);
    }

    [Fact]
    public async Task Subscriber_ThatWasAwayShortly_GetsWhatItMissed()
    {
        await using var host = await BrokerHost.StartAsync();
        using (var nurse = await host.ConnectAsync("nurse", clean: false))
        {
            await nurse.SubscribeAsync(1, ("alert-events/#", 1));
            await nurse.ExpectAsync(RawClient.SubscribeAck);
            await nurse.DisconnectAsync();
            await nurse.ReadToEndAsync();
        }

        await BrokerHost.UntilAsync("the nurse is away", () => host.Broker.Counters.Connections == 0);
        await host.Broker.PublishAsync("alert-events/icu/p1", "missed"u8.ToArray(), TestContext.Current.CancellationToken);

        using var back = await host.OpenAsync();
        Assert.Equal(1, (await back.ConnectAsync("nurse", clean: false)).Body[0]);
        Assert.Equal(("alert-events/icu/p1", "missed", false), Fields(await back.ExpectAsync(RawClient.Publish), 1));
    }

    [Theory]
    [InlineData(4, 0x80)]
    [InlineData(5, 0x8F)]
    public async Task Subscribe_SeveralFilters_AreAnsweredInTheirOrder(int version, int failure)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1", version);

        await client.SubscribeAsync(7, ("a", 0), ("b", 2), ("a#", 2), ("c", 1), ("a/#/b", 0), ("+/d/#", 0));

        var answer = await client.ExpectAsync(RawClient.SubscribeAck);
        Assert.Equal(7, answer.Identifier);
        Assert.Equal([0, 2, failure, 1, failure, 0], answer.Body.Skip(version == 5 ? 3 : 2).Select(code => (int)code));
    }

    [Fact]
    public async Task Heartbeat_EveryTenSeconds_IsPublishedToThoseWhoAskForIt()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
        await using var host = await BrokerHost.StartAsync(clock: clock);
        using var everything = await SubscriberAsync(host, "everything", "#");
        using var watchdog = await host.ConnectAsync("watchdog");
        await watchdog.SubscribeAsync(1, ("$SYS/iotgateway/heartbeat", 0));
        await watchdog.ExpectAsync(RawClient.SubscribeAck);

        Assert.Equal(("$SYS/iotgateway/heartbeat", "1700000000000", true), Fields(await watchdog.ExpectAsync(RawClient.Publish), 0));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("1700000010000", Fields(await watchdog.ExpectAsync(RawClient.Publish), 0).Payload);
        await everything.ExpectNothingButPingAsync();
        Assert.Empty(host.Records(Queue.RecordKind.Reading, Queue.RecordKind.DeviceStatus, Queue.RecordKind.Session));
    }

    private static async Task<RawClient> SubscriberAsync(BrokerHost host, string clientId, string filter, int qualityOfService = 1)
    {
        var client = await host.ConnectAsync(clientId);
        await client.SubscribeAsync(1, (filter, qualityOfService));
        await client.ExpectAsync(RawClient.SubscribeAck);
        return client;
    }

    private static (string Topic, string Payload, bool Retained) Fields(RawPacket publish, int qualityOfService)
    {
        Assert.Equal(qualityOfService, (publish.First >> 1) & 3);
        var length = publish.Body[0] << 8 | publish.Body[1];
        var start = 2 + length + (qualityOfService > 0 ? 2 : 0);
        return (Encoding.UTF8.GetString(publish.Body, 2, length), Encoding.UTF8.GetString(publish.Body, start, publish.Body.Length - start), (publish.First & 1) != 0);
    }
}
