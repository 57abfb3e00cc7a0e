using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IoTGateway.Benchmarks.Servers;

/// <summary>The gateway as it is shipped, with rules and built-in storage.</summary>
internal sealed partial class GatewayServer : ServerProcess
{
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "iotgateway");

    private readonly HttpClient _http = new();

    private static readonly TimeSpan CatchUpTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    private GatewayServer(string directory, string[] more)
        : base(Executable, ["run", "--data", directory, "--mqtt", "127.0.0.1:0", "--http", "127.0.0.1:0", .. more])
    {
    }

    public override string Name => "IoTGateway with rules and storage";

    public static Task<GatewayServer> StartAsync(string directory) => StartAsync(directory, []);

    /// <summary>Starts it with a settings file and rules of its own.</summary>
    public static Task<GatewayServer> StartAsync(string directory, string settingsFile, string rulesDirectory) =>
        StartAsync(directory, ["--config", settingsFile, "--rules", rulesDirectory]);

    private static async Task<GatewayServer> StartAsync(string directory, string[] more)
    {
        var server = new GatewayServer(directory, more);
        var line = await server.WaitForLineAsync("The board is at");
        server.Port = int.Parse(Addresses().Matches(line)[0].Groups[1].Value, CultureInfo.InvariantCulture);
        server._http.BaseAddress = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Trim());
        _ = server.DrainOutputAsync();
        return server;
    }

    /// <summary>How far each consumer is: its address, how many records stand behind it, how old the oldest of them is.</summary>
    public async Task<IReadOnlyDictionary<string, ConsumerPlace>> ConsumersAsync()
    {
        using var answer = JsonDocument.Parse(await _http.GetStringAsync("api/queues"));
        return answer.RootElement.GetProperty("consumers").EnumerateArray().ToDictionary(
            consumer => consumer.GetProperty("name").GetString()!,
            consumer => new ConsumerPlace(
                consumer.GetProperty("position").GetInt64(),
                consumer.GetProperty("depth").GetInt64(),
                consumer.GetProperty("oldestAgeSeconds") is { ValueKind: JsonValueKind.Number } age ? age.GetDouble() : 0));
    }

    /// <summary>Waits until a consumer has read nearly all there is.</summary>
    public async Task UntilCaughtUpAsync(string consumer)
    {
        const int NearlyAll = 100;
        var began = Stopwatch.GetTimestamp();
        while ((await ConsumersAsync())[consumer].Depth > NearlyAll)
        {
            if (Stopwatch.GetElapsedTime(began) > CatchUpTimeout)
            {
                throw new TimeoutException($"The consumer {consumer} has not caught up within {CatchUpTimeout}.");
            }

            await Task.Delay(LookInterval);
        }
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }

    private async Task DrainOutputAsync()
    {
        while (await Output.ReadLineAsync() is not null)
        {
        }
    }

    [GeneratedRegex(@"127\.0\.0\.1:(\d+)")]
    private static partial Regex Addresses();
}
