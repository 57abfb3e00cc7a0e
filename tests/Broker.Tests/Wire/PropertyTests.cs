using IoTGateway.Broker.Tests.Support;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Tests.Wire;

/// <summary>The properties of MQTT 5: which may stand where, and what goes on to subscribers (MQTT 5, 2.2.2, 3.3.2.3).</summary>
public class PropertyTests
{
    private static readonly BrokerOptions Open = new() { OpenTopics = true };

    [Fact]
    public async Task Publish_Properties_ReachSubscribersUnalteredAndInTheirOrder()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);
        await client.Subscribe5Async(1, [], ("room/1", 0));
        byte[] forwarded =
        [
            0x01, 1, .. RawClient.UserProperty("b", "1"), .. RawClient.TextProperty(0x08, "reply/here"), .. RawClient.UserProperty("a", "2"),
            0x09, 0, 2, 0xFF, 0x00, .. RawClient.UserProperty("b", "1"), .. RawClient.TextProperty(0x03, "text/plain"),
        ];

        await client.PublishAsync("room/1", "x", 0, properties: [0x23, 0, 1, .. forwarded]);

        Assert.Equal(Convert.ToHexString(forwarded), (await client.ExpectPublishAsync()).Properties);
    }

    [Fact]
    public async Task Publish_RetainedWithProperties_KeepsThemForLaterSubscribers()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);
        var property = RawClient.UserProperty("unit", "mmHg");
        await client.PublishAsync("room/1", "x", 0, retain: true, properties: property);

        await client.Subscribe5Async(1, [], ("room/1", 0));

        Assert.Equal(Convert.ToHexString(property), (await client.ExpectPublishAsync()).Properties);
    }

    [Fact]
    public async Task Publish_ToASubscriberOfVersion311_HasNoProperties()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var subscriber = await host.ConnectAsync("s");
        await subscriber.SubscribeAsync(1, ("room/1", 0));
        await subscriber.ExpectAsync(RawClient.SubscribeAck);
        using var client = await host.ConnectAsync("c", 5);

        await client.PublishAsync("room/1", "x", 0, properties: RawClient.UserProperty("a", "b"));

        Assert.Equal("x", (await subscriber.ExpectPublishAsync()).Payload);
    }

    [Theory]
    [InlineData("0101 0101")] // twice
    [InlineData("0102")] // payload format 2
    [InlineData("0B01")] // a subscription identifier
    [InlineData("1100000001")] // a property of CONNECT
    [InlineData("7F")] // no property at all
    [InlineData("08 0003 612F2B")] // a response topic with a wildcard
    [InlineData("26 0001 61 0002 C328")] // a user property that is not UTF-8
    [InlineData("03 0001 00")] // a content type with U+0000
    [InlineData("02 0000")] // an expiry that ends early
    public async Task Publish_PropertyThatMayNotBe_EndsTheConnection(string properties)
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);

        await client.PublishAsync("room/1", "x", properties: Convert.FromHexString(properties.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Equal(0x81, Assert.Single(await client.ReadToEndAsync()).Body[0]);
        Assert.Empty(host.Records(RecordKind.Reading));
    }

    [Theory]
    [InlineData("1100000001 1100000001", 0x82)] // twice
    [InlineData("210000", 0x82)] // receive maximum 0
    [InlineData("2700000000", 0x82)] // maximum packet size 0
    [InlineData("1702", 0x82)] // request problem information 2
    [InlineData("1902", 0x82)] // request response information 2
    [InlineData("0101", 0x81)] // a property of PUBLISH
    [InlineData("1800000001", 0x81)] // a property of the will
    public async Task Connect_PropertyThatMayNotBe_IsRefused(string properties, int reason)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync();

        var answer = await client.Connect5Async("c", Convert.FromHexString(properties.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Equal((0, reason), (answer.Body[0], answer.Body[1]));
        Assert.Empty(await client.ReadToEndAsync());
    }

    [Theory]
    [InlineData("E0 07 00 05 1100000001", 0x82)] // a session that was to end cannot be prolonged
    [InlineData("E0 03 00 01 11", 0x81)] // ends early
    [InlineData("E0 04 00 02 0101", 0x81)] // a property of PUBLISH
    [InlineData("E1 00", 0x81)] // flags
    [InlineData("F0 00", 0x82)] // AUTH without a method
    [InlineData("F1 00", 0x81)] // flags
    [InlineData("40 06 0001 00 02 0101", 0x81)] // a property of PUBLISH in PUBACK
    [InlineData("40 02 0000", 0x81)] // packet identifier 0
    [InlineData("41 02 0001", 0x81)] // flags
    [InlineData("38 05 0001 61 00 78", 0x81)] // DUP with QoS 0
    public async Task Packet_ThatMayNotBe_DisconnectsSayingWhy(string bytes, int reason)
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);

        await client.SendAsync(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Equal(reason, Assert.Single(await client.ReadToEndAsync()).Body[0]);
    }

    [Fact]
    public async Task Copy_OfAReading_HasItsContentType()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c", 5);
        await client.Subscribe5Async(1, [], ("devices/+/vitals", 0));
        var type = RawClient.TextProperty(0x03, "application/json");
        await BrokerHost.UntilAsync("a copy is made", () =>
        {
            client.PublishAsync("devices/d/vitals", "{}", 0, properties: type).GetAwaiter().GetResult();
            return host.Broker.Counters.Copies > 0;
        });

        Assert.Equal(Convert.ToHexString(type), (await client.ExpectPublishAsync()).Properties);
    }

    [Fact]
    public async Task Topic_WithAByteOrderMark_IsNotStrippedOfIt()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("c", 5);
        await client.Subscribe5Async(1, [], ("\uFEFFroom", 0), ("Room", 0));

        await client.PublishAsync("room", "plain", 0);
        await client.PublishAsync("\uFEFFroom", "marked", 0);

        var publish = await client.ExpectPublishAsync();
        Assert.Equal(("\uFEFFroom", "marked"), (publish.Topic, publish.Payload));
    }
}
