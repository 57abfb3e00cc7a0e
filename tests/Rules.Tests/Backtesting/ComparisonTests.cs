using System.Text.Json;
using IoTGateway.Readings;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Backtesting;

public class ComparisonTests
{
    private const string Rule = "when: a > 100";

    [Fact]
    public void Run_SameRules_DifferInNothing()
    {
        var comparison = Compare(TestRules.Rule(Rule), TestRules.Rule(Rule), "0,p1,a,110\n10,p1,a,90\n20,p1,a,110\n30,p1,a,90\n");
        Assert.Empty(comparison.Differences);
        Assert.Equal(2, comparison.Newer.Summary.Raises);
    }

    [Fact]
    public void Run_LongerDelay_LosesTheShortOneAndMovesTheLongOne()
    {
        var comparison = Compare(TestRules.Rule(Rule), TestRules.Rule(Rule, "for: 15 s"), "0,p1,a,110\n10,p1,a,90\n20,p1,a,110\n100,p1,a,90\n");
        Assert.Equal(
            [(DifferenceKind.OnlyOld, 0L, null), (DifferenceKind.Moved, 20_000L, TimeSpan.FromSeconds(15))],
            comparison.Differences.Select(difference => (difference.Kind, difference.Time.UnixMilliseconds, difference.RaiseShift)));
        Assert.Empty(comparison.Lost);
    }

    [Fact]
    public void Run_HigherLimit_LosesWhatStoodForAMinute()
    {
        var comparison = Compare(TestRules.Rule(Rule), TestRules.Rule("when: a > 120"), "0,p1,a,110\n60,p1,a,90\n70,p1,a,110\n71,p1,a,90\n");
        Assert.Equal(2, comparison.Differences.Length);
        Assert.Equal(0, Assert.Single(comparison.Lost).OldRaised!.Value.UnixMilliseconds);
    }

    [Fact]
    public void Run_Hysteresis_JoinsWhatTheOldRulesRaiseAgainAndAgain()
    {
        const string Rows = "0,p1,a,110\n10,p1,a,98\n20,p1,a,110\n30,p1,a,98\n40,p1,a,110\n50,p1,a,90\n";
        var comparison = Compare(TestRules.Rule(Rule), TestRules.Rule(Rule, "clear when: a <= 95"), Rows);
        Assert.Equal([DifferenceKind.Moved, DifferenceKind.Joined, DifferenceKind.Joined], comparison.Differences.Select(difference => difference.Kind));
        comparison = Compare(TestRules.Rule(Rule, "clear when: a <= 95"), TestRules.Rule(Rule), Rows);
        Assert.Equal([DifferenceKind.Moved, DifferenceKind.Split, DifferenceKind.Split], comparison.Differences.Select(difference => difference.Kind));
    }

    [Fact]
    public void Run_OtherPriority_IsADifferenceOfLevel()
    {
        var comparison = Compare(TestRules.Rule(Rule), TestRules.Rule(Rule, "priority: high"), "0,p1,a,110\n10,p1,a,90\n");
        var difference = Assert.Single(comparison.Differences);
        Assert.Equal((DifferenceKind.Level, AlertPriority.Medium, AlertPriority.High), (difference.Kind, difference.OldPriority, difference.NewPriority));
    }

    [Fact]
    public void Run_AlertOfOneSetAlone_IsOnlyThere()
    {
        var other = TestRules.Load("version: 1\npopulation: adults\nrules:\n  - { alert: Y, when: a > 100, priority: low, message: y }\n");
        var comparison = Compare(TestRules.Rule(Rule), other, "0,p1,a,110\n10,p1,a,90\n");
        Assert.Equal([(DifferenceKind.OnlyOld, "X"), (DifferenceKind.OnlyNew, "Y")], comparison.Differences.Select(difference => (difference.Kind, difference.Alert)));
        Assert.Equal([("Y", false, true), ("X", true, false)], comparison.Alerts().Select(alert => (alert.Alert, alert.Older is not null, alert.Newer is not null)));
    }

    [Fact]
    public void Run_OtherPlausibleRange_JudgesByEachSetsOwnSignals()
    {
        var narrow = TestRules.Load(TestRules.File(Rule, "clear when: a <= 95"), TestRules.Signals.Replace("plausible: 10 to 200, no value: \"<= 0\"", "plausible: 100 to 200", StringComparison.Ordinal));
        var comparison = Compare(narrow, TestRules.Rule(Rule, "clear when: a <= 95"), "0,p1,a,110\n10,p1,a,90\n20,p1,a,80\n");
        var difference = Assert.Single(comparison.Differences);
        Assert.Equal((null, 10_000L), (difference.OldEnded, difference.NewEnded!.Value.UnixMilliseconds));
    }

    [Fact]
    public void Summary_Figures_AreThoseOfTheEpisodes()
    {
        // Stood 10 s, 20 s, 90 s; then the condition held for 70 s, and of another patient to the end of the recording, without 75 s being over.
        const string Rows = "0,p1,a,110\n10,p1,a,90\n20,p1,a,110\n40,p1,a,90\n50,p1,a,110\n140,p1,a,90\n";
        var summary = Assert.Single(Backtested(TestRules.Rule(Rule), Rows).Rules);
        Assert.Equal((3, 2, 0), (summary.Raises, summary.ShortLived, summary.MissedSustained));
        Assert.Equal((TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(20)), (summary.Raised, summary.MedianDuration));
        Assert.Equal(2.0 / 3, summary.ShortShare!.Value, 9);
        summary = Assert.Single(Backtested(TestRules.Rule(Rule, "for: 75 s"), "0,p1,a,110\n30,p1,a,110\n70,p1,a,90\n80,p1,a,90\n0,p2,a,110\n20,p2,a,110\n60,p2,a,110\n0,p3,a,110\n59,p3,a,110\n").Rules);
        Assert.Equal((0, 2, null), (summary.Raises, summary.MissedSustained, summary.MedianDuration));
    }

    [Fact]
    public void Summary_PatientWhoseRecordingEnds_StandsNoLonger()
    {
        var summary = Assert.Single(Backtested(TestRules.Rule(Rule), "0,p1,a,110\n10,p1,a,110\n0,p2,a,90\n1000,p2,a,90\n").Rules);
        Assert.Equal((1, TimeSpan.FromSeconds(10), 0), (summary.Raises, summary.Raised, summary.ShortLived));
    }

    [Fact]
    public void Options_Patient_IsWhatTheEngineSees()
    {
        var recording = Recorded("0,p1,a,110\n");
        double last = 0;
        var result = Backtest.Run(TestRules.Rule(Rule), recording, new BacktestOptions { Ward = "ICU", Tags = ["t"], Population = Population.Child, Progress = done => last = done });
        Assert.Equal((1, 1.0), (result.Summary.Raises, last));
    }

    [Fact]
    public void ReadCsv_SeveralFiles_ArePlayedTogether()
    {
        var recording = Recorded("0,p1,a,110\n");
        recording.ReadCsv(new StringReader("time_s,patient,metric,value\n5,p1,a,90\n0,p2,a,110\n"), "other.csv");
        var summary = Backtest.Run(TestRules.Rule(Rule), recording, new BacktestOptions()).Summary;
        Assert.Equal((2, 2, 3), (summary.Patients, summary.Raises, summary.Readings));
    }

    [Fact]
    public void Add_ValuesOfAStore_KeepTheirQuality()
    {
        var recording = new Recording(TestRules.Rule(Rule).Catalogue) { From = new Instant(1_000) };
        Assert.True(recording.Add(new Instant(0), "p1", "ICU", "a", 150, Quality.Valid));
        Assert.True(recording.Add(new Instant(1_000), "p1", "ICU", "a", 90, Quality.NoValue));
        Assert.True(recording.Add(new Instant(2_000), "p1", "ICU", "a", 110, Quality.Questionable));
        Assert.True(recording.Add(new Instant(2_000), "p1", "ICU", "nothing", 1, Quality.Valid));
        var output = new StringWriter { NewLine = "\n" };
        var summary = Backtest.Run(TestRules.Rule(Rule), recording, new BacktestOptions(), output, BacktestFormat.Json).Summary;
        Assert.Equal((1, 1, 2), (summary.Patients, summary.UnknownMetrics["nothing"], summary.Values));
        Assert.Contains("\"unverified\":true", Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Table_ShowsFiguresOfBothAndTheFirstDifferences()
    {
        var comparison = Compare(TestRules.Rule(Rule), TestRules.Rule(Rule, "for: 15 s"), "0,p1,a,110\n10,p1,a,90\n20,p1,a,110\n100,p1,a,90\n86400,p1,a,90\n");
        var lines = Text(comparison, BacktestFormat.Table, 1).Split('\n');
        Assert.Equal(["X", "2", "1", "2.0", "1.0", "1", "min", "30", "s", "1", "min", "5", "s", "45", "s", "1", "min", "5", "s", "50", "%", "0", "%", "0", "0"], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("2 differences: 0 only NEW, 1 only OLD, 1 moved, 0 joined, 0 split, 0 at another level.", lines);
        Assert.Contains("The first 1:", lines);
        Assert.Contains("  00:00:00  p1  X  only OLD raises (medium, for 10 s)", lines);
        Assert.DoesNotContain(lines, line => line.Contains("00:00:20", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Csv_HasOneLineForEachDifference()
    {
        var comparison = Compare(TestRules.Rule(Rule), TestRules.Rule(Rule, "for: 15 s"), "0,p1,a,110\n10,p1,a,90\n20.5,p1,a,110\n100,p1,a,110\n");
        Assert.Equal(
            "difference,patient,alert,old_raised,old_ended,new_raised,new_ended,old_priority,new_priority\nonly-old,p1,X,0,10,,,medium,\nmoved,p1,X,20.5,,35.5,,medium,medium\n",
            Text(comparison, BacktestFormat.Csv, 1));
    }

    [Fact]
    public void Write_Json_HoldsFiguresAndDifferences()
    {
        var root = JsonDocument.Parse(Text(Compare(TestRules.Rule(Rule), TestRules.Rule(Rule, "for: 15 s"), "0,p1,a,110\n10,p1,a,90\n"), BacktestFormat.Json, 1)).RootElement;
        Assert.Equal((1, 0), (root.GetProperty("raises").GetProperty("old").GetInt32(), root.GetProperty("raises").GetProperty("new").GetInt32()));
        Assert.Equal(10, root.GetProperty("alerts")[0].GetProperty("old").GetProperty("medianSeconds").GetDouble());
        Assert.Equal("only-old", root.GetProperty("differences")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public void HtmlReport_NamesOfAnyKind_StayTexts()
    {
        var rules = TestRules.Load("version: 1\npopulation: adults\nrules:\n  - { alert: \"<script>alert(1)</script>\", when: a > 100, priority: high, message: \"x\" }\n");
        var comparison = Compare(rules, rules, "0,<b>p1</b>,a,110\n10,<b>p1</b>,a,90\n");
        var page = Page(comparison);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;p1&lt;/b&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void HtmlReport_Page_NeedsNothingFromElsewhere()
    {
        var page = Page(Compare(TestRules.Rule(Rule), TestRules.Rule(Rule, "for: 15 s"), "0,p1,a,110\n10,p1,a,90\n20,p1,a,110\n100,p1,a,90\n"));
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.Contains("<path class=\"course\" d=\"M0 ", page, StringComparison.Ordinal);
        Assert.Contains("<title>X (medium): 00:00:35 to 00:01:40.", page, StringComparison.Ordinal);
        Assert.Contains("only OLD raises", page, StringComparison.Ordinal);
    }

    [Fact]
    public void HtmlReport_OneSetOrNothingAtAll_IsStillAPage()
    {
        var recording = Recorded("0,p1,a,110\n");
        var only = Page(BacktestComparison.Of(Backtest.Run(TestRules.Rule(Rule), recording, new BacktestOptions()), recording));
        Assert.DoesNotContain("OLD", only, StringComparison.Ordinal);
        recording = Recorded("");
        Assert.Contains("0 patients had no alert", Page(BacktestComparison.Of(Backtest.Run(TestRules.Rule(Rule), recording, new BacktestOptions()), recording)), StringComparison.Ordinal);
    }

    private static string Page(BacktestComparison comparison)
    {
        var output = new StringWriter();
        HtmlReport.Write(comparison, "file.csv", 20, output);
        return output.ToString();
    }

    private static string Text(BacktestComparison comparison, BacktestFormat format, int most)
    {
        var output = new StringWriter { NewLine = "\n" };
        BacktestComparisonText.Write(comparison, output, format, most);
        return output.ToString();
    }

    private static BacktestSummary Backtested(RuleSet rules, string rows) => Backtest.Run(rules, Recorded(rows), new BacktestOptions()).Summary;

    private static BacktestComparison Compare(RuleSet older, RuleSet newer, string rows) => BacktestComparison.Run(older, newer, Recorded(rows), new BacktestOptions());

    private static Recording Recorded(string rows)
    {
        var recording = new Recording(TestRules.Rule(Rule).Catalogue);
        recording.ReadCsv(new StringReader("time_s,patient,metric,value\n" + rows), "file.csv");
        Assert.Empty(recording.Errors);
        return recording;
    }
}
