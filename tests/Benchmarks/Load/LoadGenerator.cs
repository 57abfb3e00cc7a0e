using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IoTGateway.Benchmarks.Servers;

namespace IoTGateway.Benchmarks.Load;

/// <summary><c>tests/Load/mqttload.c</c>, compiled once; its head lists its options.</summary>
internal sealed class LoadGenerator
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    private readonly string _program;

    private LoadGenerator(string program) => _program = program;

    /// <summary>Compiles it with optimisation.</summary>
    public static async Task<LoadGenerator> BuildAsync(string source, string directory)
    {
        var program = Path.Combine(directory, "mqttload");
        var (code, output) = await RunAsync("gcc", "-O2", "-o", program, source);
        return code == 0 ? new LoadGenerator(program) : throw new InvalidOperationException($"gcc cannot compile {source}: {output}");
    }

    /// <summary>Runs it against a server and reads what it tells.</summary>
    public async Task<LoadResult> RunAsync(ServerProcess server, string options)
    {
        string[] arguments = ["-p", server.Port.ToString(CultureInfo.InvariantCulture), "-j", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var (_, output) = await RunAsync(_program, arguments);
        var line = output.Split('\n').LastOrDefault(line => line.StartsWith('{'))
            ?? throw new InvalidOperationException($"mqttload {string.Join(' ', arguments)} told nothing: {output}");
        return JsonSerializer.Deserialize<LoadResult>(line)!;
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} does not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Deadline);
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
