using IoTGateway.Benchmarks.Load;
using IoTGateway.Benchmarks.Report;
using IoTGateway.Benchmarks.Servers;

namespace IoTGateway.Benchmarks.Measures;

/// <summary>From a published reading to its alert at a subscriber, at a ward's pace, while the time-series database is down and its backlog long.</summary>
internal sealed class AlertLatencyMeasure : Measure
{
    /// <summary>A port on which nothing listens.</summary>
    private const string DatabaseThatIsDown = "http://127.0.0.1:9";

    private const double SlackMilliseconds = 5;

    public override string Name => "alerts";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        var directory = bench.Workplace.NewDirectory("gateway");
        var backlog = bench.Backlog / 2;
        await using (var bare = await BareServer.StartAsync(directory))
        {
            await bench.Generator.RunAsync(bare, $"-c 100 -w 50 -m 50 -q 1 -n {backlog / 100}");
        }

        var (ours, acknowledgement, excess) = (new Series(), new Series(), new Series());
        await using var gateway = await GatewayServer.StartAsync(directory, Settings(bench), Rules(bench));
        await gateway.UntilCaughtUpAsync("rules");
        using var probe = await AlertProbe.ConnectAsync(gateway.Port);
        for (var round = 0; round < bench.Rounds; round++)
        {
            var seconds = bench.Seconds * 2;
            var load = bench.Generator.RunAsync(gateway, $"-c 1000 -w 5 -q 1 -r 5000 -d {seconds + 2}");
            await probe.RunAsync(TimeSpan.FromSeconds(1)); // The connections of the load are made meanwhile.
            var latencies = await probe.RunAsync(TimeSpan.FromSeconds(seconds));
            var run = await load;
            var percentile99 = latencies.Order().ElementAt(latencies.Count * 99 / 100);
            ours.Add(percentile99);
            acknowledgement.Add(run.Percentile99Milliseconds);
            excess.Add(percentile99 - (2 * run.Percentile99Milliseconds));
        }

        var waiting = (await gateway.ConsumersAsync())["influx"].Depth;
        return
        [
            new Figure(
                "from the publish to the alert at a subscriber, 5,000/s, InfluxDB down, p99", "<= 2 x the acknowledgement's p99 + 5 ms", ours.Words("0.0") + " ms",
                excess.Median <= SlackMilliseconds,
                FormattableString.Invariant($"the acknowledgement's p99 {acknowledgement.Words("0.0")} ms; {waiting:#,0} readings wait for InfluxDB")),
        ];
    }

    private static string Settings(Bench bench)
    {
        var file = Path.Combine(bench.Workplace.NewDirectory("settings"), "appsettings.json");
        File.WriteAllText(file, $$"""{ "Storage": { "Influx": { "Url": "{{DatabaseThatIsDown}}", "Database": "vitals" } } }""");
        return file;
    }

    /// <summary>The shipped rules and the probe's.</summary>
    private static string Rules(Bench bench)
    {
        var directory = bench.Workplace.NewDirectory("rules");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "rules"), "*.yaml"))
        {
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(directory, "90-probe.yaml"), AlertProbe.RuleFile);
        return directory;
    }
}
