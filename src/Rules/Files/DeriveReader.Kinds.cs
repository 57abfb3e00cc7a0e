using IoTGateway.Rules.Checking;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

internal sealed partial class DeriveReader
{
    private const string ValueExample = "write for example `value: (sbp + 2 * dbp) / 3`";
    private static readonly string[] Kinds = ["value", "score", "add"];

    private DerivedDefinition? ReadDefinition(string name, Declaration declaration)
    {
        var node = declaration.Value;
        if (node.Kind == ConfigKind.Text && !string.IsNullOrWhiteSpace(node.Text))
        {
            return ReadExpression(name, declaration, node, null);
        }

        if (node.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(
                node.Kind == ConfigKind.Text ? declaration.Key : node, Codes.Shape, $"'{name}' wants its `value`, `score` or `add`", ValueExample);
            return null;
        }

        var reader = new MappingReader(node, diagnostics, "a derived signal", Keys.Derived);
        var kinds = Kinds.Where(kind => node.KeyOf(kind) is not null).ToList();
        if (kinds.Count == 0)
        {
            diagnostics.Error(declaration.Key, Codes.MissingKey, $"'{name}' has no `value`", $"{ValueExample}; a score has `score` or `add` instead");
            return null;
        }

        if (kinds.Count > 1)
        {
            diagnostics.Error(node.KeyOf(kinds[1])!, Codes.Contradiction, $"'{name}' has both `{kinds[0]}` and `{kinds[1]}`", "make two derived signals of it");
            return null;
        }

        if (kinds[0] != "score" && node.KeyOf("round") is { } round)
        {
            diagnostics.Error(round, Codes.Contradiction, "`round` belongs to `score`", "numbers are rounded before they are looked up in a table; remove it here");
            return null;
        }

        return kinds[0] switch
        {
            "score" => ReadScore(name, declaration, reader),
            "add" => ReadSum(name, declaration, reader),
            _ => reader.Text("value") is { } value ? ReadExpression(name, declaration, value, reader) : null,
        };
    }

    private ExpressionDefinition? ReadExpression(string name, Declaration declaration, ConfigNode node, MappingReader? reader)
    {
        try
        {
            var expression = ExpressionParser.Parse(node.Text);
            DefineAll(expression.Names());
            var checker = new ExpressionChecker(vocabulary, node, diagnostics);
            if (checker.CheckNumber(expression) is not { } number)
            {
                return null;
            }

            if (!checker.LooksAtSomething)
            {
                diagnostics.Error(node, Codes.NoSignal, "this looks at no signal, so it never changes", "declare a fixed number under `limits:`");
                return null;
            }

            declaration.Range = number.Range;
            var unit = reader?.Text("unit")?.Text.Trim();
            return new ExpressionDefinition
            {
                Name = name,
                Value = expression,
                Unit = unit ?? number.Unit ?? "",
                Display = new Display(
                    reader?.Text("name")?.Text.Trim() ?? name, unit ?? number.Display.Unit, reader?.WholeNumber("decimals", 0, 3) ?? number.Display.Decimals),
                ValidFor = reader?.Positive("valid for", "leave it out if the inputs decide"),
                Place = declaration.Key.Place,
            };
        }
        catch (ExpressionException mistake)
        {
            diagnostics.Error(node, mistake);
            return null;
        }
    }

    private ScoreDefinition? ReadScore(string name, Declaration declaration, MappingReader reader)
    {
        var score = reader.Node("score")!;
        DefineAll(ScoreReader.NamesIn(score));
        var round = ReadRound(reader, out var roundIsGood);
        var display = DisplayOf(name, reader, 0);
        var validFor = reader.Positive("valid for", "leave it out if the inputs decide");
        return new ScoreReader(vocabulary, diagnostics, budget).Read(score, round) is { } rows && roundIsGood
            ? new ScoreDefinition { Name = name, Rows = rows, Round = round, Unit = display.Unit, Display = display, ValidFor = validFor, Place = declaration.Key.Place }
            : null;
    }

    private SumDefinition? ReadSum(string name, Declaration declaration, MappingReader reader)
    {
        if (declaration.Value.KeyOf("valid for") is { } validFor)
        {
            diagnostics.Error(validFor, Codes.Contradiction, "how old a value may be is said at the scores that are added", "write `valid for` there");
            return null;
        }

        var nodes = reader.Texts("add");
        if (nodes.Count == 0)
        {
            diagnostics.Error(reader.Node("add")!, Codes.Shape, "`add` wants the scores to be added", "write for example `add: [rr_points, spo2_points]`");
            return null;
        }

        DefineAll(nodes.Select(node => node.Text.Trim()));
        var parts = new List<string>();
        var good = true;
        foreach (var node in nodes)
        {
            good &= IsPart(node, parts);
            parts.Add(node.Text.Trim());
        }

        var display = DisplayOf(name, reader, good ? parts.Max(part => vocabulary.Derived[part].Display.Decimals) : 0);
        return good
            ? new SumDefinition { Name = name, Parts = [.. parts], Unit = display.Unit, Display = display, Place = declaration.Key.Place }
            : null;
    }

    private bool IsPart(ConfigNode node, List<string> parts)
    {
        var part = node.Text.Trim();
        if (parts.Contains(part))
        {
            diagnostics.Error(node, Codes.DuplicateName, $"'{part}' is added already", "keep it once");
            return false;
        }

        if (vocabulary.Derived.TryGetValue(part, out var derived))
        {
            if (derived is not ExpressionDefinition)
            {
                return true;
            }

            diagnostics.Error(node, Codes.Type, $"{part} is a number, and `add` adds scores", "add numbers with `value: a + b`");
        }
        else if (vocabulary.Signal(part) is not null)
        {
            diagnostics.Error(node, Codes.Type, $"{part} is a signal, and `add` adds scores", $"make a score of it first, with `score: {{ {part}: .. }}`");
        }
        else if (!vocabulary.Incomplete && !vocabulary.Broken.Contains(part) && !_path.Contains(part))
        {
            diagnostics.Error(node, Codes.UnknownName, $"there is no score named '{part}'", Suggestions.DidYouMean(part, _declarations.Keys));
        }

        return false;
    }

    private static Display DisplayOf(string name, MappingReader reader, int decimals) =>
        new(reader.Text("name")?.Text.Trim() ?? name, reader.Text("unit")?.Text.Trim() ?? "", reader.WholeNumber("decimals", 0, 3) ?? decimals);

    private double? ReadRound(MappingReader reader, out bool isGood)
    {
        const double Finest = 0.001;
        const double Coarsest = 1_000;
        var round = reader.Number("round");
        isGood = round is { } step ? step is >= Finest and <= Coarsest : reader.Node("round") is null;
        if (round is not null && !isGood)
        {
            diagnostics.Error(reader.Node("round")!, Codes.Number, "`round` is a number from 0.001 to 1000", "write for example `round: 1` or `round: 0.1`");
        }

        return round;
    }
}
