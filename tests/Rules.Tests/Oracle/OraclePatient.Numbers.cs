using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Oracle;

internal sealed partial class OraclePatient
{
    private const int Panes = 30;

    private Amount Number(Expression expression) => expression switch
    {
        NumberExpression it => new Amount(Interval.Point(it.Value), false),
        LimitExpression it => new Amount(Interval.Point(_limits[it.Name]), false),
        NegativeExpression it => Computed(Number(it.Operand), new Amount(Interval.Point(-1), false), (left, right) => left * right),
        ArithmeticExpression it => Computed(Number(it.Left), Number(it.Right), (left, right) => it.Sign switch
        {
            '+' => left + right,
            '-' => left - right,
            '*' => left * right,
            _ => left / right,
        }),
        WindowExpression it => Window(it),
        NameExpression it => FindDerived(it.Name) is { } derived ? Derived(derived) : Signal(it.Name),
        _ => throw new NotSupportedException($"{expression} is no number"),
    };

    private static Amount Computed(Amount left, Amount right, Func<double, double, double> compute) =>
        left.Number is { } one && right.Number is { } other
            ? new Amount(Interval.Point(compute(one, other)), left.Questionable || right.Questionable)
            : Amount.Unknown;

    private Amount Signal(string id) =>
        _signals.GetValueOrDefault(id)?.Present is { } present && present.Time + ConditionSpan(id) > _clock
            ? new Amount(Interval.Point(present.Value), present.Quality == Quality.Questionable)
            : Amount.Unknown;

    /// <summary>The derived signal of a name, or what an override puts in its place; null for a plain signal.</summary>
    private DerivedDefinition? FindDerived(string name) => _derived.GetValueOrDefault(name);

    private static DerivedDefinition? DerivedOf(RuleSetDefinition rules, PatientProfile profile, string name)
    {
        var use = Fitting(rules, profile).SelectMany(fits => fits.Uses).LastOrDefault(use => use.Derived == name);
        return rules.Derived.SingleOrDefault(derived => derived.Name == (use?.Instead ?? name));
    }

    private static double LimitOf(RuleSetDefinition rules, PatientProfile profile, string name)
    {
        var limit = rules.Limits.Single(limit => limit.Name == name);
        if (profile.Limits.FirstOrDefault(set => set.Limit == name) is { } person && person.Value >= limit.AllowedLow && person.Value <= limit.AllowedHigh)
        {
            return person.Value;
        }

        return Fitting(rules, profile).SelectMany(fits => fits.Limits).LastOrDefault(other => other.Limit == name)?.Value ?? limit.Value;
    }

    /// <summary>The overrides that fit a patient, the one that wins last.</summary>
    private static IEnumerable<OverrideDefinition> Fitting(RuleSetDefinition rules, PatientProfile profile) =>
        rules.Overrides.Where(it => it.Scope switch
        {
            OverrideScope.Site => true,
            OverrideScope.Ward => it.Names.Contains(profile.Ward),
            _ => it.Names.Any(name => profile.Tags.Contains(name)),
        }).OrderBy(it => it.Scope);

    private Amount Derived(DerivedDefinition derived) => derived switch
    {
        ExpressionDefinition it => Expression(it),
        ScoreDefinition it => Score(it),
        _ => Sum((SumDefinition)derived),
    };

    private Amount Expression(ExpressionDefinition derived)
    {
        var amount = Number(derived.Value);
        if (amount.Range is { IsPoint: false })
        {
            return Amount.Unknown; // A name alone in `derive` is arithmetic, too.
        }

        return derived.ValidFor is { } span && OldestOf(derived) is { } oldest && oldest + Milliseconds(span) <= _clock
            ? Amount.Unknown
            : amount with { Trusted = null, Whole = null };
    }

    /// <summary>When the oldest of the values was measured that a derived signal is computed from, at whatever remove; null while there is none.</summary>
    private long? OldestOf(DerivedDefinition derived) =>
        NamesOf(derived).Select(name => FindDerived(name) is { } other ? OldestOf(other) : CourseOf(name).Present?.Time).Min();

    private static IEnumerable<string> NamesOf(DerivedDefinition derived) => derived is SumDefinition sum ? sum.Parts
        : DefinitionWalk.PartsOf(derived).Select(part => part switch
        {
            NameExpression it => it.Name,
            IsExpression it => it.Name,
            WindowExpression it => it.Signal,
            _ => null,
        }).OfType<string>();

    private Amount Sum(SumDefinition sum)
    {
        var parts = sum.Parts.Select(name => Derived(FindDerived(name)!)).ToList();
        return new Amount(Added(parts.Select(part => part.Side(trusted: false)!.Value)), parts.Any(part => part.Questionable))
        {
            Trusted = Added(parts.Select(part => part.Side(trusted: true)!.Value)),
            Whole = Added(parts.Select(part => part.Whole!.Value)),
        };

        static Interval Added(IEnumerable<Interval> intervals) =>
            intervals.Aggregate(new Interval(0, 0), (sum, part) => new Interval(sum.Low + part.Low, sum.High + part.High));
    }

    private Amount Score(ScoreDefinition table)
    {
        var counting = ImmutableArray.CreateBuilder<double>();
        foreach (var row in table.Rows)
        {
            var holds = Row(table, row.Condition);
            if (holds != false)
            {
                counting.Add(row.Points);
            }

            if (holds == true)
            {
                break;
            }
        }

        var inputs = InputsOf(table).Select(input => Input(table, input)).Where(input => input.Range is not null).ToList();
        return new Amount(counting.Count == 0 ? null : Span(counting), inputs.Any(input => input.Questionable))
        {
            Whole = Span(table.Rows.Select(row => row.Points)),
        };

        static Interval Span(IEnumerable<double> points) => new(points.Min(), points.Max());
    }

    private static IEnumerable<Expression> InputsOf(ScoreDefinition table) =>
        table.Rows.SelectMany(row => Expressions.PartsOf(row.Condition)).Where(part => part is NameExpression or WindowExpression)
            .Concat(table.Rows.SelectMany(row => Expressions.PartsOf(row.Condition)).OfType<IsExpression>().Select(part => new NameExpression(part.NameSpan, part.Name)));

    private bool? Row(ScoreDefinition table, Expression condition) => condition switch
    {
        LogicalExpression { IsAnd: true } it => Kleene.And(Row(table, it.Left), Row(table, it.Right)),
        ComparisonExpression it => Kleene.Compare(it.Sign, Rounded(table, it.Left), Rounded(table, it.Right)),
        BetweenExpression it => Between(Rounded(table, it.Operand), Rounded(table, it.Low), Rounded(table, it.High)),
        IsExpression it => Is(it, Input(table, new NameExpression(it.NameSpan, it.Name)).Number),
        _ => throw new NotSupportedException($"{condition} is no row of a score"),
    };

    private Interval? Rounded(ScoreDefinition table, Expression side)
    {
        if (side is not (NameExpression or WindowExpression))
        {
            return Number(side).Range;
        }

        var number = Input(table, side).Number;
        return number is { } value && table.Round is { } step ? Interval.Point(RoundHalfUp(value, step)) : number is { } plain ? Interval.Point(plain) : null;
    }

    private static double RoundHalfUp(double value, double step) =>
        (double)(Math.Round((decimal)value / (decimal)step, MidpointRounding.AwayFromZero) * (decimal)step);

    /// <summary>An input of a table; a signal has its own time here.</summary>
    private Amount Input(ScoreDefinition table, Expression input) =>
        input is NameExpression name && FindDerived(name.Name) is null
            ? _signals.GetValueOrDefault(name.Name)?.Present is { } present && present.Time + ScoreSpan(table, name.Name) > _clock
                ? new Amount(Interval.Point(present.Value), present.Quality == Quality.Questionable)
                : Amount.Unknown
            : Number(input);

    private Amount Window(WindowExpression window)
    {
        var present = Signal(window.Signal);
        var held = Held(WindowKey.Of(window));
        var counted = held.Where(sample => !sample.IsReplaced).ToList();
        double? lowest = held.Count == 0 ? null : held.Min(sample => sample.Value);
        double? highest = held.Count == 0 ? null : held.Max(sample => sample.Value);
        return window.Function switch
        {
            WindowFunction.Average => Of(counted.Count == 0 ? null : Average(counted)),
            WindowFunction.Lowest => Of(lowest),
            WindowFunction.Highest => Of(highest),
            WindowFunction.Count => Of(counted.Count),
            WindowFunction.Rise => Of(present.Number - lowest) with { Questionable = present.Questionable },
            _ => Of(highest - present.Number) with { Questionable = present.Questionable },
        };

        static Amount Of(double? value) => new(value is { } known ? Interval.Point(known) : null, false);
    }

    private static double Average(List<Sample> samples) =>
        (double)samples.Sum(sample => (long)Math.Round(sample.Value * 1_000, MidpointRounding.AwayFromZero)) / samples.Count / 1_000;

    /// <summary>The valid samples that a window holds at the clock's instant; found once for each instant and sample.</summary>
    private List<Sample> Held(WindowKey window)
    {
        if (_held.TryGetValue(window, out var known) && known.At == (_clock, _samples))
        {
            return known.Samples;
        }

        var pane = PaneLength(window.Length);
        var last = _clock / pane;
        var from = _windows[window];
        List<Sample> held =
        [
            .. CourseOf(window.Signal).Samples.Where(sample =>
                sample.Quality == Quality.Valid && sample.Order >= from && sample.Time / pane > last - Panes && sample.Time / pane <= last),
        ];
        _held[window] = ((_clock, _samples), held);
        return held;
    }

    private static long PaneLength(TimeSpan length) => (Milliseconds(length) + Panes - 2) / (Panes - 1);

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;
}
