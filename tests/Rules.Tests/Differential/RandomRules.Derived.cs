using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Language;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Differential;

internal sealed partial class RandomRules
{
    private static readonly double?[] Steps = [null, 1, 0.5, 0.1, 10];

    private ImmutableArray<DerivedDefinition> Derived()
    {
        var derived = ImmutableArray.CreateBuilder<DerivedDefinition>();
        for (var count = random.Next(6); count > 0; count--)
        {
            var name = $"x{derived.Count}";
            ImmutableArray<string> scores = [.. derived.Where(it => it is not ExpressionDefinition).Select(it => it.Name)];
            derived.Add(random.Next(5) switch
            {
                0 or 1 => Expression(name, [.. derived.Select(it => it.Name)]),
                2 when !scores.IsEmpty => new SumDefinition
                {
                    Name = name,
                    Display = Shown(name),
                    Place = Here,
                    Parts = [.. scores.Where(_ => !Chance(4)).DefaultIfEmpty(scores[0])],
                },
                3 => TableOfSeveral(name),
                _ => TableOfOne(name, [.. derived.OfType<ExpressionDefinition>().Select(it => it.Name)]),
            });
        }

        return derived.ToImmutable();
    }

    private ExpressionDefinition Expression(string name, ImmutableArray<string> earlier)
    {
        var first = Expressions.Name(!earlier.IsEmpty && Chance(3) ? Pick(earlier.AsSpan()) : Pick(NumberSignals));
        var second = Expressions.Name(Pick(NumberSignals));
        var value = random.Next(6) switch
        {
            0 => Expressions.Compute('/', Expressions.Compute('+', first, Expressions.Compute('*', Expressions.Number(2), second)), Expressions.Number(3)),
            1 => Expressions.Compute('-', first, second),
            2 => Expressions.Compute('/', first, Expressions.Compute('-', second, Expressions.Number(50))),
            3 => Expressions.Compute('+', first, Expressions.Limit(Pick(LimitNames))),
            4 => Expressions.Compute('-', Window(Pick(Functions)), Expressions.Negative(first)),
            _ => Expressions.Compute('+', first, second),
        };
        return new ExpressionDefinition { Name = name, Display = Shown(name), Place = Here, Value = value, ValidFor = Chance(2) ? Valid() : null };
    }

    /// <summary>Bands over one input; now and then with a gap between them.</summary>
    private ScoreDefinition TableOfOne(string name, ImmutableArray<string> expressions)
    {
        var input = !expressions.IsEmpty && Chance(4) ? Expressions.Name(Pick(expressions.AsSpan())) : Chance(6) ? Window(WindowFunction.Average) : Expressions.Name(Pick(NumberSignals));
        var low = Pick(40.0, 50.0);
        var high = Pick(60.0, 80.0);
        ScoreRow[] rows =
        [
            Row(Expressions.Compare(Pick(ComparisonSign.AtMost, ComparisonSign.Less), input, Expressions.Number(low)), random.Next(2, 4)),
            Row(Expressions.Between(input, Expressions.Number(low + Pick(0, 1)), Expressions.Number(high)), 0),
            Row(Expressions.Compare(Pick(ComparisonSign.AtLeast, ComparisonSign.Greater), input, Expressions.Number(high)), random.Next(1, 4)),
        ];
        return Table(name, [.. Chance(8) ? rows.Take(2) : rows]);
    }

    /// <summary>Rows that look at a number, a letter and a switch; the first that holds.</summary>
    private ScoreDefinition TableOfSeveral(string name)
    {
        var signal = Expressions.Name(Pick(NumberSignals));
        return Table(
            name,
            [
                Row(Expressions.Compare(ComparisonSign.AtMost, signal, Expressions.Number(50)), 3),
                Row(Expressions.Join(and: true, Expressions.Compare(ComparisonSign.AtLeast, signal, Expressions.Number(60)), Expressions.Is("o", Chance(3), "off")), 0),
                Row(Expressions.Join(and: true, Expressions.Is("v", Chance(2), "A"), Expressions.Compare(ComparisonSign.AtLeast, signal, Expressions.Number(60))), 1),
                Row(Expressions.Between(signal, Expressions.Number(50), Expressions.Number(80)), 2),
                Row(Expressions.Compare(ComparisonSign.Greater, signal, Expressions.Number(80)), 4),
            ]);
    }

    private static ScoreRow Row(Expression condition, double points) => new(condition, points, Here);

    private ScoreDefinition Table(string name, ImmutableArray<ScoreRow> rows) =>
        new() { Name = name, Display = Shown(name), Place = Here, Rows = rows, Round = Pick(Steps), ValidFor = Chance(2) ? Valid() : null };

    private TimeSpan Valid() => TimeSpan.FromSeconds(Pick(3, 5, 10));

    private static Display Shown(string name) => new(name, "", 0, SignalForm.Number);
}
