using System.Diagnostics;
using IoTGateway.Broker.Tests.Support;

namespace IoTGateway.Broker.Tests.Wire;

public class StopTests
{
    /// <summary>What is promised is "a few seconds"; the machine may be busy.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Stop_HundredConnections_EndsThemAllInTime()
    {
        await using var host = await BrokerHost.StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 100).Select(number =>
            host.ConnectAsync($"c{number}", version: 4 + number % 2, clean: number % 3 == 0, expirySeconds: 600)));
        foreach (var client in clients.Take(20))
        {
            await client.SubscribeAsync(1, ("devices/+/vitals", 1));
            await client.ExpectAsync(RawClient.SubscribeAck);
        }

        var watch = Stopwatch.StartNew();
        await host.StopAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Limit);
        foreach (var (client, number) in clients.Select((client, number) => (client, number)))
        {
            Assert.Equal(number % 2 == 1 ? [0x8B] : [], (await client.ReadToEndAsync()).Select(packet => (int)packet.Body[0]));
            client.Dispose();
        }
    }

    [Fact]
    public async Task Stop_MessagesWaitForTheFlush_AcknowledgesThemFirst()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");
        host.Disk.Hold();
        await client.PublishAsync("devices/d/vitals", "last");
        await BrokerHost.UntilAsync("the message is taken", () => host.Broker.Counters.Received == 1);

        var stopping = host.Broker.StopAsync(TestContext.Current.CancellationToken);
        host.Disk.Release();

        await client.ExpectAsync(RawClient.PublishAck);
        await stopping;
    }

    [Fact]
    public async Task Stop_FlushHangs_EndsInTimeWithoutAcknowledging()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { StopTimeout = TimeSpan.FromMilliseconds(300) });
        using var client = await host.ConnectAsync("c1", clean: false);
        host.Disk.Hold();
        await client.PublishAsync("devices/d/vitals", "last");
        await BrokerHost.UntilAsync("the message is taken", () => host.Broker.Counters.Received == 1);

        var watch = Stopwatch.StartNew();
        await host.Broker.StopAsync(TestContext.Current.CancellationToken);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Limit);
        Assert.Empty(await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Serve_AfterTheStop_ClosesAtOnce()
    {
        await using var host = await BrokerHost.StartAsync();
        await host.Broker.StopAsync(TestContext.Current.CancellationToken);

        using var client = await host.OpenAsync();

        Assert.Empty(await client.ReadToEndAsync());
    }
}
