using System.Globalization;
using IoTGateway.Rules.Tests.Support;
using IoTGateway.Tests.Support;

namespace IoTGateway.Rules.Tests.Backtesting;

/// <summary>
/// One hour of a real patient with limits, delays and hystereses: the number of alarms is known from a computation of its own
/// (alarm_reduction_expected.csv). That computation looks at samples only: it raises at the first violating sample at or after the end of the
/// delay. The engine raises exactly at the end of the delay. The two differ in one case alone: the value was beyond the limit until the end
/// of the delay, and the next sample, which comes after it, is back within it. Every such episode is listed here.
/// </summary>
public class AlarmReductionTests
{
    private const string FileName = "mimic_1p024s_hour.csv";

    private static readonly List<Sample> Recording = [.. File.ReadLines(Repository.PathOf($"tests/data/vitals/{FileName}")).Skip(1).Select(Sample.Parse)];

    public static TheoryData<string> Rows() =>
        [.. File.ReadLines(Repository.PathOf("tests/data/alarm_reduction_expected.csv")).Skip(1).Where(line => !line.Contains("artifact", StringComparison.Ordinal))];

    /// <summary>
    /// Episodes that the engine raises and the sampled rule does not: metric and limit, delay, hysteresis, and the second at which the engine
    /// raises, which is the beginning of the episode plus the delay. Each time the last sample before that second is beyond the limit and the
    /// first one after it is within the limit again (both are given), so the sampled rule never sees the delay fulfilled.
    /// </summary>
    private static readonly Dictionary<string, string> RaisedBetweenSamples = new(StringComparer.Ordinal)
    {
        ["heart_rate >115 5 s 0 1701.768"] = "116 at 1700.864, 115 at 1701.888",
        ["heart_rate >115 5 s 0 1899.4"] = "116 at 1898.496, 115 at 1899.520",
        ["heart_rate >115 5 s 0 2846.6"] = "116 at 2845.696, 115 at 2846.720",
        ["heart_rate >115 15 s 0 1655.448"] = "116 at 1654.784, 115 at 1655.808",
        ["heart_rate >115 30 s 0 500.016"] = "117 at 499.712, 115 at 500.736",
        ["heart_rate >110 30 s 0 3280.176"] = "112 at 3279.872, 110 at 3280.896",
        ["spo2 <93 5 s 0 1700.744"] = "92 at 1699.840, 93 at 1700.864",
        ["art_systolic_bp <90 10 s 0 3357.456"] = "89 at 3356.672, 90 at 3357.696",
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Backtest_ReferenceHour_RaisesTheKnownNumberOfAlarms(string row)
    {
        var setting = Setting.Parse(row);
        var samples = Recording.Where(sample => sample.Metric == setting.Metric).ToList();

        // The rule of the table, written again here: it has to give the table's number, or it explains nothing.
        var sampled = SampledRule.Raises(samples, setting);
        Assert.Equal(setting.Alarms, sampled.Count);

        var raised = Backtested(setting);
        var valid = samples.Where(sample => sample.Value > 0).ToList();
        if (setting.Hysteresis > 0)
        {
            // An alarm that is raised between two samples here stays until the hysteresis is passed and is the one the sampled rule raises
            // a little later: the number is the same.
            Assert.Equal(setting.Alarms, raised.Count);
            return;
        }

        var listed = RaisedBetweenSamples.Where(episode => episode.Key.StartsWith(setting.Key + " ", StringComparison.Ordinal)).Select(episode => $"{episode.Key}: {episode.Value}");
        var between = raised.Select(second => BetweenSamples(valid, setting, second)).OfType<string>().ToList();
        Assert.Equal(listed.Order(StringComparer.Ordinal), between.Order(StringComparer.Ordinal));
        Assert.Equal(setting.Alarms, raised.Count - between.Count);

        // Beyond the count: each alarm of the table is one of the engine's, raised at that sample or after the sample before it.
        foreach (var time in sampled)
        {
            Assert.Single(raised, second => second <= time && !valid.Exists(sample => sample.Time >= second && sample.Time < time));
        }
    }

    [Fact]
    public void Table_AllRows_AreChecked() => Assert.Equal(72, Rows().Count);

    /// <summary>The episode in words if its delay ended between a sample beyond the limit and the next one, which is within it; else null.</summary>
    private static string? BetweenSamples(List<Sample> valid, Setting setting, decimal second)
    {
        var next = valid.FindIndex(sample => sample.Time >= second);
        return next > 0 && valid[next].Time > second && setting.Violates(valid[next - 1].Value) && !setting.Violates(valid[next].Value)
            ? string.Create(CultureInfo.InvariantCulture, $"{setting.Key} {second}: {valid[next - 1].Value:0.#} at {valid[next - 1].Time:0.000}, {valid[next].Value:0.#} at {valid[next].Time:0.000}")
            : null;
    }

    private static List<decimal> Backtested(Setting setting)
    {
        var rules = TestRules.Load(setting.Rule(), """
            version: 1
            signals:
              x: { name: X, no value: "<= 0", missing after: 10 s, aliases: [METRIC] }
            """.Replace("METRIC", setting.Metric, StringComparison.Ordinal));
        using var input = File.OpenText(Repository.PathOf($"tests/data/vitals/{FileName}"));
        var output = new StringWriter();
        var summary = Backtest.Run(rules, input, FileName, output, BacktestFormat.Csv);
        Assert.Empty(summary.Errors);

        // `active` after `clearing` would be the same alarm, but without `clear after` there is no clearing.
        var raised = output.ToString().Split('\n').Select(line => line.Trim().Split(',')).Where(fields => fields.Length == 5 && fields[3] == "active")
            .Select(fields => decimal.Parse(fields[0], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(summary.Raises, raised.Count);
        return raised;
    }
}
