using System.Diagnostics;
using IoTGateway.Benchmarks.Load;
using IoTGateway.Benchmarks.Machine;
using IoTGateway.Benchmarks.Measures;
using IoTGateway.Benchmarks.Report;
using IoTGateway.Benchmarks.Servers;

namespace IoTGateway.Benchmarks;

/// <summary>Runs the measures that are asked for and writes the table.</summary>
internal static class Benchmark
{
    private static readonly Measure[] All =
    [
        new ThroughputMeasure(1, goal: 10), new ThroughputMeasure(2, goal: 8), new ConsumersMeasure(), new OpenLoopMeasure(), new OneConnectionMeasure(),
        new IdleMeasure(), new BacklogMeasure(), new AlertLatencyMeasure(),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var quick = arguments.Contains("--quick");
        var names = arguments.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
        var root = Environment.GetEnvironmentVariable("IOTGATEWAY_ROOT") ?? Directory.GetCurrentDirectory();
        if (names.Find(name => All.All(measure => measure.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no measure '{unknown}'. There are: {string.Join(' ', All.Select(measure => measure.Name))}.");
            return 2;
        }

        if (MosquittoServer.Program is null)
        {
            Console.Error.WriteLine("Mosquitto is the reference and is not installed (Debian package mosquitto).");
            return 2;
        }

        using var workplace = new Workplace(Path.GetTempPath());
        var generator = await LoadGenerator.BuildAsync(Path.Combine(root, "tests/Load/mqttload.c"), workplace.Root);
        var bench = new Bench(generator, workplace, Rounds: quick ? 1 : 5, Seconds: quick ? 2 : 5, Backlog: quick ? 500_000 : 10_000_000);
        var loadBefore = LinuxProcess.LoadAverages();
        var figures = new List<Figure>();
        foreach (var measure in All.Where(measure => names.Count == 0 || names.Contains(measure.Name)))
        {
            Console.Error.WriteLine($"{measure.Name} …");
            figures.AddRange(await measure.RunAsync(bench));
        }

        var table = PerformancePage.Table(figures, bench.Rounds, loadBefore, await MosquittoVersionAsync());
        Console.Out.WriteLine(table);
        if (!quick && names.Count == 0)
        {
            PerformancePage.Write(Path.Combine(root, "docs/performance.md"), table);
        }

        return 0;
    }

    private static async Task<string> MosquittoVersionAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(MosquittoServer.Program!, "-h") { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        return "Mosquitto " + text.Split('\n')[0].Replace("mosquitto version", "", StringComparison.Ordinal).Trim();
    }
}
