using System.Globalization;
using System.Runtime.CompilerServices;
using IoTGateway.Readings;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

/// <summary>What 50 rules over 6 signals, 4 of them over windows, cost a patient: memory, and garbage per reading.</summary>
[Collection(nameof(MeasuredAlone))]
public class FootprintTests
{
    private const int MostBytesPerPatient = 2_500;

    private static readonly string[] Signals = ["hr", "spo2", "rr", "sbp", "dbp", "temp"];

    [Fact]
    public void Patient_50RulesOver6Signals_TakesAtMost2500Bytes()
    {
        const int Patients = 2_000;
        var engine = new RuleEngine();
        var rules = Rules();
        var output = new List<AlertTransition>();
        var profiles = Enumerable.Range(0, Patients).Select(patient => new PatientProfile($"p{patient}", "ICU", [], ["hr", "spo2"])).ToArray();
        engine.Load(rules, TestWard.At(0), output);
        engine.SetPatient(profiles[0] with { Patient = "first" }, TestWard.At(0), output);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var handles = Array.ConvertAll(profiles, profile => engine.SetPatient(profile, TestWard.At(0), output));
        Feed(engine, rules, handles, output, from: 1, to: 60);
        output.Clear();
        output.TrimExcess();
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Patients;
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{bytes:0} bytes a patient"));
        Assert.True(bytes <= MostBytesPerPatient, string.Create(CultureInfo.InvariantCulture, $"{bytes:0} bytes a patient"));
        GC.KeepAlive(engine);
        GC.KeepAlive(profiles);
    }

    /// <summary>What a rule set says that it needs is what the engine takes: measured beside, with what the engine keeps of any patient (its id, its place).</summary>
    [Fact]
    public void StateBytesPerPatient_RulesWithAndWithoutWindows_IsWhatIsMeasured()
    {
        foreach (var rules in new[] { Rules(), RuleSetLoader.Load(ShippedRules.Files).Rules!, TestRules.Rule("when: a > 100") })
        {
            var measured = Measured(rules);
            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"said {rules.StateBytesPerPatient}, measured {measured:0} bytes a patient"));
            Assert.InRange(measured - rules.StateBytesPerPatient, 0, 150);
        }
    }

    [Fact]
    public void Load_RulesThatNeedTooMuchState_AreRefusedWithTheNumber()
    {
        // As many signals and windows as there may be, each window asked for all it can tell.
        var signals = "version: 1\nsignals:\n" + string.Concat(Enumerable.Range(0, 200).Select(signal => $"  s{signal}: {{ name: S{signal} }}\n"));
        string Rules(int windows) => "version: 1\npopulation: adults\nrules:\n" + string.Concat(Enumerable.Range(1, windows).Select(window =>
            $"  - {{ alert: W{window}, when: \"average(s1, {window} min) + lowest(s1, {window} min) + highest(s1, {window} min) > {window}\", priority: low, message: x }}\n"));
        var result = TestRules.TryLoad(Rules(64), signals);
        Assert.Null(result.Rules);
        var error = Assert.Single(result.Diagnostics, diagnostic => diagnostic.IsError);
        Assert.Equal("R003", error.Code);
        Assert.Matches("^these rules need [67][0-9],[0-9]{3} bytes of state for each patient, at most 65,536 are kept$", error.Message);
        Assert.NotNull(TestRules.TryLoad(Rules(30), signals).Rules);
    }

    [Fact]
    public void Ingest_WindowsScoresAndLevels_AllocatesNothing()
    {
        var engine = new RuleEngine();
        var rules = Rules();
        var output = new List<AlertTransition>();
        engine.Load(rules, TestWard.At(0), output);
        int[] handles = [.. Enumerable.Range(0, 50).Select(patient => engine.SetPatient(new PatientProfile($"p{patient}", "ICU", [], ["hr", "spo2"]), TestWard.At(0), output))];
        Feed(engine, rules, handles, output, from: 1, to: 100);
        var told = output.Count;
        var allocated = Feed(engine, rules, handles, output, from: 101, to: 400);
        Assert.Equal(told, output.Count);
        Assert.Equal(0, allocated);
    }

    /// <summary>In a method of its own, so that nothing of it is alive when the next one is measured.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Measured(RuleSet rules)
    {
        const int Patients = 2_000;
        var output = new List<AlertTransition>();
        var profiles = Enumerable.Range(0, Patients).Select(patient => new PatientProfile($"p{patient}", "ICU", [], [])).ToArray();
        var engine = new RuleEngine();
        engine.Load(rules, TestWard.At(0), output);
        engine.SetPatient(profiles[0] with { Patient = "first" }, TestWard.At(0), output);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Array.ForEach(profiles, profile => engine.SetPatient(profile, TestWard.At(0), output));
        var measured = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Patients;
        GC.KeepAlive(engine);
        GC.KeepAlive(profiles);
        return measured;
    }

    /// <summary>A second for everybody, values that move a little within their bands. Returns what the engine allocated.</summary>
    private static long Feed(RuleEngine engine, RuleSet rules, int[] handles, List<AlertTransition> output, int from, int to)
    {
        var reading = new Reading();
        var signals = Signals.Select(name => rules.Catalogue.Find(name)!).ToArray();
        double[] calm = [80, 97, 16, 125, 75, 36.8];
        reading.Values.AddRange(signals.Select(signal => new SignalValue(signal, 0, Quality.Valid)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var second = from; second <= to; second++)
        {
            reading.CorrectedTime = reading.ReceivedTime = TestWard.At(second);
            for (var signal = 0; signal < signals.Length; signal++)
            {
                reading.Values[signal] = reading.Values[signal] with { Value = calm[signal] + (second % 3 * 0.1) };
            }

            foreach (var handle in handles)
            {
                engine.Ingest(handle, reading, output);
            }

            engine.Advance(TestWard.At(second + 0.5), output);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    internal static RuleSet Rules()
    {
        const string Catalogue = """
            version: 1
            signals:
              hr: { name: Heart rate, unit: /min, plausible: 1 to 300, no value: "<= 0", missing after: 60 s, valid for: 5 min }
              spo2: { name: SpO2, unit: "%", plausible: 50 to 100, no value: "<= 0", missing after: 60 s, valid for: 5 min }
              rr: { name: Respiration, unit: /min, plausible: 0 to 60, missing after: 60 s, valid for: 5 min }
              sbp: { name: BP systolic, unit: "mm[Hg]", plausible: 20 to 300, valid for: 4 h }
              dbp: { name: BP diastolic, unit: "mm[Hg]", plausible: 10 to 200, valid for: 4 h }
              temp: { name: Temperature, unit: Cel, plausible: 25 to 45, valid for: 4 h, decimals: 1 }
            """;
        var builder = new RuleSetBuilder(Catalogue)
            .Derive("map_calc", "(sbp + 2 * dbp) / 3", 900)
            .Derive("shock_index", "hr / sbp", 900)
            .Score("rr_points", 1, null, ("rr <= 8", 3), ("rr between 9 and 11", 1), ("rr between 12 and 20", 0), ("rr between 21 and 24", 2), ("rr >= 25", 3))
            .Score("spo2_points", 1, null, ("spo2 <= 91", 3), ("spo2 between 92 and 93", 2), ("spo2 between 94 and 95", 1), ("spo2 >= 96", 0))
            .Score("sbp_points", 1, null, ("sbp <= 90", 3), ("sbp between 91 and 100", 2), ("sbp between 101 and 110", 1), ("sbp between 111 and 219", 0), ("sbp >= 220", 3))
            .Score("hr_points", 1, null, ("hr <= 40", 3), ("hr between 41 and 50", 1), ("hr between 51 and 90", 0), ("hr between 91 and 110", 1), ("hr between 111 and 130", 2), ("hr >= 131", 3))
            .Score("temp_points", 0.1, null, ("temp <= 35", 3), ("temp between 35.1 and 36", 1), ("temp between 36.1 and 38", 0), ("temp between 38.1 and 39", 1), ("temp >= 39.1", 2))
            .Sum("news2", "rr_points", "spo2_points", "sbp_points", "hr_points", "temp_points")
            .Rule(new RuleText("NEWS2 emergency", "news2 >= 7") { ClearWhen = "news2 <= 6", ClearAfter = 300 })
            .Rule(new RuleText("NEWS2 urgent", "news2 >= 5") { ClearWhen = "news2 <= 4", ClearAfter = 300, SuppressedBy = ["NEWS2 emergency"] })
            .Rule(new RuleText("On average", "average(spo2, 1 min) < 90") { ClearWhen = "average(spo2, 1 min) >= 92" })
            .Rule(new RuleText("Climbing", "rise(hr, 10 min) >= 30 and hr > 100", 30) { ClearWhen = "hr < 100" })
            .Rule(new RuleText("Falling", "fall(sbp, 30 min) >= 30") { ClearWhen = "sbp >= 95" })
            .Rule("Fast for long", "average(hr, 5 min) > 110")
            .Rule("MAP low", "map_calc < 65", 20)
            .Rule("Shock index", "shock_index > 1", 30)
            .Rule("Two of three", "at least 2 of (hr > 120, rr > 25, map_calc < 65)", 20)
            .Rule("No heart rate", "hr is missing", 60)
            .Rule("No SpO2", "spo2 is missing", 60);
        (string Signal, double Low, double High)[] bounds = [("hr", 40, 120), ("spo2", 80, 101), ("rr", 8, 30), ("sbp", 90, 160), ("dbp", 50, 90), ("temp", 35, 39)];
        for (var rule = 0; rule < 39; rule++)
        {
            var (signal, low, high) = bounds[rule % bounds.Length];
            var wider = rule / bounds.Length;
            builder.Rule(rule % 2 == 0
                ? new RuleText($"{signal} low {rule}", FormattableString.Invariant($"{signal} < {low - wider}"), 15) { ClearWhen = FormattableString.Invariant($"{signal} >= {low - wider + 2}"), ClearAfter = 10 }
                : new RuleText($"{signal} high {rule}", FormattableString.Invariant($"{signal} > {high + wider}"), 15) { ClearWhen = FormattableString.Invariant($"{signal} <= {high + wider - 2}"), ClearAfter = 10 });
        }

        return builder.Build();
    }
}
