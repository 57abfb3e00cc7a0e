using System.Globalization;
using IoTGateway.Benchmarks.Machine;
using IoTGateway.Benchmarks.Report;
using IoTGateway.Benchmarks.Servers;

namespace IoTGateway.Benchmarks.Measures;

/// <summary>Acknowledged messages a second of many connections, beside Mosquitto, and what one costs the gateway.</summary>
internal sealed class ThroughputMeasure(int qualityOfService, double goal) : Measure
{
    private const double CpuGoalMicroseconds = 3;
    private const double AllocatedGoalBytes = 64;

    public override string Name => $"qos{qualityOfService}";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        var (ratio, ours, theirs, cpu, allocated, p99, theirP99) = (new Series(), new Series(), new Series(), new Series(), new Series(), new Series(), new Series());
        var options = $"-c 100 -w 20 -m 50 -q {qualityOfService} -d {bench.Seconds}";
        for (var round = 0; round < bench.Rounds; round++)
        {
            await using var mosquitto = await MosquittoServer.StartAsync(bench.Workplace.NewDirectory("mosquitto"));
            await using var gateway = await BareServer.StartAsync(bench.Workplace.NewDirectory("gateway"));
            await bench.Generator.RunAsync(gateway, options.Replace($"-d {bench.Seconds}", "-d 2", StringComparison.Ordinal)); // Until everything is compiled.
            var reference = await bench.Generator.RunAsync(mosquitto, options);
            var (bytes, time) = (await gateway.AllocatedBytesAsync(), LinuxProcess.CpuTime(gateway.ProcessId));
            var run = await bench.Generator.RunAsync(gateway, options);
            cpu.Add((LinuxProcess.CpuTime(gateway.ProcessId) - time).TotalMicroseconds / run.Acknowledged);
            allocated.Add((await gateway.AllocatedBytesAsync() - bytes) / (double)run.Acknowledged);
            ours.Add(run.AcknowledgedPerSecond);
            theirs.Add(reference.AcknowledgedPerSecond);
            ratio.Add(run.AcknowledgedPerSecond / reference.AcknowledgedPerSecond);
            p99.Add(run.Percentile99Milliseconds);
            theirP99.Add(reference.Percentile99Milliseconds);
        }

        return
        [
            new Figure(
                $"QoS {qualityOfService}, 100 connections x window 20, 5,000 devices, consumers paused", string.Create(CultureInfo.InvariantCulture, $">= {goal} x Mosquitto"),
                ratio.Words("0.0") + " x", ratio.Median >= goal,
                $"acknowledged/s {ours.Words("#,0")}, Mosquitto {theirs.Words("#,0")}; p99 {p99.Words("0.0")} ms, Mosquitto {theirP99.Words("0.0")} ms"),
            new Figure(
                $"server CPU per acknowledged reading, QoS {qualityOfService}", "<= 3 us", cpu.Words("0.00") + " us", cpu.Median <= CpuGoalMicroseconds, "the run above"),
            new Figure(
                $"bytes allocated per reading, QoS {qualityOfService}", "<= 64 B", allocated.Words("0.0") + " B", allocated.Median <= AllocatedGoalBytes, "the run above"),
        ];
    }
}
