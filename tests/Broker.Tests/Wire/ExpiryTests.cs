using IoTGateway.Broker.Tests.Support;
using IoTGateway.Queue;
using IoTGateway.Tests.Doubles;

namespace IoTGateway.Broker.Tests.Wire;

/// <summary>Messages whose time is over, and wills that wait (MQTT 5, 3.3.2.3.3 and 3.1.3.2.2).</summary>
public class ExpiryTests
{
    private static readonly BrokerOptions Open = new() { OpenTopics = true };
    private readonly SettableClock _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));

    [Fact]
    public async Task Message_WaitsForItsSubscriber_ArrivesWithWhatIsLeftOfItsTimeOrNotAtAll()
    {
        await using var host = await BrokerHost.StartAsync(Open, _clock);
        using (var away = await host.OpenAsync())
        {
            await away.Connect5Async("s", RawClient.NumberProperty(0x11, 1_000), clean: false);
            await away.Subscribe5Async(1, [], ("room/1", 1));
        }

        await BrokerHost.UntilAsync("the subscriber is away", () => host.Broker.Counters.Connections == 0);
        using var publisher = await host.ConnectAsync("p", 5);
        foreach (var (payload, expiry) in ((string, uint)[])[("short", 5), ("long", 60), ("for ever", 0)])
        {
            await publisher.PublishAsync("room/1", payload, properties: expiry == 0 ? [] : RawClient.NumberProperty(0x02, expiry));
            await publisher.ExpectAsync(RawClient.PublishAck);
        }

        _clock.Advance(TimeSpan.FromSeconds(20));

        using var back = await host.OpenAsync();
        await back.Connect5Async("s", RawClient.NumberProperty(0x11, 1_000), clean: false);
        var left = await back.ExpectPublishAsync();
        Assert.Equal(("long", "0200000028"), (left.Payload, left.Properties));
        Assert.Equal(("for ever", ""), Fields(await back.ExpectPublishAsync()));
        await back.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Message_SentBeforeItsTimeIsOver_IsSentAgainAfterIt()
    {
        await using var host = await BrokerHost.StartAsync(Open, _clock);
        ushort identifier;
        using (var first = await host.OpenAsync())
        {
            await first.Connect5Async("s", RawClient.NumberProperty(0x11, 1_000), clean: false);
            await first.Subscribe5Async(1, [], ("room/1", 2));
            await first.PublishAsync("room/1", "x", 2, properties: RawClient.NumberProperty(0x02, 5));
            await first.ExpectAsync(RawClient.PublishReceived);
            identifier = (await first.ExpectPublishAsync()).Identifier;
        }

        _clock.Advance(TimeSpan.FromSeconds(20));

        using var second = await host.OpenAsync();
        await second.Connect5Async("s", RawClient.NumberProperty(0x11, 1_000), clean: false);
        var again = await second.ExpectPublishAsync();
        Assert.Equal((identifier, true, "0200000000"), (again.Identifier, again.Duplicate, again.Properties));
    }

    [Fact]
    public async Task Retained_TimeIsOver_IsNotSentToNewSubscribers()
    {
        await using var host = await BrokerHost.StartAsync(Open, _clock);
        using var client = await host.ConnectAsync("c", 5);
        await client.PublishAsync("room/1", "x", 0, retain: true, properties: RawClient.NumberProperty(0x02, 5));
        await client.Subscribe5Async(1, [], ("room/1", 0));
        Assert.Equal(("x", "0200000005"), Fields(await client.ExpectPublishAsync()));

        _clock.Advance(TimeSpan.FromSeconds(6));

        await client.Subscribe5Async(2, [], ("room/1", 0));
        await client.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Will_WithADelay_IsPublishedAfterIt()
    {
        await using var host = await BrokerHost.StartAsync(Open, _clock);
        using var subscriber = await SubscriberAsync(host);
        (await DeviceAsync(host, delay: 10, expiry: 100)).Dispose();
        await BrokerHost.UntilAsync("the device is gone", () => host.Broker.Counters.Connections == 1);

        _clock.Advance(TimeSpan.FromSeconds(9));
        await subscriber.ExpectNothingButPingAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("gone", (await subscriber.ExpectPublishAsync()).Payload);
    }

    [Fact]
    public async Task Will_WithADelayBeyondTheSession_IsPublishedWhenTheSessionEnds()
    {
        await using var host = await BrokerHost.StartAsync(Open, _clock);
        using var subscriber = await SubscriberAsync(host);
        (await DeviceAsync(host, delay: 1_000, expiry: 5)).Dispose();
        await BrokerHost.UntilAsync("the device is gone", () => host.Broker.Counters.Connections == 1);

        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("gone", (await subscriber.ExpectPublishAsync()).Payload);
    }

    [Fact]
    public async Task Will_WithADelayWithoutASession_IsPublishedAtOnce()
    {
        await using var host = await BrokerHost.StartAsync(Open, _clock);
        using var subscriber = await SubscriberAsync(host);
        (await DeviceAsync(host, delay: 1_000, expiry: 0)).Dispose();

        Assert.Equal("gone", (await subscriber.ExpectPublishAsync()).Payload);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Will_ClientIsBackBeforeTheDelayIsOver_IsPublishedOnlyIfItBeginsAnew(bool clean, bool published)
    {
        await using var host = await BrokerHost.StartAsync(Open, _clock);
        using var subscriber = await SubscriberAsync(host);
        (await DeviceAsync(host, delay: 10, expiry: 100)).Dispose();
        await BrokerHost.UntilAsync("the device is gone", () => host.Broker.Counters.Connections == 1);
        _clock.Advance(TimeSpan.FromSeconds(5));

        using var back = await host.OpenAsync();
        await back.Connect5Async("d", RawClient.NumberProperty(0x11, 100), clean);
        _clock.Advance(TimeSpan.FromSeconds(20));

        if (published)
        {
            Assert.Equal("gone", (await subscriber.ExpectPublishAsync()).Payload);
        }

        await subscriber.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Will_Properties_ReachSubscribersAndTheExpiryRunsFromItsPublication()
    {
        await using var host = await BrokerHost.StartAsync(Open, _clock);
        using var subscriber = await SubscriberAsync(host);
        using (var device = await host.OpenAsync())
        {
            byte[] properties = [.. RawClient.UserProperty("a", "b"), .. RawClient.NumberProperty(0x02, 30)];
            await device.Connect5Async("d", will: ("room/will", "gone", 1 << 3, properties));
        }

        var publish = await subscriber.ExpectPublishAsync();
        Assert.Equal("020000001E" + Convert.ToHexString(RawClient.UserProperty("a", "b")), publish.Properties);
    }

    [Fact]
    public async Task Will_ClientIsSilentForTooLong_IsPublished()
    {
        await using var host = await BrokerHost.StartAsync(clock: _clock);
        using var device = await host.OpenAsync();
        await device.ConnectAsync("d", keepAliveSeconds: 10, will: ("devices/d/status", "offline", false));

        _clock.Advance(TimeSpan.FromSeconds(16));

        await BrokerHost.UntilAsync("the will is in the log", () => host.Records(RecordKind.DeviceStatus) is [{ Payload: "offline" }]);
    }

    [Theory]
    [InlineData(0x20, true)]
    [InlineData(0x00, false)]
    public async Task Will_RetainFlag_DecidesWhetherItIsRetained(byte flags, bool retained)
    {
        await using var host = await BrokerHost.StartAsync(Open, _clock);
        using var subscriber = await SubscriberAsync(host);
        using (var device = await host.OpenAsync())
        {
            await device.Connect5Async("d", will: ("room/will", "gone", flags, []));
        }

        await subscriber.ExpectPublishAsync();
        using var later = await host.ConnectAsync("later", 5);
        await later.Subscribe5Async(1, [], ("room/#", 0));
        if (retained)
        {
            Assert.True((await later.ExpectPublishAsync()).Retain);
        }

        await later.ExpectNothingButPingAsync();
    }

    private static (string Payload, string Properties) Fields(RawPublish publish) => (publish.Payload, publish.Properties);

    private static async Task<RawClient> SubscriberAsync(BrokerHost host)
    {
        var subscriber = await host.ConnectAsync("s", 5);
        await subscriber.Subscribe5Async(1, [], ("room/#", 1));
        return subscriber;
    }

    private static async Task<RawClient> DeviceAsync(BrokerHost host, uint delay, uint expiry)
    {
        var device = await host.OpenAsync();
        await device.Connect5Async("d", RawClient.NumberProperty(0x11, expiry), will: ("room/will", "gone", 1 << 3, RawClient.NumberProperty(0x18, delay)));
        return device;
    }
}
