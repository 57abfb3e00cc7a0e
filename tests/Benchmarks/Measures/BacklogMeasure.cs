using System.Diagnostics;
using System.Globalization;
using IoTGateway.Benchmarks.Machine;
using IoTGateway.Benchmarks.Report;
using IoTGateway.Benchmarks.Servers;

namespace IoTGateway.Benchmarks.Measures;

/// <summary>A long queue: memory while it grows, the time from a start on it to the first acknowledgement, and how fast a consumer reads it.</summary>
internal sealed class BacklogMeasure : Measure
{
    private const long GrowthGoalBytes = 50_000_000;
    private const double StartGoalSeconds = 5;
    private const double ReadGoal = 1_000_000;

    public override string Name => "backlog";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        var directory = bench.Workplace.NewDirectory("gateway");
        long before, after;
        double rate;
        await using (var bare = await BareServer.StartAsync(directory))
        {
            await bench.Generator.RunAsync(bare, $"-c 100 -w 50 -m 50 -q 1 -n {bench.Backlog / 1_000}");
            before = LinuxProcess.ResidentBytes(bare.ProcessId);
            await bench.Generator.RunAsync(bare, $"-c 100 -w 50 -m 50 -q 1 -n {bench.Backlog / 100}");
            after = LinuxProcess.ResidentBytes(bare.ProcessId);
            rate = await bare.ReadBacklogAsync();
            await bare.KillAsync();
        }

        var size = new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        var start = Stopwatch.GetTimestamp();
        double first;
        await using (var gateway = await GatewayServer.StartAsync(directory))
        {
            await bench.Generator.RunAsync(gateway, "-c 1 -w 1 -q 1 -n 1");
            first = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"{bench.Backlog:#,0} queued readings");
        return
        [
            new Figure($"{what}: growth of resident memory", "<= 50 MB", $"{(after - before) / 1_000_000.0:0} MB", after - before <= GrowthGoalBytes, $"from {before / 1_000_000} to {after / 1_000_000} MB; {size / 1_000_000:#,0} MB on disk"),
            new Figure($"{what}: start of the whole gateway after SIGKILL to the first acknowledgement", "< 5 s", string.Create(CultureInfo.InvariantCulture, $"{first:0.0} s"), first < StartGoalSeconds, "page cache as it was; rules and storage begin with the whole backlog"),
            new Figure("a consumer reads its backlog", ">= 1 M records/s", string.Create(CultureInfo.InvariantCulture, $"{rate / 1e6:0.0} M records/s"), rate >= ReadGoal, "from the log, checksums checked, page cache as it was"),
        ];
    }
}
