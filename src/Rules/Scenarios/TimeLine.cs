using System.Globalization;
using System.Text;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Scenarios;

/// <summary>
/// What happened around a moment that went otherwise than expected: time, values, whether each condition holds (as far as the engine explains
/// itself), and the alert's state.
/// </summary>
internal static class TimeLine
{
    private const int RowsAround = 4;
    private const int MostRows = 24;
    private const int MostSignals = 8;

    /// <summary>Plays the scenario again and draws the rows around a moment.</summary>
    public static string Draw(Scenario scenario, RuleSet rules, IRuleEngine engine, AlertRule rule, TimeSpan around, AlertHistory history)
    {
        var signals = ShownSignals(scenario, rule);
        var player = new ScenarioPlayer(scenario, rules, engine);
        var rows = new List<TimeLineRow>();
        string[]? heads = null;
        player.AfterMoment = (time, values) =>
        {
            var explanation = engine.Explain(scenario.Patient.Patient, rule.Name);
            heads ??= explanation is null ? [] : Heads(rule, explanation);
            rows.Add(new TimeLineRow(
                time,
                [.. signals.Select(signal => Shown(values, signal))],
                explanation is null ? [] : [.. explanation.Conditions.Select(condition => condition.Value)],
                player.Histories[rule.Index].At(time).ToString()));
        };
        player.Play([.. history.Moments.Select(moment => moment.Time), around]);
        return Table(rows, around, [.. signals.Select(signal => signal.Id)], heads ?? []);
    }

    /// <summary>The signals the rule names; where it names none that is given (a derived one), those that are given.</summary>
    private static List<Signal> ShownSignals(Scenario scenario, AlertRule rule)
    {
        var words = RuleWords.Of(rule);
        var given = scenario.Courses.Select(course => course.Signal).ToList();
        var named = given.Where(signal => words.Contains(signal.Id)).ToList();
        return [.. (named.Count > 0 ? named : given).Take(MostSignals)];
    }

    private static string[] Heads(AlertRule rule, Explanation explanation)
    {
        var levels = Math.Max(1, rule.Levels.Length);
        return
        [
            .. explanation.Conditions.Select((_, index) =>
                index >= levels ? "CLEAR WHEN"
                : levels == 1 ? "WHEN"
                : rule.Levels[levels - 1 - index].Priority.ToString().ToUpperInvariant()),
        ];
    }

    private static string Shown(IReadOnlyList<SignalValue> values, Signal signal)
    {
        var shown = "";
        foreach (var value in values.Where(value => value.Signal == signal))
        {
            shown = value.Quality == Quality.NoValue ? "no value"
                : ValueText(signal, value.Value) + (value.Quality == Quality.Questionable ? "?" : "");
        }

        return shown;
    }

    private static string ValueText(Signal signal, double value) => signal.Form switch
    {
        SignalForm.Letter => ((char)value).ToString(),
        SignalForm.Switch => value > 0 ? "on" : "off",
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    private static string Table(List<TimeLineRow> rows, TimeSpan around, string[] signals, string[] conditions)
    {
        var kept = Kept(rows, rows.FindIndex(row => row.Time >= around));
        List<string[]> cells = [["TIME", .. signals, .. conditions, "STATE"]];
        var before = -1;
        foreach (var index in kept)
        {
            if (before >= 0 && index > before + 1)
            {
                cells.Add(["..", .. Enumerable.Repeat("", signals.Length + conditions.Length + 1)]);
            }

            var row = rows[index];
            cells.Add([ScenarioTime.Format(row.Time), .. row.Values, .. row.Conditions, row.State]);
            before = index;
        }

        var widths = Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in cells)
        {
            for (var column = 0; column < line.Length; column++)
            {
                // Times and values stand to the right, as numbers do.
                text.Append(column <= signals.Length ? line[column].PadLeft(widths[column]) : line[column].PadRight(widths[column])).Append("  ");
            }

            while (text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The rows beside the moment, and the nearest ones at which a condition or the state changed.</summary>
    private static List<int> Kept(List<TimeLineRow> rows, int around)
    {
        around = around < 0 ? rows.Count - 1 : around;
        var near = Enumerable.Range(0, rows.Count).Where(index => Math.Abs(index - around) <= RowsAround).ToList();
        var changes = Enumerable.Range(0, rows.Count)
            .Where(index => Math.Abs(index - around) > RowsAround && rows[index].DiffersFrom(index > 0 ? rows[index - 1] : null))
            .OrderBy(index => Math.Abs(index - around))
            .Take(MostRows - near.Count);
        return [.. near.Concat(changes).Order()];
    }
}
