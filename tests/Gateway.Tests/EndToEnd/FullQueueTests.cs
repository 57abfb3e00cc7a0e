using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>
/// Goal: near the disk limit publishers are told, nothing acknowledged is dropped, and after draining everything goes on. Method: a real gateway
/// with a small limit whose store is paused, under a load that is more than the limit.
/// </summary>
public sealed class FullQueueTests : EndToEndTest
{
    private const int Connections = 20;
    private const int MessagesEach = 2_000;

    [Fact]
    public async Task Load_MoreThanTheDiskLimitWhileTheStoreIsPaused_WaitsIsToldAndGoesOnAfterDraining()
    {
        await File.WriteAllTextAsync(PathOf("settings.json"), """{ "Queue": { "DiskLimitBytes": 67108864 } }""", Cancellation);
        using var gateway = await StartGatewayAsync(0, "--config", PathOf("settings.json"));
        var (code, output) = await GatewayProcess.RunAsync("queue", "pause", "store", "--data", Data);
        Assert.True(code == 0, output);
        using var load = await LoadGenerator.StartAsync(
            gateway.MqttPort, "-c", $"{Connections}", "-w", "10", "-q", "1", "-s", "2000", "-m", "100", "-n", $"{MessagesEach}", "-R", "-d", "300", "-T", "120", "-k", "0");
        using var http = new HttpClient { BaseAddress = gateway.Board };

        await Eventually.HoldsAsync("the high alert says that readings are refused", Deadline, async () => await IsToldAsync(http), Cancellation);
        Assert.False(load.HasExited, load.Output);
        var log = new DirectoryInfo(Path.Combine(Data, "log"));
        Assert.InRange(log.GetFiles("*.log").Sum(file => file.Length), 50_000_000, 67_108_864);

        (code, output) = await GatewayProcess.RunAsync("queue", "resume", "store", "--data", Data);
        Assert.True(code == 0, output);
        await load.WaitForSuccessAsync(TimeSpan.FromMinutes(2), Cancellation);
        await Eventually.HoldsAsync("the alert has ended", Deadline, async () => !await IsToldAsync(http), Cancellation);
        await Eventually.HoldsAsync("everything is stored", Deadline, async () => (await gateway.DepthsAsync(Cancellation))["store"] == 0, Cancellation);
        Assert.True((await gateway.DepthsAsync(Cancellation)).ContainsKey("rules"));
        using var queues = JsonDocument.Parse(await http.GetStringAsync("api/queues", Cancellation));
        Assert.True(queues.RootElement.GetProperty("broker").GetProperty("acknowledged").GetInt64() >= Connections * MessagesEach);
    }

    private static async Task<bool> IsToldAsync(HttpClient http) =>
        (await http.GetStringAsync("api/alerts", Cancellation)).Contains("gateway:readings-are-refused", StringComparison.Ordinal);
}
