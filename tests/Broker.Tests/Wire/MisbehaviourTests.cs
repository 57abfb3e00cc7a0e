using IoTGateway.Broker.Tests.Support;

namespace IoTGateway.Broker.Tests.Wire;

public class MisbehaviourTests
{
    private const string Topic = "devices/d/vitals";

    [Fact]
    public async Task Packet_HalfOfItAndThenClose_EndsTheConnectionWithoutASpin()
    {
        await using var host = await BrokerHost.StartAsync();
        using (var client = await host.ConnectAsync("c1"))
        {
            await client.SendAsync(client.PublishPacket(Topic, "half")[..10]);
        }

        using (var client = await host.OpenAsync())
        {
            await client.SendAsync([0x10, 30, 0, 4]);
        }

        await BrokerHost.UntilAsync("both connections have ended", () => host.Broker.Counters.Connections == 0);
        Assert.Empty(host.Readings());
    }

    [Fact]
    public async Task Packet_AnnouncesMoreThanAllowed_IsRefusedBeforeItArrives()
    {
        await using var host = await BrokerHost.StartAsync();
        using var version5 = await host.ConnectAsync("c5", version: 5);
        using var version4 = await host.ConnectAsync("c4");
        var before = GC.GetTotalAllocatedBytes();

        await version5.SendAsync([0x32, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1]);
        await version4.SendAsync([0x32, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1]);

        Assert.Equal(0x95, Assert.Single(await version5.ReadToEndAsync()).Body[0]);
        Assert.Empty(await version4.ReadToEndAsync());
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 16 << 20); // Of 512 MiB announced.
    }

    [Theory]
    [InlineData("36 04 0001 61 00")] // QoS 3
    [InlineData("32 06 0001 61 0000 78")] // packet identifier 0
    [InlineData("32 02 0010")] // the topic ends early
    [InlineData("32 FF FF FF FF 01")] // a length of five bytes
    [InlineData("60 02 0001")] // PUBREL without its flag
    [InlineData("62 01 00")] // PUBREL ends early
    [InlineData("62 02 0000")] // PUBREL of packet identifier 0
    [InlineData("C1 00")] // PINGREQ with a flag
    [InlineData("D0 00")] // PINGRESP from a client
    [InlineData("20 02 0000")] // CONNACK from a client
    [InlineData("82 02 0001")] // SUBSCRIBE to nothing
    [InlineData("82 06 0001 0001 61 03")] // SUBSCRIBE with QoS 3
    [InlineData("80 06 0001 0001 61 00")] // SUBSCRIBE without its flag
    [InlineData("82 06 0001 0009 61 00")] // the filter ends early
    [InlineData("A2 02 0001")] // UNSUBSCRIBE from nothing
    [InlineData("F0 00")] // AUTH in 3.1.1
    [InlineData("00 00")]
    public async Task Packet_Malformed_ClosesTheConnection(string bytes)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");

        await client.SendAsync(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Empty(await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Packet_RandomBytes_NeverDisturbsOthers()
    {
        const int Seed = 20_260_301;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        await using var host = await BrokerHost.StartAsync();
        using var good = await host.ConnectAsync("good");
        for (var round = 1; round <= 60; round++)
        {
            using var bad = await host.OpenAsync();
            var version = random.Next(4, 6);
            if (random.Next(2) == 0)
            {
                await bad.ConnectAsync($"bad-{round}", version);
            }

            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            if (random.Next(2) == 0)
            {
                // A likely packet, of which some bytes are wrong.
                var packet = bad.PublishPacket(Topic, "bad", random.Next(3));
                packet[random.Next(packet.Length)] ^= (byte)(1 << random.Next(8));
                bytes = packet;
            }

            try
            {
                await bad.SendAsync(bytes);
            }
            catch (IOException)
            {
                // Closed already.
            }

            await good.PublishAsync("devices/good/vitals", $"{round}", identifier: (ushort)round);
            Assert.Equal(round, (await good.ExpectAsync(RawClient.PublishAck)).Identifier);
        }

        Assert.Equal(60, host.Records(Queue.RecordKind.Reading).Count(record => record.Client == "good"));
    }

    [Fact]
    public async Task Client_TakesNothing_IsCutOffAndOthersGoOn()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { OpenTopics = true }, clock);
        using var stuck = await host.ConnectAsync("stuck");
        await stuck.SubscribeAsync(1, ("room/#", 0));
        await stuck.ExpectAsync(RawClient.SubscribeAck);
        using var client = await host.ConnectAsync("c1");
        var payload = new string('x', 500_000);
        for (var number = 1; number <= 100; number++)
        {
            await client.PublishAsync("room/a", payload, 1, (ushort)number);
            await client.ExpectAsync(RawClient.PublishAck);
        }

        await BrokerHost.UntilAsync("the stuck client is cut off", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return host.Broker.Connections.Find("stuck") is null;
        });
        await client.ExpectNothingButPingAsync();
    }
}
