using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Scenarios;

/// <summary>
/// Which rows of the score tables have given their points: of each table the first row that holds for the newest valid values. Tables over derived
/// signals or windows are left out: what they look at is not among the values a patient sends.
/// </summary>
internal sealed class ScoreCoverage
{
    private readonly List<(ScoreDefinition Score, bool[] Seen)> _scores;

    public ScoreCoverage(IEnumerable<ScoreDefinition> scores) => _scores = [.. scores.Select(score => (score, new bool[score.Rows.Length]))];

    /// <summary>Looks at a patient's newest values.</summary>
    public void Observe(IReadOnlyList<LatestValue> values)
    {
        if (_scores.Count == 0)
        {
            return;
        }

        var known = values.Where(value => value.Quality == Quality.Valid).ToDictionary(value => value.Signal.Id, StringComparer.Ordinal);
        foreach (var (score, seen) in _scores)
        {
            for (var row = 0; row < score.Rows.Length; row++)
            {
                var holds = Holds(score.Rows[row].Condition, known, score.Round);
                if (holds is true)
                {
                    seen[row] = true;
                }

                if (holds is not false)
                {
                    // True ends the search; so does a row of which it is not known whether it is the one.
                    break;
                }
            }
        }
    }

    /// <summary>Every row of every table whose inputs are signals.</summary>
    public IEnumerable<CoverageItem> Items() =>
        _scores.SelectMany(score => score.Score.Rows.Select((row, index) => new CoverageItem(
            CoverageKind.ScoreRow, FormattableString.Invariant($"{score.Score.Name}: {Text(row.Condition)} is {row.Points}"), score.Seen[index])));

    private static string Text(Expression condition) => condition.Print().TrimStart('(').TrimEnd(')');

    private static bool? Holds(Expression condition, Dictionary<string, LatestValue> values, double? round) => condition switch
    {
        LogicalExpression { IsAnd: true } both => And(Holds(both.Left, values, round), Holds(both.Right, values, round)),
        ComparisonExpression comparison => Compare(comparison.Sign, Number(comparison.Left, values, round), Number(comparison.Right, values, null)),
        BetweenExpression between => And(
            Compare(ComparisonSign.AtLeast, Number(between.Operand, values, round), Number(between.Low, values, null)),
            Compare(ComparisonSign.AtMost, Number(between.Operand, values, round), Number(between.High, values, null))),
        IsExpression what => Is(what, values),
        _ => null,
    };

    private static bool? And(bool? left, bool? right) => left is false || right is false ? false : left is null || right is null ? null : true;

    private static bool? Is(IsExpression what, Dictionary<string, LatestValue> values)
    {
        if (!values.TryGetValue(what.Name, out var value))
        {
            return null;
        }

        bool? holds = what.What switch
        {
            "on" => value.Value > 0,
            "off" => value.Value <= 0,
            { Length: 1 } letter => value.Value == letter[0],
            _ => null,
        };
        return what.Not ? !holds : holds;
    }

    private static decimal? Number(Expression expression, Dictionary<string, LatestValue> values, double? round) => expression switch
    {
        NumberExpression number => (decimal)number.Value,
        NegativeExpression { Operand: NumberExpression number } => -(decimal)number.Value,
        NameExpression name when values.TryGetValue(name.Name, out var value) => Rounded((decimal)value.Value, round),
        _ => null,
    };

    private static decimal Rounded(decimal value, double? round) =>
        round is { } step ? Math.Round(value / (decimal)step, MidpointRounding.AwayFromZero) * (decimal)step : value;

    private static bool? Compare(ComparisonSign sign, decimal? left, decimal? right) => left is null || right is null ? null : sign switch
    {
        ComparisonSign.Less => left < right,
        ComparisonSign.AtMost => left <= right,
        ComparisonSign.Greater => left > right,
        ComparisonSign.AtLeast => left >= right,
        ComparisonSign.Equal => left == right,
        _ => left != right,
    };
}
