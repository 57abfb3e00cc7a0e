using System.Text.Json;
using IoTGateway.Notifications.Channels;
using IoTGateway.Notifications.Tests.Doubles;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoTGateway.Notifications.Tests.Channels;

/// <summary>The heartbeat at a real server: it comes again and again, says whether the gateway is ready, and goes on after the server was away.</summary>
public sealed class HeartbeatTests
{
    [Fact]
    public async Task Heartbeat_WithAServerThatComesLate_BeatsAndSaysWhatIsWrong()
    {
        var port = Receiver.FreePort();
        var plan = TestPlan.Make(TestPlan.Notifications + $"\nheartbeat: {{ webhook: \"http://127.0.0.1:{port}/pages\", every: 1 s }}");
        IReadOnlyList<string> reasons = ["The rules are behind."];
        using var heartbeat = new Heartbeat(() => plan, () => Volatile.Read(ref reasons), TimeProvider.System, TimeProvider.System.GetUtcNow, NullLogger.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = heartbeat.RunAsync(stop.Token);

        using var receiver = await Receiver.StartAsync("webhook", port);
        await receiver.TookAsync(1);
        Assert.False(IsReady(receiver.Taken[0]["body"], out var said));
        Assert.Equal("The rules are behind.", said);
        Volatile.Write(ref reasons, []);
        await receiver.TookAsync(receiver.Taken.Count + 2);
        Assert.True(IsReady(receiver.Taken[^1]["body"], out _));

        await stop.CancelAsync();
        await running;
    }

    private static bool IsReady(string body, out string reason)
    {
        using var json = JsonDocument.Parse(body);
        reason = json.RootElement.GetProperty("reasons").EnumerateArray().Select(element => element.GetString()!).FirstOrDefault("");
        Assert.Equal("heartbeat", json.RootElement.GetProperty("type").GetString());
        return json.RootElement.GetProperty("ready").GetBoolean();
    }
}
