using System.Diagnostics;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>Very many connections at once: what they cost, and that the gateway still ends in time.</summary>
public sealed class CrowdTests : EndToEndTest
{
    private const int Groups = 250;

    /// <summary>The promise is 10 s. The machine may be busy with other tests.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Terminate_ThousandConnectionsSomeStuck_EndsInTimeAndTellsThem()
    {
        using var gateway = await StartGatewayAsync();
        var idle = await MqttSocket.ConnectAsync(Groups, gateway.MqttPort, "idle-", 5, Cancellation, clean: false);
        var old = await MqttSocket.ConnectAsync(Groups, gateway.MqttPort, "old-", 4, Cancellation);
        var stuck = await MqttSocket.ConnectAsync(Groups, gateway.MqttPort, "stuck-", 5, Cancellation, clean: false);
        var open = await MqttSocket.ConnectAsync(Groups, gateway.MqttPort, "open-", 5, Cancellation, clean: false);
        try
        {
            // The stuck ones never read what they subscribed to; the open ones leave QoS 2 messages without a release.
            await Task.WhenAll(stuck.Select(client => client.SubscribeAsync("devices/+/vitals", 1, version5: true, Cancellation)));
            var payload = $$"""{"hr":70,"pad":"{{new string('x', 8_000)}}"}""";
            await Task.WhenAll(open.Select((client, number) => client.PublishAsync($"devices/d{number}/vitals", payload, 2, 1, version5: true, Cancellation)));
            foreach (var client in open)
            {
                Assert.Equal([0x50, 2, 0, 1], await client.ReadAsync(4, Cancellation));
            }

            gateway.Terminate();
            var watch = Stopwatch.StartNew();
            var words = Task.WhenAll(idle.Concat(open).Select(client => client.ReadToEndAsync(Cancellation)));
            await gateway.WaitForExitAsync(2 * StopLimit, Cancellation);
            TestContext.Current.TestOutputHelper?.WriteLine($"{4 * Groups} connections ended in {watch.Elapsed.TotalSeconds:0.0} s");

            Assert.InRange(watch.Elapsed, TimeSpan.Zero, StopLimit);
            Assert.Equal(0, gateway.ExitCode);
            Assert.All(await words, said => Assert.Equal([0xE0, 2, 0x8B, 0], said));
            Assert.All(await Task.WhenAll(old.Select(client => client.ReadToEndAsync(Cancellation))), Assert.Empty);
        }
        finally
        {
            Array.ForEach([.. idle, .. old, .. stuck, .. open], client => client.Dispose());
        }
    }

    [Fact]
    public async Task Connect_TenThousandIdleClients_TakeLittleMemoryAndTheNextIsServed()
    {
        const int Count = 9_990;
        const long MemoryBytesAtMost = 250_000_000;
        Assert.SkipUnless(await FileLimitAsync() > Count + 1_000, "The hard limit of open files is too low for 10,000 connections (ulimit -Hn).");
        using var gateway = await StartGatewayAsync();
        var before = gateway.ResidentBytes;
        var clients = await MqttSocket.ConnectAsync(Count, gateway.MqttPort, "idle-", 4, Cancellation);
        try
        {
            var after = gateway.ResidentBytes;
            var used = gateway.ProcessorTime;
            await Task.WhenAll(clients.Take(100).Select(client => client.SendAsync(0xC0, [], Cancellation)));
            foreach (var client in clients.Take(100))
            {
                Assert.Equal([0xD0, 0], await client.ReadAsync(2, Cancellation));
            }

            using var next = (await MqttSocket.ConnectAsync(1, gateway.MqttPort, "next-", 4, Cancellation))[0];
            await next.PublishAsync("devices/d/vitals", """{"hr":70}""", 1, 1, version5: false, Cancellation);
            Assert.Equal([0x40, 2, 0, 1], await next.ReadAsync(4, Cancellation));
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{Count} connections: {before / 1e6:0} MB before, {after / 1e6:0} MB with them, {(after - before) / Count} bytes each; {(gateway.ProcessorTime - used).TotalMilliseconds:0} ms for what followed");
            Assert.InRange(after, 0, MemoryBytesAtMost);
        }
        finally
        {
            Array.ForEach(clients, client => client.Dispose());
        }
    }

    private static async Task<long> FileLimitAsync()
    {
        var lines = await File.ReadAllLinesAsync("/proc/self/limits", Cancellation);
        var fields = lines.First(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields[4] == "unlimited" ? long.MaxValue : long.Parse(fields[4], System.Globalization.CultureInfo.InvariantCulture);
    }
}
