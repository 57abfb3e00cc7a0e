using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Changes;

/// <summary>What is different between two rule sets, in words.</summary>
public class RuleSetChangesTests
{
    private const string Text = """
        version: 1
        population: adults
        limits:
          low: { value: 90, allowed: 80 to 94 }
          high: { value: 120, allowed: 100 to 180 }
          spare: 5
        overrides:
          - for: { ward: [W1, W2] }
            limits: { high: 130 }
          - for: { tag: scale-2 }
            limits: { low: 88 }
            use: { a_points: other_points }
        derive:
          half: { value: (a + 2 * b) / 3, valid for: 15 min }
          a_points: { score: { a: { "<= 91": 3, "92 to 95": 1, ">= 96": 0 } }, round: 1 }
          other_points: { score: [ { a: "<= 83", points: 3 }, { a: "> 83", points: 0 } ] }
          total: { add: [a_points] }
        rules:
          - { alert: A low, when: a < limit low, priority: medium, message: "A {a}, limit {limit low}" }
          - { alert: B high, when: b > limit high, priority: medium, message: "B {b}", suppressed by: A low }
          - { alert: Scored, when: total >= 3, priority: high, message: "{total}", only in: { population: adults } }
          - { alert: Halved, when: half > 100, message: "{half}", levels: { medium: { for: 5 s }, high: { for: 9 s, message: "high {half}" } } }
        """;

    [Theory]
    [InlineData("value: 90", "value: 88", "limit low: 90 -> 88 (used by A low)")]
    [InlineData("80 to 94", "70 to 94", "limit low: allowed 80 to 94 -> 70 to 94 (used by A low)")]
    [InlineData("{ value: 120, allowed: 100 to 180 }", "{ value: 125.5 }", "limit high: 120 -> 125.5, allowed 100 to 180 -> anything (used by B high)")]
    [InlineData("  spare: 5\n", "", "limit spare: removed, was 5 (was used by no rule)")]
    [InlineData("  spare: 5\n", "  spare: 5\n  more: 7\n", "limit more: new, 7 (used by no rule)")]
    [InlineData("limits: { high: 130 }", "limits: { high: 140 }", "limit high for ward W1, W2: 130 -> 140 (used by B high)")]
    [InlineData("ward: [W1, W2]", "ward: [W1, W3]", "limit high for ward W3: new, 130 (used by B high)\nlimit high for ward W2: removed, was 130 (used by B high)")]
    [InlineData("    limits: { low: 88 }\n", "", "limit low for tag scale-2: removed, was 88 (used by A low)")]
    [InlineData("    use: { a_points: other_points }\n", "", "a_points for tag scale-2: removed, was other_points in its place (used by Scored)")]
    [InlineData("for: { tag: scale-2 }", "for: site", "limit low for the site: new, 88 (used by A low)\na_points for the site: new, other_points in its place (used by Scored)\nlimit low for tag scale-2: removed, was 88 (used by A low)\na_points for tag scale-2: removed, was other_points in its place (used by Scored)")]
    [InlineData("(a + 2 * b) / 3", "(a + b) / 2", "derived signal half: (a + (2 * b)) / 3 -> (a + b) / 2 (used by Halved)")]
    [InlineData("valid for: 15 min", "valid for: 10 min", "derived signal half: valid for 15 min -> 10 min (used by Halved)")]
    [InlineData("\"92 to 95\": 1", "\"92 to 95\": 2", "derived signal a_points: a between 92 and 95 gives 1 -> 2 (used by Scored)")]
    [InlineData("other_points: {", "other_points: { round: 1,", "derived signal other_points: round none -> 1 (used by Scored)")]
    [InlineData("{ a: \"<= 83\", points: 3 }, { a: \"> 83\", points: 0 }", "{ a: \"> 83\", points: 0 }, { a: \"<= 83\", points: 3 }", "derived signal other_points: its rows stand in another order (used by Scored)")]
    [InlineData("total: { add: [a_points] }", "total: { add: [a_points, other_points], name: Total }", "derived signal total: with other_points, name total -> Total (used by Scored)")]
    public void OfSettings_OneThingChanged_SaysIt(string old, string now, string expected)
    {
        var changes = RuleSetChanges.OfSettings(TestRules.Load(Text), TestRules.Load(Replaced(old, now)));
        Assert.Equal(expected, string.Join('\n', changes.Select(change => $"{change.Subject}: {change.Words}")));
        Assert.All(changes, change => Assert.Contains("test.yaml", change.Files));
    }

    [Theory]
    [InlineData("missing after: 60 s, aliases", "missing after: 3 min, aliases", "signal a: missing after 1 min -> 3 min")]
    [InlineData("plausible: 10 to 200, no value", "plausible: 20 to 200, no value", "signal a: plausible 10 to 200 -> 20 to 200")]
    [InlineData("  d: { name: D }", "", "signal d: removed")]
    [InlineData("  d: { name: D }", "  e: { name: E }", "signal e: new\nsignal d: removed")]
    public void OfSettings_SignalChanged_SaysIt(string old, string now, string expected)
    {
        Assert.Contains(old, TestRules.Signals, StringComparison.Ordinal);
        var changes = RuleSetChanges.OfSettings(TestRules.Load(Text), TestRules.Load(Text, TestRules.Signals.Replace(old, now, StringComparison.Ordinal)));
        Assert.Equal(expected, string.Join('\n', changes.Select(change => $"{change.Subject}: {change.Words}")));
        Assert.All(changes, change => Assert.Contains("00-signals.yaml", change.Files));
    }

    [Theory]
    [InlineData("\"B {b}\"", "\"B is {b}\"", "B high", "message \"B {b}\" -> \"B is {b}\"")]
    [InlineData("\"high {half}\"", "\"very high {half}\"", "Halved", "high message \"high {half}\" -> \"very high {half}\"")]
    [InlineData(", suppressed by: A low", "", "B high", "suppressed by A low -> nothing")]
    [InlineData(", only in: { population: adults }", "", "Scored", "only in population adults -> everybody")]
    [InlineData("only in: { population: adults }", "only in: { ward: [W1, W2], population: adults }", "Scored", "only in population adults -> ward W1 or W2 and population adults")]
    public void OfRule_OneThingChanged_SaysIt(string old, string now, string rule, string expected)
    {
        var (before, after) = (TestRules.Load(Text), TestRules.Load(Replaced(old, now)));
        var (one, other) = (before.Rules.Single(found => found.Name == rule), after.Rules.Single(found => found.Name == rule));
        Assert.Equal([expected], RuleSetChanges.OfRule(before, one, after, other));
    }

    [Fact]
    public void Between_SameSet_SaysNothing()
    {
        var (before, after) = (TestRules.Load(Text), TestRules.Load(Text + "\n# the same"));
        Assert.Empty(RuleSetChanges.OfSettings(before, after));
        Assert.All(before.Rules, rule => Assert.Empty(RuleSetChanges.OfRule(before, rule, after, after.Rules[rule.Index])));
    }

    private static string Replaced(string old, string now)
    {
        Assert.Contains(old, Text, StringComparison.Ordinal);
        return Text.Replace(old, now, StringComparison.Ordinal);
    }
}
