using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;
using IoTGateway.Rules.Tests.Differential;
using IoTGateway.Rules.Tests.Oracle;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Properties;

/// <summary>What has to become less when rules become milder, or when data stop coming.</summary>
public class OrderTests
{
    private const int Cases = 60;
    private const int InputsEach = 400;

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void LowerLimit_NeverAddsAMomentInWhichItIsRaised(string engine) => EachPair(engine, random =>
    {
        var delay = TimeSpan.FromSeconds(random.Next(4));
        var after = TimeSpan.FromSeconds(random.Next(4));
        var limit = 50 + (10 * random.Next(4));
        return (new RandomRules(random).Next(), Below(limit), Below(limit - 10));

        RuleSketch Below(double value) => new(
            "X", [RuleSketch.Level(AlertPriority.High, Expressions.Compare(ComparisonSign.Less, Expressions.Name("a"), Expressions.Number(value)), delay)])
        { ClearAfter = after };
    });

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void LongerFor_NeverAddsAMomentInWhichItIsRaised(string engine) => EachPair(engine, random =>
    {
        var set = new RandomRules(random).Next();
        var rule = set.Rules.FirstOrDefault(rule => rule.Levels.Length == 1 && IsPlain(rule))
            ?? new RuleSketch("X", [RuleSketch.Level(AlertPriority.High, Expressions.Is("a", false, "missing"), TimeSpan.FromSeconds(1))]);
        rule = rule with { SuppressedBy = [], OnlyIn = Applicability.Everybody };
        return (set, rule, rule with { Levels = [rule.Levels[0] with { For = rule.Levels[0].For + TimeSpan.FromSeconds(random.Next(1, 5)) }] });
    });

    /// <summary>
    /// When nothing comes any more, only what was clearing already may end; whatever goes out of date ends nothing. An explicit <c>clear when</c> that
    /// holds beside <c>when</c> may end the alert once that goes out of date; <c>rules check</c> warns of it.
    /// </summary>
    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Silence_NeverEndsAnAlert(string engine)
    {
        var raised = 0;
        ForEach((seed, random) =>
        {
            var longest = TimeSpan.FromSeconds(5);
            var course = DifferentialCase.Of(seed, InputsEach);
            course = course with { Sets = [.. course.Sets.Select(WithoutTime).Select(Alone)], Inputs = course.Inputs.RemoveAll(input => input is LoadInput { Set: > 0 }) };
            var run = course.Begin(New(engine));
            foreach (var input in course.Inputs)
            {
                run.Take(input);
            }

            var end = course.Inputs.Max(input => Math.Max(input.Time, input is ReadingInput reading ? reading.Measured : 0));
            run.Take(new AdvanceInput(end + (long)longest.TotalMilliseconds));
            var before = run.Output.Count;
            raised += run.Standing.Count;
            run.Take(new AdvanceInput(end + (long)TimeSpan.FromHours(1).TotalMilliseconds));
            var pending = run.Output[..before].GroupBy(it => (it.Patient, it.Rule.Name)).Where(group => group.Last().State == AlertState.Pending).Select(group => group.Key).ToHashSet();
            foreach (var transition in run.Output[before..])
            {
                Assert.True(
                    transition.State is AlertState.Active or AlertState.Pending || pending.Contains((transition.Patient, transition.Rule.Name)),
                    $"seed {seed}: {course.ToText(new Difference(course.Inputs.Length - 1, CourseRun.Line(transition)))}");
            }
        });
        Assert.True(FuzzSeeds.Only is not null || raised > Cases, $"{raised} alerts stood");
    }

    /// <summary>Where no value goes out of date and no window looks back, the same value again says nothing new.</summary>
    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void TheSameValueAgain_ChangesNothing(string engine) => ForEach((seed, random) =>
    {
        var timeless = new SignalCatalogue([.. FuzzSignals.Catalogue.Signals.Select(Timeless)]);
        var course = DifferentialCase.Of(seed, InputsEach);
        course = course with
        {
            Sets = [.. course.Sets.Select(WithoutTime).Select(set => set with { Catalogue = timeless, Derived = [.. set.Derived.Select(derived => derived with { ValidFor = null })] })],
            Inputs = [.. course.Inputs.Where(input => input is not ResetInput and not RemoveInput).Select(Prompt)],
        };
        var inputs = ImmutableArray.CreateBuilder<CourseInput>();
        var last = new Dictionary<(string, string), SignalValue>();
        foreach (var input in course.Inputs)
        {
            inputs.Add(input);
            if (input is ReadingInput reading)
            {
                foreach (var value in reading.Values)
                {
                    last[(reading.Patient, value.Signal.Id)] = value;
                }

                if (random.Next(3) == 0)
                {
                    inputs.Add(reading with { Values = [.. last.Where(it => it.Key.Item1 == reading.Patient && random.Next(2) == 0).Select(it => it.Value)] });
                }
            }
        }

        var repeated = course with { Inputs = inputs.ToImmutable() };
        Assert.True(Said(course).SequenceEqual(Said(repeated)), $"seed {seed}");

        List<string> Said(DifferentialCase it)
        {
            var run = it.Begin(New(engine));
            foreach (var input in it.Inputs)
            {
                run.Take(input);
            }

            run.Finish();
            return [.. run.Output.Select(CourseRun.Line)];
        }
    });

    private static void EachPair(string engine, Func<Random, (RuleSetSketch Set, RuleSketch Stronger, RuleSketch Milder)> pair)
    {
        var raised = 0;
        ForEach((seed, random) =>
        {
            var (set, stronger, milder) = pair(random);
            var course = DifferentialCase.Of(seed, InputsEach);
            var one = Begin(stronger);
            var other = Begin(milder);
            foreach (var input in course.Inputs.Where(input => input is not LoadInput { Set: > 0 }))
            {
                one.Take(input);
                other.Take(input);
                Assert.True(
                    other.Standing.IsSubsetOf(one.Standing),
                    $"seed {seed}, {input}: raised by the milder rule only: {string.Join(", ", other.Standing.Except(one.Standing))}");
                raised += other.Standing.Count;
            }

            CourseRun Begin(RuleSketch rule) =>
                new DifferentialCase([set with { Rules = [rule] }], course.Inputs).Begin(New(engine));
        });
        Assert.True(FuzzSeeds.Only is not null || raised > Cases, $"{raised} moments with an alert");
    }

    private static void ForEach(Action<int, Random> check)
    {
        foreach (var seed in FuzzSeeds.Take(Cases))
        {
            check(seed, new Random(seed));
        }
    }

    private static IRuleEngine New(string engine) => engine == Engines.Oracle ? new OracleEngine() : new RuleEngine();

    /// <summary>Nothing that looks at other alerts.</summary>
    private static bool IsPlain(RuleSketch rule) => !rule.Conditions.SelectMany(Expressions.PartsOf).OfType<AlertActiveExpression>().Any();

    /// <summary>The same set without what becomes true or false just because time passes: windows and <c>is missing</c>.</summary>
    private static RuleSetSketch WithoutTime(RuleSetSketch set) => set with
    {
        Rules = [.. set.Rules.Select(rule => rule.Map(condition => Expressions.Map(condition, Timeless)))],
        Derived =
        [
            .. set.Derived.Select(derived => derived switch
            {
                ExpressionDefinition it => it with { Value = Expressions.Map(it.Value, Timeless) },
                ScoreDefinition it => it with { Rows = [.. it.Rows.Select(row => row with { Condition = Expressions.Map(row.Condition, Timeless) })] },
                _ => derived,
            }),
        ],
    };

    /// <summary>Rules that end by their own condition only, and look at no other alert: what another ends late would end them later still.</summary>
    private static RuleSetSketch Alone(RuleSetSketch set) => set with
    {
        Rules = [.. set.Rules.Where(IsPlain).Select(rule => rule with { ClearWhen = null, SuppressedBy = [] })],
    };

    private static Expression? Timeless(Expression part) => part switch
    {
        WindowExpression it => Expressions.Name(it.Signal),
        IsExpression { What: "missing" } it => Expressions.Is(it.Name, it.Not, it.Name == "o" ? "on" : "no value"),
        _ => null,
    };

    private static Signal Timeless(Signal signal) => new()
    {
        Index = signal.Index,
        Id = signal.Id,
        Name = signal.Name,
        Form = signal.Form,
        Letters = signal.Letters,
        PlausibleLow = signal.PlausibleLow,
        PlausibleHigh = signal.PlausibleHigh,
        NoValueAtOrBelow = signal.NoValueAtOrBelow,
    };

    /// <summary>A reading that comes when it is measured.</summary>
    private static CourseInput Prompt(CourseInput input) => input is ReadingInput reading ? reading with { Measured = reading.Time } : input;
}
