using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IoTGateway.Benchmarks.Servers;

/// <summary>The gateway as it is shipped, with rules and built-in storage.</summary>
internal sealed partial class GatewayServer : ServerProcess
{
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "iotgateway");

    private readonly HttpClient _http = new();

    private GatewayServer(string directory)
        : base(Executable, "run", "--data", directory, "--mqtt", "127.0.0.1:0", "--http", "127.0.0.1:0")
    {
    }

    public override string Name => "IoTGateway with rules and storage";

    public static async Task<GatewayServer> StartAsync(string directory)
    {
        var server = new GatewayServer(directory);
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
