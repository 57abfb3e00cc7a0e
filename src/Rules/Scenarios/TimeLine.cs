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

    /// <summary>Plays the scenario again and draws the rows of an alert around a moment.</summary>
    public static string Draw(Scenario scenario, RuleSet rules, IRuleEngine engine, AlertRule rule, TimeSpan around, AlertHistory history)
    {
        var player = new ScenarioPlayer(scenario, rules, engine);
        string[]? heads = null;
        var rows = Play(player, [.. history.Moments.Select(moment => moment.Time), around], ShownSignals(scenario, rule), time =>
        {
            var explanation = engine.Explain(scenario.Patient.Patient, rule.Name);
            heads ??= explanation is null ? [] : Heads(rule, explanation);
            var conditions = explanation is null ? [] : explanation.Conditions.Select(condition => condition.Value);
            return [.. conditions, player.Histories[rule.Index].At(time).ToString()];
        });
        return Table(rows, around, [.. ShownSignals(scenario, rule).Select(signal => signal.Id)], [.. heads ?? [], "STATE"]);
    }

    /// <summary>Plays the scenario again and draws the rows of a value around a moment.</summary>
    public static string Draw(Scenario scenario, RuleSet rules, IRuleEngine engine, string name, TimeSpan around)
    {
        var player = new ScenarioPlayer(scenario, rules, engine);
        var signals = ShownSignals(scenario, []);
        var rows = Play(player, [around], signals, _ => [engine.ExplainValue(scenario.Patient.Patient, name)?.Value ?? ""]);
        return Table(rows, around, [.. signals.Select(signal => signal.Id)], [name]);
    }

    private static List<TimeLineRow> Play(ScenarioPlayer player, List<TimeSpan> moments, List<Signal> signals, Func<TimeSpan, string[]> results)
    {
        var rows = new List<TimeLineRow>();
        player.AfterMoment = (time, values) => rows.Add(new TimeLineRow(time, [.. signals.Select(signal => Shown(values, signal))], results(time)));
        player.Play(moments);
        return rows;
    }

    /// <summary>The signals the rule names; where it names none that is given (a derived one), those that are given.</summary>
    private static List<Signal> ShownSignals(Scenario scenario, AlertRule rule) => ShownSignals(scenario, RuleWords.Of(rule));

    private static List<Signal> ShownSignals(Scenario scenario, HashSet<string> words)
    {
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

    private static string Table(List<TimeLineRow> rows, TimeSpan around, string[] signals, string[] results)
    {
        var kept = Kept(rows, rows.FindIndex(row => row.Time >= around));
        List<string[]> cells = [["TIME", .. signals, .. results]];
        var before = -1;
        foreach (var index in kept)
        {
            if (before >= 0 && index > before + 1)
            {
                cells.Add(["..", .. Enumerable.Repeat("", signals.Length + results.Length)]);
            }

            var row = rows[index];
            cells.Add([ScenarioTime.Format(row.Time), .. row.Values, .. row.Results]);
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
