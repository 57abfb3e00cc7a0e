using System.Diagnostics;
using System.Globalization;
using IoTGateway.Benchmarks.Report;
using IoTGateway.Benchmarks.Rules;

namespace IoTGateway.Benchmarks.Measures;

/// <summary>
/// The rule engine alone, on one thread, beside Microsoft RulesEngine over the same conditions. A reading is one new value of one signal of one patient and
/// the evaluation of the rules that look at it, on both sides.
/// </summary>
internal sealed class RulesMeasure : Measure
{
    private const int Patients = 1_000;

    public override string Name => "rules";

    public override bool UsesServers => false;

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        var same = TruthCheck.Run(seconds: bench.Rounds > 1 ? 2_400 : 600);
        return
        [
            Compare(bench, "random walk", VitalsCourse.Walk(), goal: 40, "guide: 10 M readings/s", $"{WardRules.Mix}; ours does all of it, the reference the conditions only, with windows, score and derived values handed to it; {same}"),
            Compare(bench, "uniform random values", VitalsCourse.Uniform(), goal: 8, "guide: 3 M readings/s", "the same rules"),
            .. ManyPatients.Measure(bench),
            await LoadingAsync(bench),
        ];
    }

    private static Figure Compare(Bench bench, string what, VitalsCourse course, double goal, string guide, string details)
    {
        var slice = TimeSpan.FromSeconds(bench.Seconds / 2.0);
        var rules = WardRules.Load(WardRules.Files());
        var ours = new WardEngine(course, rules, Patients);
        var theirs = new ReferenceEngine(course, Patients);
        ours.Admit();
        OurRate(ours, slice);
        TheirRate(theirs, slice);
        var (told, second) = (ours.Told, ours.Second);
        var (ratio, our, their) = (new Series(), new Series(), new Series());
        for (var round = 0; round < bench.Rounds; round++)
        {
            var (mine, reference) = (OurRate(ours, slice), TheirRate(theirs, slice));
            our.Add(mine / 1e6);
            their.Add(reference / 1e6);
            ratio.Add(mine / reference);
        }

        return new Figure(
            $"50 rules x 6 signals, 1,000 patients, {what}, one thread", string.Create(CultureInfo.InvariantCulture, $">= {goal} x Microsoft RulesEngine 6.0.1 ({guide})"),
            ratio.Words("0.0") + " x", ratio.Median >= goal,
            string.Create(CultureInfo.InvariantCulture, $"M readings/s {our.Words("0.00")}, RulesEngine {their.Words("0.000")}; ours tells {PerReading(ours, told, second):0.00} transitions a reading; a reading is one value of one signal on both sides; {details}"));
    }

    private static double PerReading(WardEngine engine, long told, int second) => (engine.Told - told) / ((engine.Second - second) * (double)engine.ReadingsPerSecond);

    private static double OurRate(WardEngine engine, TimeSpan least)
    {
        var start = Stopwatch.GetTimestamp();
        var readings = 0L;
        do
        {
            engine.Step();
            readings += engine.ReadingsPerSecond;
        }
        while (Stopwatch.GetElapsedTime(start) < least);

        return readings / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double TheirRate(ReferenceEngine engine, TimeSpan least)
    {
        var (readings, spent) = (0L, TimeSpan.Zero);
        do
        {
            engine.Prepare();
            var start = Stopwatch.GetTimestamp();
            engine.Step();
            spent += Stopwatch.GetElapsedTime(start);
            readings += engine.ReadingsPerSecond;
        }
        while (spent < least);

        return readings / spent.TotalSeconds;
    }

    private static async Task<Figure> LoadingAsync(Bench bench)
    {
        const double GoalMilliseconds = 20;
        var (warm, cold) = (new Series(), new Series());
        for (var time = 0; time < 20; time++)
        {
            RuleLoading.Milliseconds();
        }

        for (var round = 0; round < bench.Rounds * 4; round++)
        {
            warm.Add(RuleLoading.Milliseconds());
        }

        for (var round = 0; round < bench.Rounds; round++)
        {
            cold.Add(await RuleLoading.ColdMillisecondsAsync());
        }

        return new Figure(
            "loading 50 rules from text, checked and compiled", "< 20 ms", warm.Words("0.0") + " ms", warm.Median < GoalMilliseconds,
            $"warm; {cold.Words("0")} ms as the first thing a new process does");
    }
}
