using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Rules.Checking;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>Reads the table of a score: one input with its bands, or a list of rows with several inputs.</summary>
internal sealed class ScoreReader(Vocabulary vocabulary, DiagnosticBag diagnostics, AnalysisBudget budget)
{
    private const int MostRows = 100;
    private const double MostPoints = 1_000;
    private const string OneInput = "write for example `score: { spo2: { \"<= 91\": 3, \">= 92\": 0 } }`";
    private const string Rows = "write each row for example as `- { spo2: \">= 93\", o2: is off, points: 0 }`";

    private readonly BandReader _bands = new(vocabulary, diagnostics);

    /// <summary>The names of signals and derived signals a table looks at, without reporting what is wrong with it.</summary>
    public static IEnumerable<string> NamesIn(ConfigNode score)
    {
        var keys = score.Kind == ConfigKind.List ? score.Items.SelectMany(row => row.Entries) : score.Entries;
        foreach (var (key, _) in keys)
        {
            if (TryParse(key.Text) is { } input)
            {
                foreach (var name in input.Names())
                {
                    yield return name;
                }
            }
        }
    }

    /// <summary>The rows; null when a mistake was reported.</summary>
    public ImmutableArray<ScoreRow>? Read(ConfigNode score, double? round)
    {
        return score.Kind switch
        {
            ConfigKind.List => ReadRows(score, round),
            ConfigKind.Mapping when score.Entries is [var only] => ReadBands(only.Key, only.Value, round),
            ConfigKind.Mapping when score.Entries.Count > 1 => Refuse(
                score.Entries[1].Key, "a table in this form has one input", $"for several inputs {Rows}"),
            _ => Refuse(score, "`score` wants an input with its bands, or a list of rows", OneInput),
        };
    }

    private ImmutableArray<ScoreRow>? ReadBands(ConfigNode inputNode, ConfigNode table, double? round)
    {
        if (ReadInput(inputNode) is not { } input)
        {
            return null;
        }

        if (table.Kind != ConfigKind.Mapping || table.Entries.Count == 0)
        {
            return Refuse(table, "the bands stand below the input, each with its points", OneInput);
        }

        var rows = ImmutableArray.CreateBuilder<ScoreRow>();
        var bands = new List<Band>();
        var good = Few(table.Entries.Count, table);
        foreach (var (key, value) in table.Entries.Take(MostRows))
        {
            var condition = _bands.Read(key, input);
            var points = Points(value);
            if (condition is null || points is null)
            {
                good = false;
                continue;
            }

            rows.Add(new ScoreRow(condition, points.Value, key.Place));
            if (BandReader.BandOf(condition, key) is { } band)
            {
                bands.Add(band);
            }
        }

        return good && new ScoreTableCheck(vocabulary, diagnostics).Check(inputNode, input, rows, bands, round) ? rows.ToImmutable() : null;
    }

    private ImmutableArray<ScoreRow>? ReadRows(ConfigNode list, double? round)
    {
        if (list.Items.Count == 0)
        {
            return Refuse(list, "this table has no rows", Rows);
        }

        var rows = ImmutableArray.CreateBuilder<ScoreRow>();
        var nodes = new List<ConfigNode>();
        var good = Few(list.Items.Count, list);
        foreach (var item in list.Items.Take(MostRows))
        {
            if (ReadRow(item) is { } row)
            {
                rows.Add(row);
                nodes.Add(item);
            }
            else
            {
                good = false;
            }
        }

        if (!good)
        {
            return null;
        }

        new ScoreTableCheck(vocabulary, diagnostics).WarnRows(list, rows, nodes, round, budget);
        return rows.ToImmutable();
    }

    private ScoreRow? ReadRow(ConfigNode item)
    {
        if (item.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(item, Codes.Shape, "this is no row of a table", Rows);
            return null;
        }

        Expression? joined = null;
        var good = true;
        foreach (var (key, value) in item.Entries.Where(entry => entry.Key.Text != "points"))
        {
            var condition = ReadInput(key) is { } input ? _bands.Read(value, input) : null;
            good &= condition is not null;
            joined = joined is null || condition is null ? condition ?? joined : new LogicalExpression(default, true, joined, condition);
        }

        if (item.Find("points") is not { } pointsNode)
        {
            diagnostics.Error(item, Codes.MissingKey, "this row has no `points`", Rows);
            return null;
        }

        if (item.Entries.Count == 1)
        {
            diagnostics.Error(item, Codes.MissingKey, "this row does not say when it applies", Rows);
            return null;
        }

        return Points(pointsNode) is { } points && good && joined is not null ? new ScoreRow(joined, points, item.Place) : null;
    }

    /// <summary>What is looked up: a signal, a derived signal, or a window.</summary>
    private Expression? ReadInput(ConfigNode node)
    {
        try
        {
            var input = ExpressionParser.Parse(node.Text);
            if (input is not (NameExpression or WindowExpression))
            {
                diagnostics.Error(
                    node, Codes.Type, "a table looks up a signal, a derived signal or a window", "name what you compute under `derive:`, and look that up");
                return null;
            }

            return new ExpressionChecker(vocabulary, node, diagnostics).CheckNumber(input, anyForm: true) is null ? null : WithoutPlace(input);
        }
        catch (ExpressionException mistake)
        {
            diagnostics.Error(node, mistake);
            return null;
        }
    }

    private static Expression WithoutPlace(Expression input) => input switch
    {
        WindowExpression window => window with { Span = default, SignalSpan = default, LengthSpan = default },
        _ => input with { Span = default },
    };

    private static Expression? TryParse(string text)
    {
        try
        {
            return ExpressionParser.Parse(text);
        }
        catch (ExpressionException)
        {
            return null;
        }
    }

    private double? Points(ConfigNode node)
    {
        if (MappingReader.Number(node, diagnostics) is not { } points)
        {
            return null;
        }

        if (Math.Abs(points) <= MostPoints)
        {
            return points;
        }

        diagnostics.Error(node, Codes.Number, string.Create(CultureInfo.InvariantCulture, $"points are at most {MostPoints}"));
        return null;
    }

    private bool Few(int count, ConfigNode table)
    {
        if (count > MostRows)
        {
            diagnostics.Error(table, Codes.TooLarge, $"a table has at most {MostRows} rows", "split it into several scores and add them");
        }

        return count <= MostRows;
    }

    private ImmutableArray<ScoreRow>? Refuse(ConfigNode node, string message, string help)
    {
        diagnostics.Error(node, Codes.Shape, message, help);
        return null;
    }
}
