using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Scenarios;

/// <summary>
/// Which rows of the score tables are shown: a row is while it gives its points and a scenario says what the score, or a sum that contains it, comes
/// to. Other points of that row would then be noticed.
/// </summary>
internal sealed class ScoreCoverage
{
    private readonly Dictionary<string, DerivedDefinition> _derived;
    private readonly List<ScoreDefinition> _scores;
    private readonly HashSet<(string Score, int Row)> _shown = [];

    public ScoreCoverage(IEnumerable<DerivedDefinition> derived)
    {
        _derived = derived.ToDictionary(one => one.Name, StringComparer.Ordinal);
        _scores = [.. _derived.Values.OfType<ScoreDefinition>()];
    }

    /// <summary>Takes in a value that a scenario has expected, and got.</summary>
    /// <param name="name">The name it was asked by.</param>
    /// <param name="value">What the engine told of it.</param>
    /// <param name="profile">What stands in the place of what for the patient.</param>
    public void Observe(string name, ExplanationNode value, ResolvedProfile profile)
    {
        switch (_derived.GetValueOrDefault(profile.InPlaceOf(name)))
        {
            case SumDefinition sum:
                foreach (var (part, node) in sum.Parts.Zip(value.Parts))
                {
                    Observe(part, node, profile);
                }

                break;
            case ScoreDefinition score:
                for (var row = 0; row < score.Rows.Length; row++)
                {
                    var text = ConditionExplainer.TextOf(score.Rows[row]);
                    if (value.Parts.Any(part => part.Value == "true" && part.Text == text))
                    {
                        _shown.Add((score.Name, row));
                    }
                }

                break;
            default:
                // Of what is computed otherwise no row of a table is known to have had its part in it.
                break;
        }
    }

    /// <summary>Every row of every table.</summary>
    public IEnumerable<CoverageItem> Items() =>
        _scores.SelectMany(score => score.Rows.Select((row, index) => new CoverageItem(
            CoverageKind.ScoreRow, FormattableString.Invariant($"{score.Name}: {Text(row.Condition)}: {row.Points}"), _shown.Contains((score.Name, index)))));

    /// <summary>A row's condition as people write it, without the parentheses around each comparison.</summary>
    private static string Text(Expression condition) => condition is LogicalExpression { IsAnd: true } both
        ? $"{Text(both.Left)} and {Text(both.Right)}"
        : Bare(condition.Print());

    private static string Bare(string printed) => printed.StartsWith('(') && printed.EndsWith(')') ? printed[1..^1] : printed;
}
