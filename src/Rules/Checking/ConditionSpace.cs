using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Checking;

/// <summary>
/// All that can be measured, as far as some conditions can tell it apart. Comparisons with constants cut the range of each signal into pieces;
/// within a piece nothing changes. So one number of each piece, combined with one of each piece of the other signals, shows everything a condition can do.
/// Signals are taken as independent of each other; a comparison that is no cut (of two signals, of arithmetic) is judged by the ranges alone.
/// </summary>
internal sealed class ConditionSpace
{
    private readonly Vocabulary _vocabulary;
    private readonly IReadOnlyDictionary<string, double> _limits;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<Expression, int> _atoms = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _names = [];
    private readonly List<SortedSet<double>> _points = [];
    private readonly List<(NumberRange Range, double? Step)> _ranges = [];
    private int _parts;

    /// <summary>Takes the conditions in.</summary>
    /// <param name="vocabulary">The names.</param>
    /// <param name="limits">The limits' values.</param>
    /// <param name="step">Of what the values of a name are multiples; null: of nothing.</param>
    /// <param name="conditions">The conditions; checked.</param>
    public ConditionSpace(Vocabulary vocabulary, IReadOnlyDictionary<string, double> limits, double? step, params ReadOnlySpan<Expression> conditions)
    {
        _vocabulary = vocabulary;
        _limits = limits;
        foreach (var condition in conditions)
        {
            foreach (var part in condition.All())
            {
                _parts++;
                TakeIn(part, step);
            }
        }

        for (var place = 0; place < _points.Count; place++)
        {
            Fill(_points[place], _ranges[place].Range, _ranges[place].Step);
        }
    }

    /// <summary>Goes through all combinations until told to stop. False if there are more than the budget allows; then none is shown.</summary>
    /// <param name="budget">How much work may still be done.</param>
    /// <param name="visit">Is given the combination; true goes on.</param>
    public bool Visit(AnalysisBudget budget, Func<double[], bool> visit)
    {
        var combinations = _points.Aggregate(1.0, (product, points) => product * points.Count);
        if (!budget.TrySpend(combinations * Math.Max(_parts, 1)))
        {
            return false;
        }

        var points = _points.Select(one => one.ToArray()).ToArray();
        var at = new int[points.Length];
        var values = points.Select(one => one[0]).ToArray();
        while (visit(values))
        {
            var place = 0;
            while (place < points.Length && ++at[place] == points[place].Length)
            {
                at[place] = 0;
                values[place] = points[place][0];
                place++;
            }

            if (place == points.Length)
            {
                break;
            }

            values[place] = points[place][at[place]];
        }

        return true;
    }

    /// <summary>What a condition can be with these values.</summary>
    public Outcomes Evaluate(Expression condition, double[] values)
    {
        switch (condition)
        {
            case NotExpression not:
                var inner = Evaluate(not.Operand, values);
                return (inner.HasFlag(Outcomes.True) ? Outcomes.False : 0) | (inner.HasFlag(Outcomes.False) ? Outcomes.True : 0);
            case LogicalExpression logical:
                return Join(logical.IsAnd ? 2 : 1, [Evaluate(logical.Left, values), Evaluate(logical.Right, values)]);
            case AtLeastExpression atLeast:
                return Join(atLeast.Least, [.. atLeast.Operands.Select(operand => Evaluate(operand, values))]);
            case ComparisonExpression comparison:
                return Compare(comparison.Sign, comparison.Left, comparison.Right, values);
            case BetweenExpression between:
                return Join(
                    2,
                    [
                        Compare(ComparisonSign.AtLeast, between.Operand, between.Low, values),
                        Compare(ComparisonSign.AtMost, between.Operand, between.High, values),
                    ]);
            case IsExpression test:
                return Test(test, values);
            case AlertActiveExpression alert:
                return Of((values[_places[KeyOf(alert)]] != 0) != alert.Not);
            default:
                return Outcomes.True | Outcomes.False;
        }
    }

    /// <summary>The values in words, for an example: <c>spo2 = 91 and hr = 130</c>.</summary>
    public string Describe(double[] values) => string.Join(
        " and ",
        _names.Select((name, place) => _vocabulary.Signal(name) is { Form: SignalForm.Letter } ? $"{name} is {(char)values[place]}"
            : _vocabulary.Signal(name) is { Form: SignalForm.Switch } ? $"{name} is {(values[place] > 0 ? "on" : "off")}"
            : name.Contains(" is ", StringComparison.Ordinal) ? values[place] != 0 ? name : null
            : string.Create(CultureInfo.InvariantCulture, $"{name} = {values[place]:0.####}")).OfType<string>());

    /// <summary>What is missing, in words: <c>hr is missing</c>.</summary>
    public string DescribeMissing(double[] values) =>
        string.Join(" and ", _names.Where((name, place) => name.EndsWith(" is missing", StringComparison.Ordinal) && values[place] != 0));

    private static Outcomes Of(bool truth) => truth ? Outcomes.True : Outcomes.False;

    /// <summary>What "at least some of" can be, from what its parts can be; all of them: <c>and</c>, one: <c>or</c>.</summary>
    public static Outcomes Join(int least, ReadOnlySpan<Outcomes> operands)
    {
        var mayHold = 0;
        var mayFail = 0;
        foreach (var operand in operands)
        {
            mayHold += operand.HasFlag(Outcomes.True) ? 1 : 0;
            mayFail += operand.HasFlag(Outcomes.False) ? 1 : 0;
        }

        return (mayHold >= least ? Outcomes.True : 0) | (mayFail > operands.Length - least ? Outcomes.False : 0);
    }

    private static string KeyOf(AlertActiveExpression alert) => $"alert \"{alert.Alert}\" is active";

    private static bool IsAtom(Expression expression) => expression is NameExpression or WindowExpression;

    private void TakeIn(Expression part, double? step)
    {
        switch (part)
        {
            case ComparisonExpression comparison:
                Cut(comparison.Left, comparison.Right, step);
                Cut(comparison.Right, comparison.Left, step);
                break;
            case BetweenExpression between:
                Cut(between.Operand, between.Low, step);
                Cut(between.Operand, between.High, step);
                break;
            case IsExpression { What: "missing" or "no value" } test:
                Choices($"{test.Name} is {test.What}", [0, 1]);
                break;
            case IsExpression { What: "on" or "off" } test:
                Choices(test.Name, [0, 1]);
                break;
            case IsExpression test:
                Choices(test.Name, _vocabulary.Signal(test.Name)!.Letters.Select(letter => (double)letter));
                break;
            case AlertActiveExpression alert:
                Choices(KeyOf(alert), [0, 1]);
                break;
        }
    }

    private void Cut(Expression atom, Expression other, double? step)
    {
        if (IsAtom(atom) && ConstantOf(other) is { } constant)
        {
            var place = PlaceOf(atom.Print(), RangeOf(atom), atom is NameExpression ? step : null);
            _atoms[atom] = place;
            _points[place].Add(constant);
        }
    }

    private void Choices(string name, IEnumerable<double> values) => _points[PlaceOf(name, new NumberRange(1, 0), null)].UnionWith(values);

    private int PlaceOf(string name, NumberRange range, double? step)
    {
        if (!_places.TryGetValue(name, out var place))
        {
            place = _points.Count;
            _places.Add(name, place);
            _names.Add(name);
            _points.Add([]);
            _ranges.Add((range, step));
        }

        return place;
    }

    /// <summary>Puts a number into each piece between the cuts.</summary>
    private static void Fill(SortedSet<double> points, NumberRange range, double? step)
    {
        if (range.Low > range.High)
        {
            return;
        }

        var cuts = points.ToArray();
        points.RemoveWhere(cut => cut < range.Low || cut > range.High);
        points.Add(double.IsFinite(range.Low) ? range.Low : cuts[0] - (step ?? 1));
        points.Add(double.IsFinite(range.High) ? range.High : cuts[^1] + (step ?? 1));
        var ends = points.ToArray();
        for (var index = 1; index < ends.Length; index++)
        {
            var middle = step is { } multiple ? Math.Round(Math.Round((ends[index - 1] / multiple) + 1) * multiple, 6) : (ends[index - 1] + ends[index]) / 2;
            if (middle < ends[index])
            {
                points.Add(middle);
            }
        }
    }

    private Outcomes Compare(ComparisonSign sign, Expression left, Expression right, double[] values)
    {
        if (_atoms.TryGetValue(left, out var place) && ConstantOf(right) is { } constant)
        {
            return Compare(sign, left, place, constant, values);
        }

        if (_atoms.TryGetValue(right, out place) && ConstantOf(left) is { } first)
        {
            return Compare(sign.Mirrored(), right, place, first, values);
        }

        var (one, other) = (RangeOf(left), RangeOf(right));
        return sign switch
        {
            ComparisonSign.Less => Bounds(one.Low < other.High, one.High >= other.Low),
            ComparisonSign.AtMost => Bounds(one.Low <= other.High, one.High > other.Low),
            ComparisonSign.Greater => Bounds(one.High > other.Low, one.Low <= other.High),
            ComparisonSign.AtLeast => Bounds(one.High >= other.Low, one.Low < other.High),
            _ => Outcomes.True | Outcomes.False,
        };
    }

    private static Outcomes Bounds(bool mayHold, bool mayFail) => (mayHold ? Outcomes.True : 0) | (mayFail ? Outcomes.False : 0);

    private Outcomes Compare(ComparisonSign sign, Expression atom, int place, double constant, double[] values)
    {
        if (atom is NameExpression name && _places.TryGetValue($"{name.Name} is missing", out var missing) && values[missing] != 0)
        {
            return Outcomes.None;
        }

        var value = values[place];
        return Of(sign switch
        {
            ComparisonSign.Less => value < constant,
            ComparisonSign.AtMost => value <= constant,
            ComparisonSign.Greater => value > constant,
            ComparisonSign.AtLeast => value >= constant,
            ComparisonSign.Equal => value == constant,
            _ => value != constant,
        });
    }

    private Outcomes Test(IsExpression test, double[] values)
    {
        if (test.What is "missing" or "no value")
        {
            return Of((values[_places[$"{test.Name} is {test.What}"]] != 0) != test.Not);
        }

        if (_places.TryGetValue($"{test.Name} is missing", out var missing) && values[missing] != 0)
        {
            return Outcomes.None;
        }

        var value = values[_places[test.Name]];
        return Of((test.What switch { "on" => value > 0, "off" => value <= 0, _ => value == test.What[0] }) != test.Not);
    }

    private double? ConstantOf(Expression expression) => expression switch
    {
        NumberExpression number => number.Value,
        LimitExpression limit => _limits.TryGetValue(limit.Name, out var value) ? value : null,
        NegativeExpression negative => -ConstantOf(negative.Operand),
        ArithmeticExpression arithmetic when ConstantOf(arithmetic.Left) is { } left && ConstantOf(arithmetic.Right) is { } right =>
            arithmetic.Sign switch { '+' => left + right, '-' => left - right, '*' => left * right, _ => left / right } is var result && double.IsFinite(result) ? result : null,
        _ => null,
    };

    private NumberRange RangeOf(Expression expression) => expression switch
    {
        NameExpression name => _vocabulary.Find(name.Name)?.Range ?? NumberRange.Everything,
        WindowExpression { Function: WindowFunction.Count } => new NumberRange(0, double.PositiveInfinity),
        WindowExpression window when _vocabulary.Signal(window.Signal) is { } signal => window.Function is WindowFunction.Rise or WindowFunction.Fall
            ? new NumberRange(signal.PlausibleLow - signal.PlausibleHigh, signal.PlausibleHigh - signal.PlausibleLow)
            : new NumberRange(signal.PlausibleLow, signal.PlausibleHigh),
        NegativeExpression negative => NumberRange.Negate(RangeOf(negative.Operand)),
        ArithmeticExpression arithmetic => NumberRange.Compute(arithmetic.Sign, RangeOf(arithmetic.Left), RangeOf(arithmetic.Right)),
        _ when ConstantOf(expression) is { } constant => NumberRange.Of(constant),
        _ => NumberRange.Everything,
    };
}
