using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules.Checking;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>Checks that a score table says one thing, and only one, of everything that can be measured.</summary>
internal sealed class ScoreTableCheck(Vocabulary vocabulary, DiagnosticBag diagnostics)
{
    /// <summary>Checks a table with one input. False when a mistake was reported.</summary>
    /// <param name="inputNode">Where the input stands.</param>
    /// <param name="input">The input.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="bands">The rows of a number; empty for letters and switches.</param>
    /// <param name="round">Of what the numbers looked up are multiples; null: of nothing.</param>
    public bool Check(ConfigNode inputNode, Expression input, IReadOnlyList<ScoreRow> rows, List<Band> bands, double? round)
    {
        var signal = input is NameExpression name ? vocabulary.Signal(name.Name) : null;
        return signal?.Form switch
        {
            SignalForm.Letter => CheckChoices(inputNode, rows, signal.Letters.Select(letter => ($"is {letter}", (Func<IsExpression, bool>)(test => test.What == letter.ToString())))),
            SignalForm.Switch => CheckChoices(inputNode, rows, [("is on", test => test.What == "on"), ("is off", test => test.What == "off")]),
            _ => CheckBands(inputNode, RangeOf(input), bands, round is { } step ? (decimal)step : null),
        };
    }

    /// <summary>Warns of rows of a table with several inputs that are never reached, and of values no row is for.</summary>
    public void WarnRows(ConfigNode table, IReadOnlyList<ScoreRow> rows, List<ConfigNode> nodes, double? round, AnalysisBudget budget)
    {
        var space = new ConditionSpace(vocabulary, new Dictionary<string, double>(), round, [.. rows.Select(row => row.Condition)]);
        var reached = new bool[rows.Count];
        string? leftOut = null;
        var looked = space.Visit(budget, values =>
        {
            for (var row = 0; row < rows.Count; row++)
            {
                if (space.Evaluate(rows[row].Condition, values) == Outcomes.True)
                {
                    reached[row] = true;
                    return true;
                }
            }

            leftOut ??= space.Describe(values);
            return true;
        });
        if (!looked)
        {
            return;
        }

        if (leftOut is not null)
        {
            diagnostics.Warn(
                table, new TextSpan(0, 1), Codes.Bands, $"no row is for {leftOut}", "the score is then unknown; add a row if something is known of it");
        }

        for (var row = 0; row < rows.Count; row++)
        {
            if (!reached[row])
            {
                diagnostics.Warn(
                    nodes[row], new TextSpan(0, 1), Codes.Shadowed, "this row is never reached: the rows before it hold wherever it does", "the first row that holds counts");
            }
        }
    }

    private bool CheckChoices(ConfigNode inputNode, IReadOnlyList<ScoreRow> rows, IEnumerable<(string Text, Func<IsExpression, bool> Names)> choices)
    {
        foreach (var (text, names) in choices)
        {
            var count = rows.Count(row => row.Condition is IsExpression test && names(test) != test.Not);
            if (count != 1)
            {
                diagnostics.Error(
                    inputNode, Codes.Bands, count == 0 ? $"no row of the table is for `{text}`" : $"{count} rows of the table are for `{text}`",
                    count == 0 ? $"add a row, for example `{text}: 0`" : "keep one of them");
                return false;
            }
        }

        return true;
    }

    private bool CheckBands(ConfigNode inputNode, NumberRange range, List<Band> bands, decimal? step)
    {
        if (step is { } grid && bands.Any(band => !OnGrid(band, grid)))
        {
            return false;
        }

        var sorted = bands.Select(band => step is { } multiple ? band.OnGrid(multiple) : band)
            .OrderBy(band => band.Low ?? decimal.MinValue).ThenBy(band => !band.LowIncluded).ToList();
        if (sorted.FirstOrDefault(band => band.Low > band.High) is { } empty)
        {
            diagnostics.Error(empty.Node, Codes.Range, "the range is empty: its lower end is above its upper end", "write the smaller number first");
            return false;
        }

        var good = true;
        for (var index = 1; index < sorted.Count; index++)
        {
            good &= Meet(sorted[index - 1], sorted[index], step);
        }

        if (!good)
        {
            return false;
        }

        return Reaches(inputNode, sorted[0].Low, range.Low, "below", $"<= {Shown(sorted[0].High ?? 0)}")
            && Reaches(inputNode, sorted[^1].High, range.High, "above", $">= {Shown(sorted[^1].Low ?? 0)}");
    }

    private bool OnGrid(Band band, decimal step)
    {
        foreach (var end in new[] { band.Low, band.High })
        {
            if (end is { } number && number % step != 0)
            {
                diagnostics.Error(
                    band.Node, Codes.Bands, $"{Shown(number)} is no multiple of {Shown(step)}, and the table looks up multiples of {Shown(step)} only",
                    "change the number or `round`");
                return false;
            }
        }

        return true;
    }

    private bool Meet(Band lower, Band upper, decimal? step)
    {
        if (lower.High is not { } end || upper.Low is not { } begin || begin < end || (begin == end && lower.HighIncluded && upper.LowIncluded))
        {
            var both = upper.Low is { } at ? $" at {Shown(at)}" : "";
            diagnostics.Error(
                upper.Node, Codes.Bands, $"`{lower.Node.Text.Trim()}` and `{upper.Node.Text.Trim()}` both hold{both}", "let each number be in one band only");
            return false;
        }

        if (step is { } multiple)
        {
            if (begin == end + multiple)
            {
                return true;
            }

            var first = Shown(end + multiple);
            var last = Shown(begin - multiple);
            diagnostics.Error(
                upper.Node, Codes.Bands, $"the bands leave out {(first == last ? first : $"{first} to {last}")}", "let each band begin where the one below it ends");
            return false;
        }

        if (begin == end && lower.HighIncluded != upper.LowIncluded)
        {
            return true;
        }

        var between = begin == end ? $"the bands leave out {Shown(end)}"
            : $"the bands leave out what lies between {Shown(end)} and {Shown(begin)}, for example {Shown((begin + end) / 2)}";
        diagnostics.Error(
            upper.Node, Codes.Bands, between,
            begin == end ? $"write `<= {Shown(end)}` or `>= {Shown(end)}`"
                : $"write `round: {Shown(begin - end)}` beside `score:`, so that numbers are rounded before they are looked up");
        return false;
    }

    private bool Reaches(ConfigNode inputNode, decimal? end, double plausible, string side, string open)
    {
        if (end is not { } number || (double.IsFinite(plausible) && (side == "below" ? (double)number <= plausible : (double)number >= plausible)))
        {
            return true;
        }

        diagnostics.Error(
            inputNode, Codes.Bands, $"the bands say nothing of what lies {side} {Shown(number)}",
            $"write `\"{open}\"` for the {(side == "below" ? "lowest" : "highest")} band");
        return false;
    }

    private NumberRange RangeOf(Expression input) => input switch
    {
        NameExpression name => vocabulary.Find(name.Name)!.Range,
        WindowExpression { Function: WindowFunction.Count } => new NumberRange(0, double.PositiveInfinity),
        WindowExpression { Function: not (WindowFunction.Rise or WindowFunction.Fall) } window => vocabulary.Find(window.Signal)!.Range,
        _ => NumberRange.Everything,
    };

    private static string Shown(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
