using System.Collections.Immutable;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>
/// Random rule sets of the whole language. Numbers and durations come from small sets, so that thresholds are hit exactly, instants coincide,
/// and different rules depend on the same value.
/// </summary>
internal sealed partial class RandomRules(Random random)
{
    private static readonly double[] Numbers = [40, 50, 60, 80, 100];
    private static readonly string[] NumberSignals = ["a", "b", "c", "d"];
    private static readonly int[] Delays = [0, 0, 0, 1, 2, 3, 5, 10];
    private static readonly int[] ClearDelays = [0, 0, 0, 2, 3, 5];
    private static readonly int[] Lengths = [7, 10, 30, 60];
    private static readonly ComparisonSign[] Signs = Enum.GetValues<ComparisonSign>();
    private static readonly WindowFunction[] Functions = Enum.GetValues<WindowFunction>();
    private static readonly string[] LimitNames = ["low", "mid", "high"];

    private int _alerts;

    /// <summary>A set of two to six rules.</summary>
    public RuleSetSketch Next()
    {
        var set = new RuleSetSketch
        {
            Catalogue = FuzzSignals.Catalogue,
            Limits = [.. LimitNames.Select((name, index) => new LimitDefinition(name, 50 + (10 * index), 20 + (10 * index), 80 + (10 * index), Here))],
            Derived = Derived(),
        };
        set = set with { Overrides = Overrides(set.Derived) };
        for (var count = random.Next(2, 7); count > 0; count--)
        {
            set = set with { Rules = set.Rules.Insert(random.Next(set.Rules.Length + 1), Rule(set)) };
        }

        return set;
    }

    private static readonly Place Here = new("fuzz.yaml", 1);

    private RuleSketch Rule(RuleSetSketch set)
    {
        var priorities = Enum.GetValues<AlertPriority>().Where(_ => random.Next(2) == 0).DefaultIfEmpty(Pick(Enum.GetValues<AlertPriority>()));
        // Levels mostly ask the same with other numbers, so that several are reached at one instant.
        var first = Condition(set, 2);
        var conditions = priorities.Select((priority, index) => (priority, when: index == 0 ? first : Chance(2) ? OtherNumber(first) : Condition(set, 2)));
        return new RuleSketch($"R{++_alerts}", [.. conditions.Select(level => RuleSketch.Level(level.priority, level.when, Delay(Delays)))])
        {
            ClearWhen = Chance(2) ? Condition(set, 1) : null,
            ClearAfter = Delay(ClearDelays),
            OnlyIn = OnlyIn(),
            SuppressedBy = [.. set.Rules.Select(rule => rule.Name).Where(_ => Chance(6))],
        };
    }

    private Applicability OnlyIn() => Chance(4)
        ? Pick<Applicability>(
            [
                new Applicability(["ICU"], [], []), new Applicability([], ["t1"], []), new Applicability([], [], [Population.Adult]),
                new Applicability(["Ward", "ICU"], ["t1", "t2"], []),
            ])
        : Applicability.Everybody;

    private ImmutableArray<OverrideDefinition> Overrides(ImmutableArray<DerivedDefinition> derived)
    {
        var overrides = ImmutableArray.CreateBuilder<OverrideDefinition>();
        for (var count = random.Next(4); count > 0; count--)
        {
            var scope = Pick(Enum.GetValues<OverrideScope>());
            ImmutableArray<string> names = scope switch
            {
                OverrideScope.Ward => Chance(2) ? ["ICU"] : ["ICU", "Ward"],
                OverrideScope.Tag => Chance(2) ? ["t1"] : ["t2", "t1"],
                _ => [],
            };
            overrides.Add(new OverrideDefinition(
                scope, names, [new LimitOverride(Pick(LimitNames), Pick(Numbers), Here)], Chance(2) ? Use(derived) : [], Here));
        }

        return overrides.ToImmutable();
    }

    /// <summary>What is put in the place of a derived signal stands before it, so that whatever is behind the one is behind the other.</summary>
    private ImmutableArray<UseOverride> Use(ImmutableArray<DerivedDefinition> derived)
    {
        var pairs =
            from place in Enumerable.Range(0, derived.Length)
            from earlier in Enumerable.Range(0, place)
            where derived[place] is ExpressionDefinition == derived[earlier] is ExpressionDefinition
            select new UseOverride(derived[place].Name, derived[earlier].Name, Here);
        var all = pairs.ToImmutableArray();
        return all.IsEmpty ? [] : [Pick(all.AsSpan())];
    }

    private Expression Condition(RuleSetSketch set, int depth)
    {
        if (depth > 0)
        {
            switch (random.Next(9))
            {
                case 0 or 1:
                    return Expressions.Join(and: true, Condition(set, depth - 1), Condition(set, depth - 1));
                case 2:
                    return Expressions.Join(and: false, Condition(set, depth - 1), Condition(set, depth - 1));
                case 3:
                    return Expressions.Not(Condition(set, depth - 1));
                case 4:
                    var operands = Enumerable.Range(0, random.Next(2, 5)).Select(_ => Condition(set, 0)).ToImmutableArray();
                    return Expressions.AtLeast(random.Next(1, operands.Length + 1), operands);
            }
        }

        return random.Next(14) switch
        {
            0 => Expressions.Is(Pick("a", "b", "o"), Chance(4), "missing"),
            1 => Expressions.Is(Pick("a", "b"), Chance(4), "no value"),
            2 => Expressions.Is("v", Chance(3), Pick("A", "V")),
            3 => Expressions.Is("o", Chance(3), Pick("on", "off")),
            4 or 5 when set.Rules.Length > 0 => Expressions.IsActive(Pick(set.Rules.AsSpan()).Name, Chance(4)),
            6 => Expressions.Between(Number(set, 1), Expressions.Number(50), Chance(3) ? Expressions.Limit("high") : Expressions.Number(60)),
            7 or 8 or 9 when set.Derived.OfType<ExpressionDefinition>().Count() < set.Derived.Length => Points(set),
            _ => Comparison(set),
        };
    }

    /// <summary>A score or sum alone against points.</summary>
    private Expression Points(RuleSetSketch set)
    {
        var score = Expressions.Name(Pick([.. set.Derived.Where(derived => derived is not ExpressionDefinition)]).Name);
        var points = Expressions.Number(random.Next(0, 7));
        return random.Next(6) switch
        {
            0 => Expressions.Between(score, points, Expressions.Number(random.Next(2, 9))),
            1 => Expressions.Compare(Pick(Signs), points, score),
            _ => Expressions.Compare(Pick(Signs), score, points),
        };
    }

    private Expression Comparison(RuleSetSketch set)
    {
        if (Chance(8))
        {
            return Expressions.Compare(Pick(Signs), Window(WindowFunction.Count), Expressions.Number(random.Next(0, 8)));
        }

        var right = random.Next(6) switch
        {
            0 => Expressions.Limit(Pick(LimitNames)),
            1 => Expressions.Compute('+', Expressions.Limit(Pick(LimitNames)), Expressions.Number(10)),
            2 when Chance(2) => Number(set, 0),
            _ => Expressions.Number(Pick(Numbers)),
        };
        var left = Number(set, 1);
        return Chance(8) ? Expressions.Compare(Pick(Signs), right, left) : Expressions.Compare(Pick(Signs), left, right);
    }

    private Expression Number(RuleSetSketch set, int depth) => random.Next(10) switch
    {
        0 or 1 when depth > 0 => Window(Pick(Functions)),
        2 when depth > 0 => Expressions.Compute(Pick<char>(['+', '-', '*', '/']), Number(set, depth - 1), Number(set, depth - 1)),
        3 when depth > 0 => Expressions.Negative(Number(set, 0)),
        4 or 5 when set.Derived.Length > 0 => Expressions.Name(Pick(set.Derived.AsSpan()).Name),
        _ => Expressions.Name(Pick(NumberSignals)),
    };

    private Expression Window(WindowFunction function) => Expressions.Window(function, Pick(NumberSignals), TimeSpan.FromSeconds(Pick(Lengths)));

    private TimeSpan Delay(int[] seconds) => TimeSpan.FromSeconds(Pick(seconds));

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private T Pick<T>(params ReadOnlySpan<T> from) => from[random.Next(from.Length)];
}
