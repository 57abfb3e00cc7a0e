using System.Globalization;
using System.Text;
using IoTGateway.Rules;

namespace IoTGateway.Benchmarks.Rules;

/// <summary>
/// 50 rules over 6 signals, mixed as wards have them: most are comparisons that have to hold for a while, some have levels, look at windows, at a score,
/// at what is computed or missing.
/// </summary>
internal static class WardRules
{
    /// <summary>What stands in the table, so that a reader can judge what was evaluated.</summary>
    public const string Mix =
        "50 rules over 6 signals: 33 comparisons with `for` and `clear when`, 6 with two levels, 4 windows (1 to 30 min), 2 over a NEWS2 of five parts, 2 over derived signals, 1 `at least 2 of`, 2 `is missing`";

    /// <summary>The signals, in the order of the values of <see cref="VitalsCourse"/>.</summary>
    public static readonly string[] Signals = ["hr", "spo2", "rr", "sbp", "dbp", "temp"];

    private const string Catalogue = """
        version: 1
        signals:
          hr: { name: Heart rate, unit: /min, plausible: 1 to 300, no value: "<= 0", missing after: 60 s, valid for: 5 min }
          spo2: { name: SpO2, unit: "%", plausible: 50 to 100, no value: "<= 0", missing after: 60 s, valid for: 5 min }
          rr: { name: Respiration, unit: /min, plausible: 0 to 60, missing after: 60 s, valid for: 5 min }
          sbp: { name: BP systolic, unit: "mm[Hg]", plausible: 20 to 300, valid for: 4 h }
          dbp: { name: BP diastolic, unit: "mm[Hg]", plausible: 10 to 200, valid for: 4 h }
          temp: { name: Temperature, unit: Cel, plausible: 25 to 45, valid for: 4 h, decimals: 1 }
        """;

    private const string Derived = """
        version: 1
        population: adults
        derive:
          map_calc: { value: (sbp + 2 * dbp) / 3, valid for: 15 min }
          shock_index: { value: hr / sbp, valid for: 15 min }
          rr_points: { round: 1, score: { rr: { "<= 8": 3, "9 to 11": 1, "12 to 20": 0, "21 to 24": 2, ">= 25": 3 } } }
          spo2_points: { round: 1, score: { spo2: { "<= 91": 3, "92 to 93": 2, "94 to 95": 1, ">= 96": 0 } } }
          sbp_points: { round: 1, score: { sbp: { "<= 90": 3, "91 to 100": 2, "101 to 110": 1, "111 to 219": 0, ">= 220": 3 } } }
          hr_points: { round: 1, score: { hr: { "<= 40": 3, "41 to 50": 1, "51 to 90": 0, "91 to 110": 1, "111 to 130": 2, ">= 131": 3 } } }
          temp_points: { round: 0.1, score: { temp: { "<= 35.0": 3, "35.1 to 36.0": 1, "36.1 to 38.0": 0, "38.1 to 39.0": 1, ">= 39.1": 2 } } }
          news2: { add: [rr_points, spo2_points, sbp_points, hr_points, temp_points] }
        rules:

        """;

    private const int ComparisonCount = 33;

    private static readonly string[] OfScore = ["rr", "spo2", "sbp", "hr", "temp"];

    // Of each signal the limits of the innermost pair of rules and how far the next pair lies outside.
    private static readonly (string Signal, double Low, double High, double Step)[] Bounds =
    [
        ("hr", 50, 120, 5), ("spo2", 90, 100, 2), ("rr", 9, 28, 1), ("sbp", 95, 160, 8), ("dbp", 50, 95, 6), ("temp", 35.5, 38.5, 0.4),
    ];

    /// <summary>The rules.</summary>
    public static WardRule[] All { get; } = [.. Special(), .. Levels(), .. Comparisons()];

    /// <summary>The files as a ward would have them.</summary>
    /// <param name="spo2Limit">The limit of one rule, for a reload under which something is different.</param>
    public static RuleFile[] Files(int spo2Limit = 90) => FilesOf(rule => rule.Text.Replace("spo2 < 90,", $"spo2 < {spo2Limit},", StringComparison.Ordinal));

    /// <summary>The conditions alone: each alert is raised exactly while its condition is true.</summary>
    public static RuleFile[] Conditions() => FilesOf(rule =>
    {
        // A rule on a rise or fall has to clear on a level too; this one always holds.
        var clear = rule.When.Contains("rise(", StringComparison.Ordinal) || rule.When.Contains("fall(", StringComparison.Ordinal)
            ? $", clear when: 'not ({rule.When}) and {rule.Signals[0]} > 0'"
            : "";
        return $"priority: medium, when: '{rule.When}'{clear}";
    });

    /// <summary>The rules of files.</summary>
    public static RuleSet Load(RuleFile[] files)
    {
        var result = RuleSetLoader.Load(files);
        return result.Rules ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    private static RuleFile[] FilesOf(Func<WardRule, string> body)
    {
        var text = new StringBuilder(Derived);
        foreach (var rule in All)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{ alert: {rule.Name}, {body(rule)}, message: \"{{{rule.Signals[0]}}}\" }}\n");
        }

        return [new RuleFile("00-signals.yaml", Catalogue), new RuleFile("10-ward.yaml", text.ToString())];
    }

    private static IEnumerable<WardRule> Special() =>
    [
        new("NEWS2 emergency", "priority: medium, when: news2 >= 7, clear when: news2 <= 6, clear after: 5 min", "news2 >= 7", "vitals.News2 >= 7", OfScore),
        new("NEWS2 urgent", "priority: medium, when: news2 >= 5, clear when: news2 <= 4, clear after: 5 min, suppressed by: NEWS2 emergency", "news2 >= 5", "vitals.News2 >= 5", OfScore),
        new("SpO2 low on average", "priority: medium, when: 'average(spo2, 1 min) < 90', clear when: 'average(spo2, 1 min) >= 92'", "average(spo2, 1 min) < 90", "vitals.Spo2Average < 90", ["spo2"]),
        new("Heart rate climbing", "priority: medium, when: 'rise(hr, 10 min) >= 30 and hr > 100', for: 30 s, clear when: hr < 100", "rise(hr, 10 min) >= 30 and hr > 100", "vitals.HrRise >= 30 && vitals.Hr > 100", ["hr"]),
        new("Pressure falling", "priority: medium, when: 'fall(sbp, 30 min) >= 30', clear when: sbp >= 95", "fall(sbp, 30 min) >= 30", "vitals.SbpFall >= 30", ["sbp"]),
        new("Heart rate high for long", "priority: medium, when: 'average(hr, 5 min) > 110', clear when: 'average(hr, 5 min) < 105'", "average(hr, 5 min) > 110", "vitals.HrAverage > 110", ["hr"]),
        new("Mean pressure low", "priority: medium, when: map_calc < 65, for: 20 s, clear when: map_calc >= 70", "map_calc < 65", "vitals.MeanPressure < 65", ["sbp", "dbp"]),
        new("Shock index high", "priority: medium, when: shock_index > 1, for: 30 s, clear when: shock_index < 0.9", "shock_index > 1", "vitals.ShockIndex > 1", ["hr", "sbp"]),
        new(
            "Two of three", "priority: medium, when: 'at least 2 of (hr > 120, rr > 25, map_calc < 65)', for: 20 s", "at least 2 of (hr > 120, rr > 25, map_calc < 65)",
            "(vitals.Hr > 120 && vitals.Rr > 25) || (vitals.Hr > 120 && vitals.MeanPressure < 65) || (vitals.Rr > 25 && vitals.MeanPressure < 65)", ["hr", "rr", "sbp", "dbp"]),
        new("No heart rate", "kind: technical, priority: medium, when: hr is missing, for: 60 s", "hr is missing", "vitals.HrIsMissing", ["hr"]),
        new("No SpO2", "kind: technical, priority: medium, when: spo2 is missing, for: 60 s", "spo2 is missing", "vitals.Spo2IsMissing", ["spo2"]),
    ];

    private static IEnumerable<WardRule> Levels() => Bounds.Select(bound =>
    {
        var (signal, low, _, step) = bound;
        var (medium, high) = (Number(low), Number(low - (3 * step)));
        var field = Vitals.FieldOf(signal);
        return new WardRule(
            $"{signal} low",
            $"levels: {{ medium: {{ when: {signal} < {medium}, for: 15 s }}, high: {{ when: {signal} < {high}, for: 3 s }} }}, clear when: {signal} >= {Number(low + step)}, clear after: 10 s",
            $"{signal} < {medium} or {signal} < {high}", $"{field} < {medium} || {field} < {high}", [signal]);
    });

    /// <summary>Limits further and further outside, below and above in turn; a saturation is never too high.</summary>
    private static IEnumerable<WardRule> Comparisons()
    {
        for (var place = 0; place < ComparisonCount; place++)
        {
            var (round, index) = Math.DivRem(place, Bounds.Length);
            var (signal, low, high, step) = Bounds[index];
            var isLow = signal == "spo2" || (round + index) % 2 == 0;
            var outwards = isLow ? -round * step : round * step;
            var limit = Number((isLow ? low : high) + outwards);
            var clear = isLow ? $">= {Number(low + outwards + step)}" : $"<= {Number(high + outwards - step)}";
            var condition = $"{(isLow ? '<' : '>')} {limit}";
            yield return new WardRule(
                $"{signal} {(isLow ? "below" : "above")} {limit}", $"priority: medium, when: {signal} {condition}, for: 15 s, clear when: {signal} {clear}, clear after: 10 s",
                $"{signal} {condition}", $"{Vitals.FieldOf(signal)} {condition}", [signal]);
        }
    }

    private static string Number(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);
}
