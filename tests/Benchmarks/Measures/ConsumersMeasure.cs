using System.Diagnostics;
using System.Globalization;
using IoTGateway.Benchmarks.Report;
using IoTGateway.Benchmarks.Servers;

namespace IoTGateway.Benchmarks.Measures;

/// <summary>The whole gateway under full load: what it acknowledges beside Mosquitto, and how far its consumers are behind.</summary>
internal sealed class ConsumersMeasure : Measure
{
    private const double BehindGoalSeconds = 2;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan CatchUpTimeout = TimeSpan.FromMinutes(2);

    public override string Name => "consumers";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        var (ratio, ours, theirs, rules, store, rate) = (new Series(), new Series(), new Series(), new Series(), new Series(), new Series());
        var options = $"-c 100 -w 20 -m 50 -q 1 -d {bench.Seconds}";
        var places = "";
        for (var round = 0; round < bench.Rounds; round++)
        {
            await using var mosquitto = await MosquittoServer.StartAsync(bench.Workplace.NewDirectory("mosquitto"));
            await using var gateway = await GatewayServer.StartAsync(bench.Workplace.NewDirectory("gateway"));
            await bench.Generator.RunAsync(gateway, "-c 100 -w 20 -m 50 -q 1 -d 2");
            var reference = await bench.Generator.RunAsync(mosquitto, options);
            await UntilDrainedAsync(gateway);

            var load = bench.Generator.RunAsync(gateway, options);
            var (rulesBehind, storeBehind) = (0.0, 0.0);
            while (!load.IsCompleted)
            {
                var consumers = await gateway.ConsumersAsync();
                (rulesBehind, storeBehind) = (Math.Max(rulesBehind, consumers["rules"].OldestAgeSeconds), Math.Max(storeBehind, consumers["store"].OldestAgeSeconds));
                await Task.Delay(LookInterval);
            }

            var run = await load;
            var atEnd = await gateway.ConsumersAsync();
            places = string.Create(
                CultureInfo.InvariantCulture,
                $"positions when the load of the last round ended: rules {atEnd["rules"].Position:#,0} ({atEnd["rules"].Depth:#,0} behind), store {atEnd["store"].Position:#,0} ({atEnd["store"].Depth:#,0} behind)");
            var stored = run.Acknowledged - atEnd["store"].Depth;
            rate.Add(stored / (double)bench.Seconds);
            ours.Add(run.AcknowledgedPerSecond);
            theirs.Add(reference.AcknowledgedPerSecond);
            ratio.Add(run.AcknowledgedPerSecond / reference.AcknowledgedPerSecond);
            rules.Add(rulesBehind);
            store.Add(storeBehind);
        }

        return
        [
            new Figure(
                "the same with rules and built-in storage running", "the ratio", ratio.Words("0.0") + " x", true,
                $"acknowledged/s {ours.Words("#,0")}, Mosquitto {theirs.Words("#,0")}; stored/s {rate.Words("#,0")}; {places}"),
            new Figure(
                "how far rules are behind in it", "<= 2 s", rules.Words("0.0") + " s at most", rules.Median <= BehindGoalSeconds, $"the store {store.Words("0.0")} s at most"),
        ];
    }

    private static async Task UntilDrainedAsync(GatewayServer gateway)
    {
        var start = Stopwatch.GetTimestamp();
        while ((await gateway.ConsumersAsync()).Values.Any(consumer => consumer.Depth > 100) && Stopwatch.GetElapsedTime(start) < CatchUpTimeout)
        {
            await Task.Delay(LookInterval);
        }
    }
}
