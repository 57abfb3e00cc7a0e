using IoTGateway.Broker.Tests.Support;
using IoTGateway.Queue;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Broker.Tests.Wire;

public class SessionTests
{
    private const string Topic = "devices/monitor-1/vitals";

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 600)]
    public async Task Connect_PersistentSession_IsPresentTheSecondTime(int version, int expirySeconds)
    {
        await using var host = await BrokerHost.StartAsync();
        for (var time = 0; time < 3; time++)
        {
            using var client = await host.OpenAsync();
            var answer = await client.ConnectAsync("c1", version, clean: false, expirySeconds: (uint)expirySeconds);
            Assert.Equal(time == 0 ? 0 : 1, answer.Body[0]);
            await client.DisconnectAsync();
            await client.ReadToEndAsync();
        }
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 600)]
    public async Task Connect_PersistentSessionAfterRestart_IsPresent(int version, int expirySeconds)
    {
        await using var host = await BrokerHost.StartAsync();
        using (await host.ConnectAsync("c1", version, clean: false, (uint)expirySeconds))
        {
            await host.RestartAsync();
        }

        using var client = await host.OpenAsync();
        Assert.Equal(1, (await client.ConnectAsync("c1", version, clean: false, expirySeconds: (uint)expirySeconds)).Body[0]);
        await client.PublishAsync(Topic, "1");
        await client.ExpectAsync(RawClient.PublishAck);
    }

    [Fact]
    public async Task Connect_SessionThatSubscribedAfterRestart_BeginsAnew()
    {
        await using var host = await BrokerHost.StartAsync();
        using (var client = await host.ConnectAsync("c1", clean: false))
        {
            await client.SubscribeAsync(1, ("alerts/#", 1));
            await client.ExpectAsync(RawClient.SubscribeAck);
        }

        using (var again = await host.OpenAsync())
        {
            Assert.Equal(1, (await again.ConnectAsync("c1", clean: false)).Body[0]);
        }

        await host.RestartAsync();
        using var after = await host.OpenAsync();
        Assert.Equal(0, (await after.ConnectAsync("c1", clean: false)).Body[0]);
        Assert.Equal(
            ["Opened", "Subscribed", "Opened"],
            host.Records(RecordKind.Session).Where(record => record.Payload != "Disconnected").Select(record => record.Payload));
    }

    [Fact]
    public async Task Connect_OnlyPublishingWithCleanSession_WritesNothingToTheLog()
    {
        await using var host = await BrokerHost.StartAsync();
        using (await host.ConnectAsync("c1"))
        {
        }

        using (await host.ConnectAsync("c1", version: 5))
        {
        }

        Assert.Empty(host.Records(RecordKind.Session));
    }

    [Fact]
    public async Task Connect_Version5AfterExpiry_BeginsAnew()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var host = await BrokerHost.StartAsync(clock: clock);
        using (var client = await host.ConnectAsync("c1", 5, clean: false, expirySeconds: 60))
        {
            await client.DisconnectAsync();
            await client.ReadToEndAsync();
        }

        await BrokerHost.UntilAsync("the session is left", () => host.Broker.Counters.Connections == 0);
        clock.Advance(TimeSpan.FromSeconds(59));
        using (var client = await host.OpenAsync())
        {
            Assert.Equal(1, (await client.ConnectAsync("c1", 5, clean: false, expirySeconds: 60)).Body[0]);
            await client.DisconnectAsync();
            await client.ReadToEndAsync();
        }

        await BrokerHost.UntilAsync("the session is left", () => host.Broker.Counters.Connections == 0);
        clock.Advance(TimeSpan.FromSeconds(61));
        using (var client = await host.OpenAsync())
        {
            Assert.Equal(0, (await client.ConnectAsync("c1", 5, clean: false, expirySeconds: 60)).Body[0]);
        }
    }

    [Fact]
    public async Task Disconnect_Version5WithExpiryZero_EndsTheSession()
    {
        await using var host = await BrokerHost.StartAsync();
        using (var client = await host.ConnectAsync("c1", 5, clean: false, expirySeconds: 600))
        {
            await client.SendAsync([0xE0, 7, 0x00, 5, 0x11, 0, 0, 0, 0]);
            await client.ReadToEndAsync();
        }

        using var again = await host.OpenAsync();
        Assert.Equal(0, (await again.ConnectAsync("c1", 5, clean: false, expirySeconds: 600)).Body[0]);
        Assert.Contains(host.Records(RecordKind.Session), record => record.Payload == "Ended");
    }

    [Fact]
    public async Task Connect_MoreSessionsThanAllowed_IsRefused()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { SessionsAtMost = 1 });
        using var first = await host.ConnectAsync("c1");
        using var second = await host.OpenAsync();

        Assert.Equal(0x97, (await second.ConnectAsync("c2", 5)).Body[1]);
        Assert.Empty(await second.ReadToEndAsync());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Connect_SameClientIdAgain_ClosesTheFirstAndKeepsItsAcknowledgements(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        using var first = await host.ConnectAsync("c1", version, clean: false, 600);
        host.Disk.Hold();
        await first.PublishAsync(Topic, "of the first", identifier: 11);
        await BrokerHost.UntilAsync("the message is taken", () => host.Broker.Counters.Received == 1);

        using var second = await host.OpenAsync();
        var connecting = second.ConnectAsync("c1", version, clean: false, expirySeconds: 600);
        var last = await first.ReadToEndAsync();
        Assert.Equal(version == 5 ? [0x8E] : [], last.Select(packet => (int)packet.Body[0]));
        await connecting;
        host.Disk.Release();
        await second.PublishAsync(Topic, "of the second", identifier: 12);

        Assert.Equal(12, (await second.ExpectAsync(RawClient.PublishAck)).Identifier);
        await second.ExpectNothingButPingAsync();
        Assert.Equal(["of the first", "of the second"], host.Readings());
    }

    [Fact]
    public async Task Connect_WhileTheEarlierConnectionIsStillEnding_WaitsForItsEnd()
    {
        await using var host = await BrokerHost.StartAsync(pendingBytesAtMost: 64 << 10);
        using var first = await host.OpenAsync();
        await first.ConnectAsync("c1", clean: false, will: ("devices/d/status", new string('o', 20_000), true));
        using var bystander = await host.ConnectAsync("c3");
        using var other = await host.ConnectAsync("c2");
        host.Disk.Hold();
        await other.PublishAsync(Topic, "x", identifier: 100);
        await BrokerHost.UntilAsync("the writer has taken the first", () => host.Disk.Waiting == 1);
        for (ushort number = 1; number <= 40; number++)
        {
            await other.PublishAsync(Topic, new string('x', 10_000), identifier: number);
        }

        await BrokerHost.UntilAsync("the log is full", () => host.Broker.Connections.Find("c2") is { IsReceivePaused: true });

        // The earlier connection has a will that finds no room, so it cannot end yet.
        using var second = await host.OpenAsync();
        var connecting = second.ConnectAsync("c1", clean: false);
        await BrokerHost.UntilAsync("it is to be closed", () => host.Logs.All.Any(text => text.Contains("connected again", StringComparison.Ordinal)));
        Assert.Empty(await first.ReadToEndAsync());
        for (var number = 0; number < 20; number++)
        {
            await bystander.ExpectNothingButPingAsync();
        }

        Assert.False(connecting.IsCompleted);
        host.Disk.Release();
        Assert.Equal(0, (await connecting).Body[1]);
        await BrokerHost.UntilAsync("the will is in the log", () => host.Records(RecordKind.DeviceStatus).Count == 1);
    }

    [Fact]
    public async Task Connect_ManyTimesAtOnceWithOneClientId_LeavesOneConnection()
    {
        await using var host = await BrokerHost.StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.OpenAsync()));
        await Task.WhenAll(clients.Select(async client =>
        {
            try
            {
                await client.ConnectAsync("c1");
            }
            catch (EndOfStreamException)
            {
                // Another one came later.
            }
        }));

        await BrokerHost.UntilAsync("one is left", () => host.Broker.Counters is { Connections: 1, Sessions: 1 });
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }
}
