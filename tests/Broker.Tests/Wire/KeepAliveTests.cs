using System.Diagnostics;
using IoTGateway.Broker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Broker.Tests.Wire;

public class KeepAliveTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task KeepAlive_ClientIsSilent_IsDisconnectedAfterOneAndAHalfTimes(int version)
    {
        var clock = new FakeTimeProvider();
        await using var host = await BrokerHost.StartAsync(clock: clock);
        using var client = await host.OpenAsync();
        await client.ConnectAsync("c1", version, keepAliveSeconds: 10);

        clock.Advance(TimeSpan.FromSeconds(14));
        await client.ExpectNothingButPingAsync();
        clock.Advance(TimeSpan.FromSeconds(14));
        await client.ExpectNothingButPingAsync();
        clock.Advance(TimeSpan.FromSeconds(16));

        Assert.Equal(version == 5 ? [0x8D] : [], (await client.ReadToEndAsync()).Select(packet => (int)packet.Body[0]));
    }

    [Fact]
    public async Task KeepAlive_ClientOnlyPublishes_StaysConnected()
    {
        var clock = new FakeTimeProvider();
        await using var host = await BrokerHost.StartAsync(clock: clock);
        using var client = await host.OpenAsync();
        await client.ConnectAsync("c1", keepAliveSeconds: 10);
        for (var number = 1; number <= 10; number++)
        {
            clock.Advance(TimeSpan.FromSeconds(8));
            await client.PublishAsync("devices/d/vitals", $"{number}", identifier: (ushort)number);
            await client.ExpectAsync(RawClient.PublishAck);
        }

        await client.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task KeepAlive_BrokerDoesNotListenWhileFlushIsHeld_DoesNotBlameTheClient()
    {
        var clock = new FakeTimeProvider();
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { InFlightAtMost = 1 }, clock);
        using var client = await host.OpenAsync();
        await client.ConnectAsync("c1", keepAliveSeconds: 10);
        host.Disk.Hold();
        await client.PublishAsync("devices/d/vitals", "1", identifier: 1);
        await client.PublishAsync("devices/d/vitals", "2", identifier: 2);
        await BrokerHost.UntilAsync("the bound is reached", () => host.Broker.Connections.Find("c1") is { IsReceivePaused: true });

        clock.Advance(TimeSpan.FromSeconds(5));
        clock.Advance(TimeSpan.FromSeconds(60));
        host.Disk.Release();

        await client.ExpectAsync(RawClient.PublishAck);
        await client.ExpectAsync(RawClient.PublishAck);
    }

    [Fact]
    public async Task Ping_FlushTakesOneAndAHalfSeconds_IsAnsweredWithin100MillisecondsWhileTheAcknowledgementWaits()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");
        host.Disk.Hold();
        await client.PublishAsync("devices/d/vitals", "1", identifier: 7);
        await BrokerHost.UntilAsync("the flush has begun", () => host.Disk.Waiting == 1);
        var held = Stopwatch.StartNew();
        var answers = new List<TimeSpan>();
        while (held.Elapsed < TimeSpan.FromSeconds(1.5))
        {
            var ping = Stopwatch.StartNew();
            await client.ExpectNothingButPingAsync();
            answers.Add(ping.Elapsed);
        }

        host.Disk.Release();

        Assert.Equal(7, (await client.ExpectAsync(RawClient.PublishAck)).Identifier);
        Assert.All(answers, answer => Assert.InRange(answer, TimeSpan.Zero, TimeSpan.FromMilliseconds(300))); // The machine may be busy.
        answers.Sort();
        Assert.InRange(answers[answers.Count / 2], TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    [Theory]
    [InlineData(5, 0, 60)]
    [InlineData(5, 120, 60)]
    [InlineData(5, 30, 0)]
    [InlineData(4, 120, 0)]
    public async Task Connect_LongerKeepAliveThanAllowed_IsToldTheServersAndHeldToIt(int version, int wanted, int told)
    {
        var clock = new FakeTimeProvider();
        await using var host = await BrokerHost.StartAsync(clock: clock);
        using var client = await host.OpenAsync();
        var answer = await client.ConnectAsync("c1", version, keepAliveSeconds: (ushort)wanted);
        var effective = told > 0 ? told : wanted;

        Assert.Equal(told > 0, Convert.ToHexString(answer.Body).Contains($"13{told:X4}", StringComparison.Ordinal) && told > 0);
        clock.Advance(TimeSpan.FromSeconds(1.5 * effective - 1));
        await client.ExpectNothingButPingAsync();
        clock.Advance(TimeSpan.FromSeconds(1.5 * effective + 2));
        await client.ReadToEndAsync();
    }

    [Fact]
    public async Task Ping_FlushHangs_IsAnswered()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");
        host.Disk.Hold();
        for (var number = 1; number <= 100; number++)
        {
            await client.PublishAsync("devices/d/vitals", $"{number}", identifier: (ushort)number);
        }

        await client.ExpectNothingButPingAsync();
        host.Disk.Release();

        Assert.Equal(1, (await client.ExpectAsync(RawClient.PublishAck)).Identifier);
    }
}
