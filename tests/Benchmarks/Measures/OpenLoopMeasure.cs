using IoTGateway.Benchmarks.Machine;
using IoTGateway.Benchmarks.Report;
using IoTGateway.Benchmarks.Servers;

namespace IoTGateway.Benchmarks.Measures;

/// <summary>The time to the acknowledgement at a ward's pace, beside Mosquitto, which keeps nothing on disk before it answers.</summary>
internal sealed class OpenLoopMeasure : Measure
{
    private const int FrameBytes = 1 << 10;

    public override string Name => "latency";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        var (ours, theirs, ratio, median, theirMedian, flush) = (new Series(), new Series(), new Series(), new Series(), new Series(), new Series());
        var options = $"-c 1000 -w 5 -q 1 -r 5000 -d {bench.Seconds}";
        for (var round = 0; round < bench.Rounds; round++)
        {
            await using var mosquitto = await MosquittoServer.StartAsync(bench.Workplace.NewDirectory("mosquitto"));
            var directory = bench.Workplace.NewDirectory("gateway");
            await using var gateway = await BareServer.StartAsync(directory);
            await bench.Generator.RunAsync(gateway, "-c 1000 -w 5 -q 1 -r 5000 -d 3");
            var reference = await bench.Generator.RunAsync(mosquitto, options);
            var run = await bench.Generator.RunAsync(gateway, options);
            flush.Add(DiskProbe.Milliseconds(directory, FrameBytes, TimeSpan.FromSeconds(2)).Percentile99);
            ours.Add(run.Percentile99Milliseconds);
            theirs.Add(reference.Percentile99Milliseconds);
            ratio.Add(run.Percentile99Milliseconds / reference.Percentile99Milliseconds);
            median.Add(run.MedianMilliseconds);
            theirMedian.Add(reference.MedianMilliseconds);
        }

        return
        [
            new Figure(
                "open loop 5,000/s over 1,000 devices, p99 of the acknowledgement", "<= Mosquitto's", ratio.Words("0.00") + " x", ratio.Median <= 1,
                $"p99 {ours.Words("0.00")} ms, Mosquitto {theirs.Words("0.00")} ms; p50 {median.Words("0.00")} ms, Mosquitto {theirMedian.Words("0.00")} ms; p99 of a raw write + fdatasync alone {flush.Words("0.00")} ms"),
        ];
    }
}
