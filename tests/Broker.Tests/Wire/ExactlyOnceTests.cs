using IoTGateway.Broker.Tests.Support;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Tests.Wire;

public class ExactlyOnceTests
{
    private const string Topic = "devices/monitor-1/vitals";

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Publish_WholeExchange_IsKeptOnceAndReleased(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1", version);

        await client.PublishAsync(Topic, "once", 2, identifier: 5);
        Assert.Equal((5, 0), Fields(await client.ExpectAsync(RawClient.PublishReceived)));
        await client.ReleaseAsync(5);
        Assert.Equal((5, 0), Fields(await client.ExpectAsync(RawClient.PublishComplete)));

        Assert.Equal(
            [(RecordKind.Reading, 5), (RecordKind.Release, 5)],
            host.Records(RecordKind.Reading, RecordKind.Release).Select(record => (record.Kind, (int)record.PacketIdentifier)));
    }

    [Fact]
    public async Task Publish_SentAgainBeforeRelease_IsKeptOnce()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");

        await client.PublishAsync(Topic, "once", 2);
        await client.ExpectAsync(RawClient.PublishReceived);
        await client.PublishAsync(Topic, "once", 2, duplicate: true);
        await client.ExpectAsync(RawClient.PublishReceived);

        Assert.Equal(["once"], host.Readings());
        Assert.Equal(1, host.Broker.Counters.Duplicates);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_SentAgainAfterItsSegmentIsDeleted_IsKeptOnce(bool restart)
    {
        await using var host = await BrokerHost.StartAsync(segmentSizeBytes: 4_096);
        using (var first = await host.ConnectAsync("c1", clean: false))
        {
            await first.PublishAsync(Topic, "once", 2, identifier: 9);
            await first.ExpectAsync(RawClient.PublishReceived);
            ushort identifier = 100;
            await BrokerHost.UntilAsync("the segment of the message is deleted", () =>
            {
                for (var number = 0; number < 20; number++)
                {
                    first.PublishAsync(Topic, new string('x', 500), 1, ++identifier).GetAwaiter().GetResult();
                    first.ExpectAsync(RawClient.PublishAck).GetAwaiter().GetResult();
                }

                return !host.Readings().Contains("once");
            });
        }

        if (restart)
        {
            await host.RestartAsync();
        }

        using var second = await host.OpenAsync();
        Assert.Equal(1, (await second.ConnectAsync("c1", clean: false)).Body[0]);
        await second.PublishAsync(Topic, "once", 2, identifier: 9, duplicate: true);
        await second.ExpectAsync(RawClient.PublishReceived);
        Assert.DoesNotContain("once", host.Readings());
        await second.ReleaseAsync(9);
        await second.ExpectAsync(RawClient.PublishComplete);
        await second.PublishAsync(Topic, "anew", 2, identifier: 9);
        await second.ExpectAsync(RawClient.PublishReceived);
        Assert.Contains("anew", host.Readings());
    }

    [Fact]
    public async Task Publish_SentAgainAfterATakeover_IsKeptOnce()
    {
        await using var host = await BrokerHost.StartAsync();
        using var first = await host.ConnectAsync("c1", clean: false);
        await first.PublishAsync(Topic, "once", 2, identifier: 9);
        await first.ExpectAsync(RawClient.PublishReceived);

        using var second = await host.OpenAsync();
        Assert.Equal(1, (await second.ConnectAsync("c1", clean: false)).Body[0]);
        await second.PublishAsync(Topic, "once", 2, identifier: 9, duplicate: true);
        await second.ExpectAsync(RawClient.PublishReceived);

        Assert.Equal(["once"], host.Readings());
    }

    [Fact]
    public async Task Publish_RefusedAndSentAgain_IsANewMessage()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1", version: 5);

        await client.PublishAsync("alerts", "no", 2, identifier: 9);
        Assert.Equal(0x87, (await client.ExpectAsync(RawClient.PublishReceived)).Reason);
        await client.PublishAsync(Topic, "yes", 2, identifier: 9);
        Assert.Equal(0, (await client.ExpectAsync(RawClient.PublishReceived)).Reason);

        Assert.Equal(["yes"], host.Readings());
    }

    [Fact]
    public async Task Publish_SentAgainWhileFlushIsHeld_IsConfirmedOnlyAfterIt()
    {
        await using var host = await BrokerHost.StartAsync();
        using var first = await host.ConnectAsync("c1", clean: false);
        host.Disk.Hold();
        await first.PublishAsync(Topic, "once", 2);
        await BrokerHost.UntilAsync("the message is taken", () => host.Broker.Counters.Received == 1);
        first.Dispose();

        using var second = await host.OpenAsync();
        Assert.Equal(1, (await second.ConnectAsync("c1", clean: false)).Body[0]);
        await second.PublishAsync(Topic, "once", 2, duplicate: true);
        await BrokerHost.UntilAsync("the duplicate is seen", () => host.Broker.Counters.Duplicates == 1);
        await second.ExpectNothingButPingAsync();
        host.Disk.Release();

        await second.ExpectAsync(RawClient.PublishReceived);
        Assert.Equal(["once"], host.Readings());
    }

    [Fact]
    public async Task Release_FlushIsHeld_IsConfirmedOnlyAfterItEvenWhenSentAgain()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");
        await client.PublishAsync(Topic, "once", 2);
        await client.ExpectAsync(RawClient.PublishReceived);
        host.Disk.Hold();

        await client.ReleaseAsync(1);
        await client.ReleaseAsync(1);
        await client.ExpectNothingButPingAsync();
        host.Disk.Release();

        await client.ExpectAsync(RawClient.PublishComplete);
        await client.ExpectAsync(RawClient.PublishComplete);
        Assert.Single(host.Records(RecordKind.Release));
    }

    [Fact]
    public async Task Release_SentAgainOverANewConnectionWhileFlushIsHeld_IsConfirmedOnlyAfterIt()
    {
        await using var host = await BrokerHost.StartAsync();
        using var first = await host.ConnectAsync("c1", clean: false);
        await first.PublishAsync(Topic, "once", 2);
        await first.ExpectAsync(RawClient.PublishReceived);
        host.Disk.Hold();
        await first.ReleaseAsync(1);
        await first.ExpectNothingButPingAsync();
        first.Dispose();

        using var second = await host.OpenAsync();
        Assert.Equal(1, (await second.ConnectAsync("c1", clean: false)).Body[0]);
        await second.ReleaseAsync(1);
        await second.ExpectNothingButPingAsync();
        host.Disk.Release();

        Assert.Equal(1, (await second.ExpectAsync(RawClient.PublishComplete)).Identifier);
        Assert.Single(host.Records(RecordKind.Release));
    }

    [Fact]
    public async Task Publish_SameIdentifierAfterRelease_IsANewMessage()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");
        foreach (var payload in (string[])["first", "second"])
        {
            await client.PublishAsync(Topic, payload, 2, identifier: 3);
            await client.ExpectAsync(RawClient.PublishReceived);
            await client.ReleaseAsync(3);
            await client.ExpectAsync(RawClient.PublishComplete);
        }

        Assert.Equal(["first", "second"], host.Readings());
    }

    [Fact]
    public async Task Publish_SentAgainAfterRestart_IsKeptOnce()
    {
        await using var host = await BrokerHost.StartAsync();
        using var before = await host.ConnectAsync("c1", clean: false);
        await before.PublishAsync(Topic, "once", 2, identifier: 8);
        await before.ExpectAsync(RawClient.PublishReceived);
        await before.PublishAsync(Topic, "released", 2, identifier: 9);
        await before.ExpectAsync(RawClient.PublishReceived);
        await before.ReleaseAsync(9);
        await before.ExpectAsync(RawClient.PublishComplete);

        await host.RestartAsync();
        using var after = await host.OpenAsync();
        Assert.Equal(1, (await after.ConnectAsync("c1", clean: false)).Body[0]);
        await after.PublishAsync(Topic, "once", 2, identifier: 8, duplicate: true);
        Assert.Equal(8, (await after.ExpectAsync(RawClient.PublishReceived)).Identifier);
        await after.ReleaseAsync(8);
        await after.ExpectAsync(RawClient.PublishComplete);
        await after.PublishAsync(Topic, "new", 2, identifier: 9);
        await after.ExpectAsync(RawClient.PublishReceived);

        Assert.Equal(["once", "released", "new"], host.Readings());
    }

    [Theory]
    [InlineData(4, 0x00)]
    [InlineData(5, 0x92)]
    public async Task Release_UnknownIdentifier_IsAnswered(int version, int reason)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1", version);

        await client.ReleaseAsync(77);

        Assert.Equal((77, reason), Fields(await client.ExpectAsync(RawClient.PublishComplete)));
        Assert.Empty(host.Records(RecordKind.Release));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connect_CleanAfterAnOpenMessage_ClearsItDurably(bool restart)
    {
        await using var host = await BrokerHost.StartAsync();
        using var first = await host.ConnectAsync("c1", clean: false);
        await first.PublishAsync(Topic, "first", 2);
        await first.ExpectAsync(RawClient.PublishReceived);
        await first.DisconnectAsync();
        await first.ReadToEndAsync();

        using (var second = await host.OpenAsync())
        {
            Assert.Equal(0, (await second.ConnectAsync("c1", clean: true)).Body[0]);
        }

        if (restart)
        {
            await host.RestartAsync();
        }

        using var third = await host.OpenAsync();
        Assert.Equal(0, (await third.ConnectAsync("c1", clean: false)).Body[0]);
        await third.PublishAsync(Topic, "second", 2);
        await third.ExpectAsync(RawClient.PublishReceived);

        Assert.Equal(["first", "second"], host.Readings());
        Assert.Equal(0, host.Broker.Counters.Duplicates);
    }

    [Fact]
    public async Task Publish_ManyOverBrokenConnections_EachIsKeptOnce()
    {
        await using var host = await BrokerHost.StartAsync();
        const int Messages = 200;
        var next = 1;
        var open = new Dictionary<ushort, (string Payload, bool Received)>();
        for (var round = 0; next <= Messages || open.Count > 0; round++)
        {
            if (round % 3 == 2)
            {
                await host.RestartAsync();
            }

            using var client = await host.OpenAsync();
            await client.ConnectAsync("c1", clean: false);
            foreach (var (identifier, message) in open.ToList())
            {
                await (message.Received ? client.ReleaseAsync(identifier) : client.PublishAsync(Topic, message.Payload, 2, identifier, duplicate: true));
            }

            for (; open.Count < 40 && next <= Messages; next++)
            {
                var identifier = Enumerable.Range(1, 100).Select(number => (ushort)number).First(number => !open.ContainsKey(number));
                open[identifier] = ($"{next}", false);
                await client.PublishAsync(Topic, $"{next}", 2, identifier);
            }

            // Answers some, and lets the connection break before the rest.
            for (var answers = Math.Min(30, open.Count); answers > 0; answers--)
            {
                var packet = await client.ReadAsync();
                if (packet.Type == RawClient.PublishComplete)
                {
                    open.Remove(packet.Identifier);
                }
                else
                {
                    open[packet.Identifier] = (open[packet.Identifier].Payload, true);
                    await client.ReleaseAsync(packet.Identifier);
                }
            }
        }

        Assert.Equal(
            Enumerable.Range(1, Messages).Select(number => $"{number}").Order(StringComparer.Ordinal), host.Readings().Order(StringComparer.Ordinal));
    }

    private static (int Identifier, int Reason) Fields(RawPacket packet) => (packet.Identifier, packet.Reason);
}
