using System.Diagnostics;
using System.Globalization;
using IoTGateway.Benchmarks.Report;
using IoTGateway.Benchmarks.Rules;

namespace IoTGateway.Benchmarks.Measures;

/// <summary>What 100,000 patients cost the engine: time, memory, garbage, and the longest wait of a reading while other rules come into force.</summary>
internal static class ManyPatients
{
    private const int Patients = 100_000;
    private const double GuideMillionReadings = 2.5;
    private const double GoalBytesPerPatient = 2_500;
    private const double GoalStallMilliseconds = 10;
    private const int TicksPerSecond = 10;

    public static IReadOnlyList<Figure> Measure(Bench bench)
    {
        var engine = new WardEngine(VitalsCourse.Walk(), WardRules.Load(WardRules.Files()), Patients);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        engine.Admit();
        for (var second = 0; second < 3; second++)
        {
            engine.Step();
        }

        engine.Output.Clear();
        engine.Output.TrimExcess();
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Patients;
        var rate = new Series();
        for (var round = 0; round < bench.Rounds; round++)
        {
            rate.Add(Rate(engine.Step, engine.ReadingsPerSecond, bench.Seconds));
        }

        return
        [
            new Figure(
                "50 rules x 6 signals, 100,000 patients, random walk, one thread", "guide: 2.5 M readings/s", rate.Words("0.00") + " M readings/s", rate.Median >= GuideMillionReadings,
                "each reading one value of one signal, patients in random order; a tick a second"),
            Garbage(engine),
            new Figure(
                "memory a patient", "<= 2.5 KB", string.Create(CultureInfo.InvariantCulture, $"{bytes:#,0} B"), bytes <= GoalBytesPerPatient,
                "at 100,000 patients with all values, windows and standing alerts, besides the profile that the caller hands in"),
            Reload(engine, Patients, bench.Rounds),
            ReloadOfAHospital(bench.Rounds),
            Shards(bench),
        ];
    }

    private static double Rate(Action step, int readingsPerStep, int seconds)
    {
        var start = Stopwatch.GetTimestamp();
        var readings = 0L;
        do
        {
            step();
            readings += readingsPerStep;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        return readings / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e6;
    }

    /// <summary>A transition is an object with texts, and is kept. A reading that makes none must leave nothing behind.</summary>
    private static Figure Garbage(WardEngine engine)
    {
        var (quiet, quietBytes, all, transitions) = (0, 0L, 0L, 0);
        engine.Output.Clear();
        engine.Output.EnsureCapacity(engine.ReadingsPerSecond);
        for (var index = 0; index < engine.ReadingsPerSecond; index++)
        {
            var (told, before) = (engine.Output.Count, GC.GetAllocatedBytesForCurrentThread());
            engine.Ingest(index);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            all += allocated;
            transitions += engine.Output.Count - told;
            if (engine.Output.Count == told)
            {
                quiet++;
                quietBytes += allocated;
            }
        }

        engine.Advance();
        return new Figure(
            "bytes allocated a reading that no alert comes of", "0 B", string.Create(CultureInfo.InvariantCulture, $"{quietBytes / (double)quiet:0.##} B"), quietBytes == 0,
            string.Create(CultureInfo.InvariantCulture, $"{quiet:#,0} readings; {transitions:#,0} transitions besides, {(all - quietBytes) / (double)Math.Max(1, transitions):#,0} B each with their texts"));
    }

    /// <summary>The same where there are as many patients as a large hospital has beds.</summary>
    private static Figure ReloadOfAHospital(int rounds)
    {
        const int Beds = 1_000;
        var engine = new WardEngine(VitalsCourse.Walk(), WardRules.Load(WardRules.Files()), Beds);
        engine.Admit();
        for (var second = 0; second < 300; second++)
        {
            engine.Step();
        }

        return Reload(engine, Beds, rounds);
    }

    /// <summary>
    /// Rules that differ in two conditions come into force while all patients send. What a reading waits for is its own Ingest, or the Load or Advance that is just
    /// under way; each is timed until everybody is under the new rules.
    /// </summary>
    private static Figure Reload(WardEngine engine, int patients, int rounds)
    {
        var (longest, percentile, load, collection, calls) = (new Series(), new Series(), new Series(), new Series(), new long[engine.ReadingsPerSecond * 20]);
        for (var round = 0; round < rounds; round++)
        {
            var rules = WardRules.Load(WardRules.Files(spo2Limit: 91 - (round % 2)));
            var count = 0;
            engine.Output.Clear();
            var pausesBefore = GC.GetTotalPauseDuration();
            var start = Stopwatch.GetTimestamp();
            engine.Engine.Load(rules, VitalsCourse.At(engine.Second - 1), engine.Output);
            load.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            calls[count++] = Stopwatch.GetTimestamp() - start;
            for (var index = 0; engine.Engine.IsMigrating && count < calls.Length - 1; index++)
            {
                if (index == engine.ReadingsPerSecond)
                {
                    engine.Advance();
                    index = 0;
                }

                engine.DrainSome();
                start = Stopwatch.GetTimestamp();
                engine.Ingest(index);
                calls[count++] = Stopwatch.GetTimestamp() - start;
                if (index % (engine.ReadingsPerSecond / TicksPerSecond) == 0)
                {
                    start = Stopwatch.GetTimestamp();
                    engine.Engine.Advance(VitalsCourse.At(engine.Second - 1), engine.Output);
                    calls[count++] = Stopwatch.GetTimestamp() - start;
                }
            }

            collection.Add((GC.GetTotalPauseDuration() - pausesBefore).TotalMilliseconds);
            Array.Sort(calls, 0, count);
            longest.Add(Milliseconds(calls[count - 1]));
            percentile.Add(Milliseconds(calls[(int)(count * 0.999)]));
        }

        return new Figure(
            string.Create(CultureInfo.InvariantCulture, $"other rules at {patients:#,0} patients that all send: the longest stall of a reading"), "<= 10 ms", longest.Words("0.0") + " ms", longest.Median <= GoalStallMilliseconds,
            $"p99.9 {percentile.Words("0.000")} ms; Load itself {load.Words("0.0")} ms; the collector stopped the process for {collection.Words("0.0")} ms altogether; each reading and each of 10 ticks a second until all patients are under the new rules");
    }

    /// <summary>The same readings to one shard and to two, batch by batch; the caller's making of the batch counts too.</summary>
    private static Figure Shards(Bench bench)
    {
        const int Batch = 1_000;
        var (course, rules) = (VitalsCourse.Walk(), WardRules.Load(WardRules.Files()));
        using var one = new ShardedWard(course, rules, Patients, shards: 1, Batch);
        using var two = new ShardedWard(course, rules, Patients, shards: 2, Batch);
        one.Step();
        two.Step();
        var (gain, ofOne, ofTwo) = (new Series(), new Series(), new Series());
        for (var round = 0; round < bench.Rounds; round++)
        {
            var (single, both) = (Rate(one.Step, one.ReadingsPerSecond, bench.Seconds), Rate(two.Step, two.ReadingsPerSecond, bench.Seconds));
            ofOne.Add(single);
            ofTwo.Add(both);
            gain.Add(both / single);
        }

        return new Figure(
            "the same in batches of 1,000 to two shards, two threads", "the ratio to one shard", gain.Words("0.00") + " x", true,
            $"M readings/s {ofTwo.Words("0.00")}, one shard {ofOne.Words("0.00")}; transitions merged into the order of one engine");
    }

    private static double Milliseconds(long ticks) => ticks * 1_000.0 / Stopwatch.Frequency;
}
