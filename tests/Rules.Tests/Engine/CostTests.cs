using System.Diagnostics;
using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

/// <summary>What a reading costs with the shipped rules. The bounds are wide, since other work may run beside; the figures are printed.</summary>
[Collection(nameof(MeasuredAlone))]
public class CostTests
{
    private static readonly string[] Signals = ["hr", "spo2", "rr", "art_sbp", "art_dbp", "temp"];
    private static readonly double[] Calm = [80, 97, 16, 120, 70, 37];

    [Fact]
    public void Ingest_NothingTransitions_AllocatesNothing()
    {
        var (engine, readings) = Prepare(patients: 100);
        var output = new List<AlertTransition>();
        Run(engine, readings, output, rounds: 20, from: 0);
        output.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(engine, readings, output, rounds: 200, from: 20);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Empty(output);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Ingest_ShippedRules_KeepsUpWithAHospital()
    {
        const int LeastReadingsPerSecond = 50_000;
        var (engine, readings) = Prepare(patients: 1_000);
        var output = new List<AlertTransition>();
        Run(engine, readings, output, rounds: 20, from: 0);
        var best = 0.0;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var watch = Stopwatch.StartNew();
            Run(engine, readings, output, rounds: 50, from: 20 + (attempt * 50));
            best = Math.Max(best, 50 * readings.Length / watch.Elapsed.TotalSeconds);
        }

        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{best:0} readings of {Signals.Length} signals a second"));
        Assert.True(best > LeastReadingsPerSecond, string.Create(CultureInfo.InvariantCulture, $"{best:0} readings a second"));
    }

    [Fact]
    public void Advance_ManyPatientsNobodyDue_IsAShortScan()
    {
        const int Patients = 100_000;
        var engine = new RuleEngine();
        var output = new List<AlertTransition>();
        engine.Load(TestRules.Rule("when: a is missing"), TestWard.At(0), output);
        for (var patient = 0; patient < Patients; patient++)
        {
            engine.SetPatient(new PatientProfile($"p{patient}", "W", [], ["a"]), TestWard.At(0), output);
        }

        engine.Advance(TestWard.At(1), output);
        var best = TimeSpan.MaxValue;
        for (var tick = 0; tick < 100; tick++)
        {
            var watch = Stopwatch.StartNew();
            engine.Advance(TestWard.At(1 + (tick / 10.0)), output);
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{best.TotalMicroseconds:0} us for {Patients} patients"));
        Assert.Empty(output);
        Assert.True(best < TimeSpan.FromMilliseconds(10), $"{best}");
        engine.Advance(TestWard.At(60), output);
        Assert.Equal(Patients, output.Count);
    }

    private static (RuleEngine Engine, (int Handle, Reading Reading)[] Readings) Prepare(int patients)
    {
        var rules = RuleSetLoader.Load(ShippedRules.Files).Rules!;
        var engine = new RuleEngine();
        var output = new List<AlertTransition>();
        engine.Load(rules, TestWard.At(0), output);
        var readings = new (int, Reading)[patients];
        for (var patient = 0; patient < patients; patient++)
        {
            var reading = new Reading();
            for (var signal = 0; signal < Signals.Length; signal++)
            {
                reading.Values.Add(new SignalValue(rules.Catalogue.Find(Signals[signal])!, Calm[signal], Quality.Valid));
            }

            readings[patient] = (engine.SetPatient(new PatientProfile($"p{patient}", "W", [], [.. Signals]), TestWard.At(0), output), reading);
        }

        return (engine, readings);
    }

    /// <summary>A second for everybody, with every value moving, then ten ticks.</summary>
    private static void Run(RuleEngine engine, (int Handle, Reading Reading)[] readings, List<AlertTransition> output, int rounds, int from)
    {
        for (var round = from; round < from + rounds; round++)
        {
            var time = TestWard.At(round);
            foreach (var (handle, reading) in readings)
            {
                reading.CorrectedTime = time;
                reading.ReceivedTime = time;
                for (var signal = 0; signal < reading.Values.Count; signal++)
                {
                    reading.Values[signal] = reading.Values[signal] with { Value = Calm[signal] + ((round + handle + signal) % 3) };
                }

                engine.Ingest(handle, reading, output);
            }

            for (var tick = 1; tick <= 10; tick++)
            {
                engine.Advance(TestWard.At(round + (tick / 10.0) - 0.1), output);
            }
        }
    }
}
