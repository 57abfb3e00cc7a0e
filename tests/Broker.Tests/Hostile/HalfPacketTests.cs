using IoTGateway.Broker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Broker.Tests.Hostile;

/// <summary>Clients that begin a packet and take their time with the rest, or never send it.</summary>
public class HalfPacketTests
{
    private const string Topic = "devices/d/vitals";

    /// <summary>What allocating may cost beside what is asked about: the test's own clients and the machinery.</summary>
    private const long Slack = 16 << 20;

    [Fact]
    public async Task Connect_OneByteEachSecond_EndsAtTheConnectTimeout()
    {
        var clock = new FakeTimeProvider();
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { ConnectTimeout = TimeSpan.FromSeconds(10) }, clock);
        using var slow = await host.OpenAsync();
        await BrokerHost.UntilAsync("it is accepted", () => host.Broker.Counters.Connections == 1);
        foreach (var next in (byte[])[0x10, 20, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T'])
        {
            await slow.SendAsync([next]);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, host.Broker.Counters.Connections);
        await BrokerHost.UntilAsync("it is closed", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return host.Broker.Counters.Connections == 0;
        });
        Assert.Empty(await slow.ReadToEndAsync());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Publish_OneByteNowAndThen_EndsAtThePacketTimeoutThoughTheKeepAliveIsKept(int version)
    {
        var clock = new FakeTimeProvider();
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { PacketTimeout = TimeSpan.FromSeconds(60) }, clock);
        using var slow = await host.OpenAsync();
        await slow.ConnectAsync("slow", version, keepAliveSeconds: 30);
        using var good = await host.ConnectAsync("good");
        var packet = slow.PublishPacket(Topic, new string('x', 200));

        await BrokerHost.UntilAsync("the slow one is disconnected", () =>
        {
            var at = (int)(clock.GetElapsedTime(0).TotalSeconds % packet.Length);
            Send(slow, packet[at]);
            clock.Advance(TimeSpan.FromSeconds(5));
            return host.Broker.Connections.Find("slow") is null;
        });

        Assert.Equal(version == 5 ? [0x8D] : [], (await slow.ReadToEndAsync()).Select(end => (int)end.Body[0]));
        await good.ExpectNothingButPingAsync();
        Assert.Contains(host.Logs.All, text => text.Contains("not the rest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Publish_PacketsOneAfterAnotherWithSeams_IsNotTakenForAHalfPacket()
    {
        var clock = new FakeTimeProvider();
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { PacketTimeout = TimeSpan.FromSeconds(60) }, clock);
        using var client = await host.ConnectAsync("c");
        var rest = Array.Empty<byte>();
        for (ushort number = 1; number <= 30; number++)
        {
            // Each time the end of one packet and the beginning of the next.
            var packet = client.PublishPacket(Topic, $"{number}", identifier: number);
            await client.SendAsync([.. rest, .. packet[..5]]);
            rest = packet[5..];
            if (number > 1)
            {
                await client.ExpectAsync(RawClient.PublishAck);
            }

            clock.Advance(TimeSpan.FromSeconds(10));
        }

        await client.SendAsync(rest);
        await client.ExpectAsync(RawClient.PublishAck);
        Assert.Equal(30, host.Readings().Count);
    }

    [Fact]
    public async Task Publish_HalfPacketsOfManyClients_AreBoundedTogetherAndTheBudgetIsGivenBack()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { HalfPacketsBytesAtMost = 1 << 20 });
        using var good = await host.ConnectAsync("good");
        var greedy = new List<RawClient>();
        for (var number = 0; number < 8; number++)
        {
            var client = await host.ConnectAsync($"greedy-{number}", version: 5);
            greedy.Add(client);
            await client.SendAsync(client.PublishPacket(Topic, new string('x', 300_000))[..260_000]);
        }

        await BrokerHost.UntilAsync("those beyond the budget are disconnected", () => host.Broker.Counters.Connections is <= 5 and >= 4);
        await good.PublishAsync("devices/good/vitals", "fine");
        await good.ExpectAsync(RawClient.PublishAck);
        greedy.ForEach(client => client.Dispose());

        await BrokerHost.UntilAsync("only the good one is left", () => host.Broker.Counters.Connections == 1);
        await good.PublishAsync("devices/good/vitals", new string('x', 900_000), identifier: 2);
        Assert.Equal(2, (await good.ExpectAsync(RawClient.PublishAck)).Identifier);
    }

    [Fact]
    public async Task Connect_HalfOnesOfManyClients_AreBoundedTogether()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { HalfPacketsBytesAtMost = 1 << 20 });
        var greedy = new List<RawClient>();
        for (var number = 0; number < 20; number++)
        {
            var client = await host.OpenAsync();
            greedy.Add(client);
            await client.SendAsync([0x10, 0x80 | 0x08, 0x80 | 0x00, 0x07, .. new byte[100_000]]);
        }

        await BrokerHost.UntilAsync("those beyond the budget are closed", () => host.Broker.Counters.Connections is <= 11 and >= 9);
        using var good = await host.ConnectAsync("good");
        await good.ExpectNothingButPingAsync();
        greedy.ForEach(client => client.Dispose());
    }

    [Theory]
    [InlineData("10 FF FF FF 7F")] // 256 MiB
    [InlineData("10 80 80 40")] // 1 MiB, more than a CONNECT may have
    [InlineData("10 FF FF FF FF 01")] // a length of five bytes
    [InlineData("30 FF FF FF 7F")] // not even a CONNECT
    [InlineData("C0 00")] // a ping before CONNECT
    [InlineData("32 08 0001 61 0001 787878")] // a message before CONNECT
    [InlineData("16 03 01 02 00 01 00 01 FC 03 03")] // a TLS handshake
    [InlineData("47 45 54 20 2F 20 48 54 54 50 2F 31 2E 31 0D 0A")] // an HTTP request
    public async Task Open_FirstBytesAreNoConnect_ClosesAtOnceWithoutAllocatingWhatIsAnnounced(string bytes)
    {
        await using var host = await BrokerHost.StartAsync();
        var before = GC.GetTotalAllocatedBytes();
        for (var number = 0; number < 20; number++)
        {
            using var client = await host.OpenAsync();
            await client.SendAsync(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
            Assert.Empty(await client.ReadToEndAsync());
        }

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, Slack);
        Assert.Empty(host.Readings());
    }

    private static void Send(RawClient client, byte next)
    {
        try
        {
            client.SendAsync([next]).GetAwaiter().GetResult();
        }
        catch (IOException)
        {
            // Closed meanwhile.
        }
    }
}
