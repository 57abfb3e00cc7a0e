using System.Text;
using IoTGateway.Broker.Tests.Support;

namespace IoTGateway.Broker.Tests.Hostile;

/// <summary>Texts that are none, and texts that are far too long, wherever a packet has a text.</summary>
public class TextTests
{
    private const string Topic = "devices/d/vitals";

    /// <summary>An overlong slash, a surrogate, a lone continuation, a cut sequence, beyond U+10FFFF; and U+0000 (MQTT 5, 1.5.4).</summary>
    public static TheoryData<string> BadTexts() => ["61C0AF", "61EDA080", "6180", "61E282", "61F4908080", "6100"];

    [Theory]
    [MemberData(nameof(BadTexts))]
    public async Task Publish_TopicIsNoText_ClosesAndKeepsNothing(string hex)
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { OpenTopics = true });
        foreach (var version in (int[])[4, 5])
        {
            foreach (var prefix in (string[])["", "devices/"])
            {
                using var client = await host.ConnectAsync("c", version);
                byte[] topic = [.. Encoding.ASCII.GetBytes(prefix), .. Convert.FromHexString(hex), .. prefix.Length > 0 ? "/vitals"u8 : []];
                await client.SendAsync(0x32, [0, (byte)topic.Length, .. topic, 0, 1, .. version == 5 ? (byte[])[0] : [], (byte)'x']);
                Assert.All(await client.ReadToEndAsync(), packet => Assert.Equal(RawClient.Disconnect, packet.Type));
            }
        }

        Assert.Empty(host.Readings());
    }

    [Theory]
    [MemberData(nameof(BadTexts))]
    public async Task Connect_ClientIdIsNoText_IsRefused(string hex)
    {
        await using var host = await BrokerHost.StartAsync();
        foreach (var version in (byte[])[4, 5])
        {
            using var client = await host.OpenAsync();
            var clientId = Convert.FromHexString(hex);
            await client.SendAsync(0x10, [0, 4, .. "MQTT"u8, version, 2, 0, 0, .. version == 5 ? (byte[])[0] : [], 0, (byte)clientId.Length, .. clientId]);
            AssertRefused(await client.ReadToEndAsync());
        }

        Assert.Equal(0, host.Broker.Counters.Sessions);
    }

    [Theory]
    [MemberData(nameof(BadTexts))]
    public async Task Connect_WillTopicIsNoText_IsRefused(string hex)
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { OpenTopics = true });
        var topic = Convert.FromHexString(hex);
        using var client = await host.OpenAsync();
        await client.SendAsync(0x10, [0, 4, .. "MQTT"u8, 4, 0x06, 0, 0, 0, 1, (byte)'c', 0, (byte)topic.Length, .. topic, 0, 1, (byte)'x']);
        AssertRefused(await client.ReadToEndAsync());
    }

    [Theory]
    [MemberData(nameof(BadTexts))]
    public async Task Subscribe_FilterIsNoText_IsRefused(string hex)
    {
        await using var host = await BrokerHost.StartAsync();
        var filter = Convert.FromHexString(hex);
        using var client = await host.ConnectAsync("c");
        await client.SendAsync(0x82, [0, 1, 0, (byte)filter.Length, .. filter, 0]);
        await client.PingAsync();

        // Malformed: closed, or the one filter refused.
        foreach (var packet in (await ReadUntilPingAsync(client)).Where(packet => packet.Type == RawClient.SubscribeAck))
        {
            Assert.Equal(0x80, packet.Body[2]);
        }
    }

    [Theory]
    [InlineData(257)]
    [InlineData(65_535)]
    public async Task Connect_ClientIdTooLong_IsRefused(int length)
    {
        await using var host = await BrokerHost.StartAsync();
        using var version5 = await host.OpenAsync();
        Assert.Equal(0x85, (await version5.ConnectAsync(new string('c', length), version: 5)).Body[1]);
        using var version4 = await host.OpenAsync();
        Assert.Equal(2, (await version4.ConnectAsync(new string('c', length))).Body[1]);
        Assert.Equal(0, host.Broker.Counters.Sessions);
    }

    [Fact]
    public async Task Publish_HugeUserProperties_IsTakenAndKeepsNothingOfThem()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c", version: 5);
        var properties = Enumerable.Repeat((byte[])[0x26, 0, 1, (byte)'n', 0, 1, (byte)'v'], 100_000).SelectMany(property => property).ToArray();
        byte[] length = [(byte)(properties.Length & 0x7F | 0x80), (byte)(properties.Length >> 7 & 0x7F | 0x80), (byte)(properties.Length >> 14)];
        var before = host.Log.End;

        await client.SendAsync(0x32, [0, (byte)Topic.Length, .. Encoding.ASCII.GetBytes(Topic), 0, 1, .. length, .. properties, (byte)'x']);

        Assert.Equal(0, (await client.ExpectAsync(RawClient.PublishAck)).Reason);
        Assert.Equal(["x"], host.Readings());
        Assert.InRange(host.Log.End.Address - before.Address, 1, 10_000);
    }

    [Fact]
    public async Task Connect_HugeUserProperties_ClosesBeforeTheyArrive()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync();
        await client.SendAsync([0x10, 0x80, 0x80, 0x10]); // 256 KiB
        Assert.Empty(await client.ReadToEndAsync());
    }

    private static void AssertRefused(IReadOnlyList<RawPacket> packets)
    {
        Assert.InRange(packets.Count, 0, 1);
        Assert.All(packets, packet => Assert.True(packet.Type == RawClient.ConnectAck && packet.Body[1] != 0, packet.ToString()));
    }

    private static async Task<IReadOnlyList<RawPacket>> ReadUntilPingAsync(RawClient client)
    {
        var packets = new List<RawPacket>();
        try
        {
            do
            {
                packets.Add(await client.ReadAsync());
            }
            while (packets[^1].Type != RawClient.PingResponse);
        }
        catch (EndOfStreamException)
        {
            // Closed.
        }

        return packets;
    }
}
