using IoTGateway.Tests.Support;

namespace IoTGateway.Rules.Tests.Backtesting.Recordings;

/// <summary>
/// What the shipped rules save and what they miss, on recordings of real patients. The limits are the shipped ones, those of bedside monitors as they
/// leave the factory; none was chosen by these recordings. Compared are
/// <list type="bullet">
/// <item>plain thresholds: every value beyond a limit behind one that is not is an alarm, at once; no delay, no hysteresis, no average. There is one
/// for each limit of each level of a rule that compares one signal with a named limit;</item>
/// <item>all alerts on the patient of the whole rule set, also those on averages, rises, several signals and NEWS2, which plain thresholds do not
/// have. A step up to a more urgent level counts like a raise.</item>
/// </list>
/// The numbers are those of today, so that a change of a rule or of the engine shows what it does.
/// </summary>
public class ShippedRulesOnRecordingsTests(ITestOutputHelper output)
{
    private const string ReferenceHour = "mimic_1p024s_hour.csv";
    private const string Page = "docs/recordings.md";

    public static TheoryData<string> Files() => [.. PlayedRecording.Files];

    [Fact]
    public void ReferenceHour_ShippedRules_RaiseAtLeast60PercentLessThanPlainThresholds()
    {
        var played = PlayedRecording.OfShippedRules(ReferenceHour);
        var (plain, raised) = (played.Exceedances.Count, played.Raised(AlertKind.Physiological));
        var reduction = 1 - ((double)raised / plain);
        output.WriteLine(FormattableString.Invariant($"plain thresholds {plain}, shipped rules {raised}: {reduction:P1} less"));
        Assert.InRange(reduction, 0.6, 1);
        Assert.Equal(["Heart rate high 1", "ART systolic low 6", "NEWS2 single parameter 1"], Told(played, AlertKind.Physiological));
        Assert.Equal(["No heart rate, look at the patient 4"], Told(played, AlertKind.Technical));

        // The same rules only: 7 of 57.
        Assert.Equal(7, Threshold.Of(played.Rules).Select(threshold => threshold.Rule).Distinct().Sum(played.Raised));
    }

    /// <summary>
    /// Counted on the file by other means: the heart rate goes above 120 twelve times and the systolic pressure below 90 mmHg 45 times, and nothing else
    /// is beyond its limit. Five of the latter last for 60 s or longer, none of the former.
    /// </summary>
    [Fact]
    public void ReferenceHour_PlainThresholds_AlarmAsOftenAsTheFileSays()
    {
        var played = PlayedRecording.OfShippedRules(ReferenceHour);
        Assert.Equal(
            ["Heart rate high: hr > 120 12", "ART systolic low: art_sbp < 90 45"],
            played.Exceedances.GroupBy(beyond => beyond.Threshold).Select(group => $"{group.Key} {group.Count()}"));
        Assert.Equal(
            [122_880L, 70_656, 675_840, 244_736, 215_040],
            played.Exceedances.Where(beyond => beyond.IsSustained).Select(beyond => beyond.To - beyond.From));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Recording_ShippedRules_MissNoEpisodeOf60Seconds(string file)
    {
        var played = PlayedRecording.OfShippedRules(file);
        output.WriteLine($"{played.Exceedances.Count(beyond => beyond.IsSustained)} sustained episodes, {played.Missed.Count} missed");
        Assert.Empty(played.Missed);
    }

    /// <summary>
    /// What looks for missed episodes finds some where a rule waits for too long: three of the five are not told then. A fourth of less than 5 min
    /// begins a second after a long one, whose alert still stands.
    /// </summary>
    [Fact]
    public void ReferenceHour_RuleThatWaitsForFiveMinutes_MissesEpisodes()
    {
        const string Rule = "    when: art_sbp < limit sbp_low\n    for: ";
        var files = ShippedRules.Files.Select(file => file with { Text = file.Text.ReplaceLineEndings("\n").Replace(Rule + "15 s", Rule + "5 min", StringComparison.Ordinal) });
        var played = new PlayedRecording(RuleSetLoader.Load([.. files]).Rules!, ReferenceHour);
        Assert.Equal([122_880L, 70_656, 215_040], played.Missed.Select(beyond => beyond.To - beyond.From));
    }

    [Fact]
    public void Thresholds_OfTheShippedRules_AreTheirLimits() =>
        Assert.Equal(
            [
                "SpO2 low: spo2 < 90", "SpO2 low: spo2 < 80", "Heart rate very low: hr < 40", "Heart rate low: hr < 50", "Heart rate high: hr > 120",
                "Heart rate high: hr > 150", "Pulse low: pulse < 50", "Pulse high: pulse > 120", "Respiration low: rr < 8", "Respiration high: rr > 30",
                "EtCO2 low: etco2 < 15", "EtCO2 high: etco2 > 50", "BP systolic low: sbp < 90", "BP systolic high: sbp > 160", "BP diastolic low: dbp < 50",
                "BP diastolic high: dbp > 90", "BP mean low: map < 60", "BP mean high: map > 110", "ART systolic low: art_sbp < 90",
                "ART systolic high: art_sbp > 160", "ART mean low: art_map < 60", "ART mean high: art_map > 110", "Temperature low: temp < 35",
                "Temperature high: temp > 39",
            ],
            Threshold.Of(PlayedRecording.OfShippedRules(ReferenceHour).Rules).Select(threshold => threshold.ToString()));

    /// <summary>With <c>RECORDINGS_PAGE=write</c> in the environment the page gets the figures of today; look at the difference before it is kept.</summary>
    [Fact]
    public void Page_Figures_AreThoseOfToday()
    {
        var path = Repository.PathOf(Page);
        var page = File.ReadAllText(path).ReplaceLineEndings("\n");
        var figures = RecordingsPage.Figures([.. PlayedRecording.Files.Select(PlayedRecording.OfShippedRules)]);
        if (Environment.GetEnvironmentVariable("RECORDINGS_PAGE") == "write")
        {
            page = RecordingsPage.With(page, figures);
            File.WriteAllText(path, page);
        }

        Assert.Equal(RecordingsPage.With(page, figures), page);
    }

    private static IEnumerable<string> Told(PlayedRecording played, AlertKind kind) =>
        played.Rules.Rules.Where(rule => rule.Kind == kind && played.Raised(rule) > 0).Select(rule => $"{rule.Name} {played.Raised(rule)}");
}
