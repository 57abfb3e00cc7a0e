using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Language;
using IoTGateway.Rules.Scenarios;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Scenarios;

public class ScoreCoverageTests
{
    private static readonly SignalCatalogue Catalogue = TestRules.Rule("when: a > 100").Catalogue;

    [Fact]
    public void Observe_Values_CountTheFirstRowThatHolds()
    {
        var coverage = Coverage(0.1, "c <= 35", "c between 35.1 and 36", "c between 36.1 and 38", "c >= 38.1");
        coverage.Observe([Value("c", 36.04)]);
        coverage.Observe([Value("c", 38.05)]);
        Assert.Equal([false, true, false, true], coverage.Items().Select(item => item.IsCovered));
        Assert.Equal("points: c <= 35 is 0", coverage.Items().First().Name);
    }

    [Fact]
    public void Observe_SeveralInputs_NeedAllOfThemUpToTheRowThatHolds()
    {
        var coverage = Coverage(1, "a <= 83", "a >= 93 and o is off", "a between 93 and 94", "v is not A");
        coverage.Observe([Value("a", 93)]);
        Assert.DoesNotContain(coverage.Items(), item => item.IsCovered);
        coverage.Observe([Value("a", 93), Value("o", 1)]);
        coverage.Observe([Value("a", 99), Value("o", 0)]);
        Assert.Equal([false, true, true, false], coverage.Items().Select(item => item.IsCovered));
        coverage.Observe([Value("a", 97), Value("o", 1), Value("v", 'P')]);
        Assert.True(coverage.Items().Last().IsCovered);
    }

    [Fact]
    public void Observe_QuestionableValue_CountsForNothing()
    {
        var coverage = Coverage(1, "a <= 83");
        coverage.Observe([new LatestValue(Catalogue.Find("a")!, 50, Quality.Questionable, default)]);
        Assert.False(Assert.Single(coverage.Items()).IsCovered);
    }

    private static ScoreCoverage Coverage(double round, params string[] rows) => new(
    [
        new ScoreDefinition
        {
            Name = "points",
            Display = new Display("Points", "", 0, SignalForm.Number),
            Place = default,
            Round = round,
            Rows = [.. rows.Select((row, index) => new ScoreRow(ExpressionParser.Parse(row), index, default))],
        },
    ]);

    private static LatestValue Value(string signal, double value) => new(Catalogue.Find(signal)!, value, Quality.Valid, default);
}
