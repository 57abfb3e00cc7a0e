using IoTGateway.Benchmarks.Machine;
using IoTGateway.Benchmarks.Report;
using IoTGateway.Benchmarks.Servers;

namespace IoTGateway.Benchmarks.Measures;

/// <summary>One connection with a window of 100, beside what a raw write and fdatasync of such a window would allow.</summary>
internal sealed class OneConnectionMeasure : Measure
{
    private const int Window = 100;
    private const double Goal = 0.7;
    private const int WindowBytes = 16 << 10;

    public override string Name => "one";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        var (ratio, ours, allowed) = (new Series(), new Series(), new Series());
        for (var round = 0; round < bench.Rounds; round++)
        {
            var directory = bench.Workplace.NewDirectory("gateway");
            await using var gateway = await BareServer.StartAsync(directory);
            await bench.Generator.RunAsync(gateway, $"-c 1 -w {Window} -q 1 -d 2");
            var before = DiskProbe.Milliseconds(directory, WindowBytes, TimeSpan.FromSeconds(1)).Median;
            var run = await bench.Generator.RunAsync(gateway, $"-c 1 -w {Window} -q 1 -d {bench.Seconds}");
            var after = DiskProbe.Milliseconds(directory, WindowBytes, TimeSpan.FromSeconds(1)).Median;
            var limit = Window / ((before + after) / 2) * 1_000;
            ours.Add(run.AcknowledgedPerSecond);
            allowed.Add(limit);
            ratio.Add(run.AcknowledgedPerSecond / limit);
        }

        return
        [
            new Figure(
                "one connection, window 100, QoS 1", ">= 0.7 x window / p50 of a raw write + fdatasync", ratio.Words("0.00") + " x", ratio.Median >= Goal,
                $"acknowledged/s {ours.Words("#,0")}; the probe (16 KiB, before and after) would allow {allowed.Words("#,0")}"),
        ];
    }
}
