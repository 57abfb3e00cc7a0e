using IoTGateway.Broker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Broker.Tests.Hostile;

/// <summary>Clients that send and never read what they are answered.</summary>
public class NeverReadsTests
{
    private const string Topic = "devices/d/vitals";

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Publish_AcksNeverRead_AreBoundedAndTheClientIsCutOffAndOthersGoOn(int version)
    {
        var clock = new FakeTimeProvider();
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { WriteTimeout = TimeSpan.FromSeconds(30) }, clock);
        using var deaf = await host.ConnectAsync("deaf", version);
        using var good = await host.ConnectAsync("good");
        var packets = Enumerable.Range(1, 1_000).SelectMany(number => deaf.PublishPacket(Topic, "x", qualityOfService: 1, identifier: (ushort)number)).ToArray();
        using var stop = new CancellationTokenSource();
        var sending = SendForEverAsync(deaf, packets, stop.Token);

        // Each acknowledgement has four bytes: once the sockets are full of them, nothing more is read from the client.
        await BrokerHost.UntilAsync("nothing more is taken from it, and it is cut off", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return host.Broker.Connections.Find("deaf") is null;
        });
        await stop.CancelAsync();
        await sending;
        await good.PublishAsync(Topic, "fine");
        await good.ExpectAsync(RawClient.PublishAck);
        Assert.Contains(host.Logs.All, text => text.Contains("taken nothing", StringComparison.Ordinal) || text.Contains("does not keep to", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ping_AnswersNeverRead_CutsTheClientOff()
    {
        var clock = new FakeTimeProvider();
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { WriteTimeout = TimeSpan.FromSeconds(30) }, clock);
        using var deaf = await host.ConnectAsync("deaf");
        using var good = await host.ConnectAsync("good");
        using var stop = new CancellationTokenSource();
        var sending = SendForEverAsync(deaf, [.. Enumerable.Repeat((byte[])[0xC0, 0], 30_000).SelectMany(ping => ping)], stop.Token);

        await BrokerHost.UntilAsync("it is cut off", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return host.Broker.Connections.Find("deaf") is null;
        });
        await stop.CancelAsync();
        await sending;
        await good.ExpectNothingButPingAsync();
    }

    private static async Task SendForEverAsync(RawClient client, byte[] packets, CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                await client.SendAsync(packets);
            }
        }
        catch (IOException)
        {
            // Cut off.
        }
    }
}
