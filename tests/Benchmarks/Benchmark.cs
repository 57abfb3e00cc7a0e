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
    private const string QuickOption = "--quick";
    private const string WriteOption = "--write";

    private static readonly Measure[] All =
    [
        new ThroughputMeasure(1, goal: 10), new ThroughputMeasure(2, goal: 8), new ConsumersMeasure(), new OpenLoopMeasure(), new OneConnectionMeasure(),
        new IdleMeasure(), new BacklogMeasure(), new AlertLatencyMeasure(), new RulesMeasure(),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var isQuick = arguments.Contains(QuickOption);
        string[] options = [.. arguments.Where(argument => argument.StartsWith("--", StringComparison.Ordinal))];
        string[] names = [.. arguments.Except(options)];
        var root = Environment.GetEnvironmentVariable("IOTGATEWAY_ROOT") ?? Directory.GetCurrentDirectory();
        Measure[] chosen = [.. All.Where(measure => names.Length == 0 || names.Contains(measure.Name))];
        if (Mistake(options, names, chosen) is { } mistake)
        {
            Console.Error.WriteLine(mistake);
            return 2;
        }

        using var workplace = new Workplace(Path.GetTempPath());
        var generator = chosen.Any(measure => measure.UsesServers)
            ? await LoadGenerator.BuildAsync(Path.Combine(root, "tests/Load/mqttload.c"), workplace.Root)
            : null;
        var bench = new Bench(generator, workplace, Rounds: isQuick ? 1 : 5, Seconds: isQuick ? 2 : 5, Backlog: isQuick ? 500_000 : 10_000_000);
        var loadBefore = LinuxProcess.LoadAverages();
        var path = Path.Combine(root, "docs/performance.md");
        var isWritten = !isQuick && (names.Length == 0 || options.Contains(WriteOption));
        var page = isWritten && names.Length > 0 ? PerformancePage.Read(path) : new PerformancePage();
        foreach (var measure in chosen)
        {
            Console.Error.WriteLine($"{measure.Name} …");
            page.Take(measure.Name, await measure.RunAsync(bench), [.. All.Select(it => it.Name)]);
        }

        page.TakeRun([.. chosen.Select(measure => measure.Name)], bench.Rounds, loadBefore, generator is null ? null : await MosquittoVersionAsync());
        Console.Out.WriteLine(page);
        if (isWritten)
        {
            page.Write(path);
        }

        return 0;
    }

    /// <summary>What is wrong with the command, in words; null if nothing is.</summary>
    private static string? Mistake(string[] options, string[] names, Measure[] chosen) =>
        Array.Find(options, option => option is not (QuickOption or WriteOption)) is { } option ? $"There is no option '{option}'. There are: {QuickOption} {WriteOption}."
        : Array.Find(names, name => All.All(measure => measure.Name != name)) is { } name ? $"There is no measure '{name}'. There are: {string.Join(' ', All.Select(measure => measure.Name))}."
        : options.Contains(QuickOption) && options.Contains(WriteOption) ? "A quick run says too little to be written."
        : MosquittoServer.Program is null && chosen.Any(measure => measure.UsesServers) ? "Mosquitto is the reference and is not installed (Debian package mosquitto)."
        : null;

    private static async Task<string> MosquittoVersionAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(MosquittoServer.Program!, "-h") { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        return "Mosquitto " + text.Split('\n')[0].Replace("mosquitto version", "", StringComparison.Ordinal).Trim();
    }
}
