using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Scenarios;

/// <summary>What <c>--strict</c> asks for: that no part of a rule can change without a scenario that fails.</summary>
public class CoverageTests
{
    private const string Rules = """
        version: 1
        population: adults
        limits: { high: { value: 100, allowed: 90 to 120 } }
        derive:
          a_points: { score: { a: { "<= 100": 0, "> 100": 2 } } }
        rules:
          - alert: A high
            when: a > limit high
            for: 5 s
            clear when: a <= limit high - 5
            priority: medium
            latch: true
            escalate:
              - { not acknowledged in: 20 s, notify: charge nurse }
              - { not acknowledged in: 30 s, notify: physician }
            message: "A {a}"
          - { alert: Tried, when: a_points >= 2, priority: low, shadow: true, message: "tried" }
          - { alert: A not measured, kind: technical, when: a is missing, priority: low, suppressed by: B high, message: "gone" }
          - { alert: B high, when: b > 100, priority: high, message: "B {b}" }
        """;

    private const string Scenarios = """
        scenarios:
          - scenario: high
            given: { a: "90 for 10 s, 110 for 40 s, 90 for 20 s" }
            acknowledge: [{ alert: A high, at: 65 s }]
            expect:
              - { raised: A high, at: 15 s, priority: medium, message: A 110 }
              - { escalated: A high, to: charge nurse, at: 35 s }
              - { escalated: A high, to: physician, at: 45 s }
              - { latched: A high, at: 50 s .. 64 s }
              - { cleared: A high, at: 65 s }
              - { raised: Tried, at: 10 s, priority: low, told: false, message: tried }
              - { cleared: Tried, at: 50 s }
              - { value: a_points, is: 0, at: 5 s }
              - { value: a_points, is: 2, at: 15 s }
          - scenario: gone
            given: { a: "90 for 1 s, missing for 2 min, 90 for 10 s", b: "90 for 10 s, 110 for 80 s, 90 for 41 s" }
            expect:
              - { raised: B high, at: 10 s, priority: high, message: B 110 }
              - { cleared: B high, at: 90 s }
              - { raised: A not measured, at: 1 min, priority: low, kind: technical, suppressed: true, message: gone }
              - { cleared: A not measured, at: 121 s }
        """;

    [Fact]
    public void Run_EverythingExpected_CoverageIsFull()
    {
        var report = Played.Report(TestRules.Load(Rules), Scenarios);
        Assert.True(report.IsPassed && report.IsCoverageFull, Played.Text(report));
    }

    [Theory]
    [InlineData("    latch: true\n", "")]
    [InlineData("      - { not acknowledged in: 30 s, notify: physician }\n", "")]
    [InlineData("not acknowledged in: 20 s", "not acknowledged in: 21 s")]
    [InlineData("shadow: true, ", "")]
    [InlineData("kind: technical, ", "")]
    [InlineData("message: \"A {a}\"", "message: \"A {limit high}\"")]
    [InlineData("message: \"gone\"", "message: \"away\"")]
    [InlineData("\"> 100\": 2", "\"> 100\": 3")]
    [InlineData("\"<= 100\": 0", "\"<= 100\": 1")]
    [InlineData("priority: medium", "priority: low")]
    [InlineData("suppressed by: B high, ", "")]
    [InlineData("for: 5 s", "for: 6 s")]
    [InlineData("b > 100, priority: high", "b > 100, latch: true, priority: high")]
    [InlineData("b > 100, priority: high", "b > 100, shadow: true, suppresses: [Tried], priority: high")]
    [InlineData("b > 100, priority: high", "b > 100, kind: technical, priority: high")]
    [InlineData("b > 100, priority: high", "b > 100, priority: high, escalate: [{ not acknowledged in: 1 min, notify: physician }]")]
    public void Run_OneThingOfTheRulesChanged_IsNoticed(string from, string to)
    {
        Assert.Contains(from, Rules, StringComparison.Ordinal);
        var changed = Rules.Replace(from, to, StringComparison.Ordinal);

        // A trial cannot hold back an alert in earnest.
        changed = to.Contains("shadow", StringComparison.Ordinal) ? changed.Replace(", suppressed by: B high", "", StringComparison.Ordinal) : changed;
        var report = Played.Report(TestRules.Load(changed), Scenarios);
        Assert.False(report.IsPassed && report.IsCoverageFull, Played.Text(report));
    }

    [Theory]
    [InlineData("      - { raised: A high, at: 15 s, priority: medium, message: A 110 }\n", "not raised: A high")]
    [InlineData("      - { escalated: A high, to: physician, at: 45 s }\n", "no `escalated` of: A high, physician after 30 s")]
    [InlineData("      - { latched: A high, at: 50 s .. 64 s }\n", "no `latched` of: A high")]
    [InlineData("      - { cleared: Tried, at: 50 s }\n", "not cleared: Tried")]
    [InlineData("      - { value: a_points, is: 2, at: 15 s }\n", "no `value` shows: a_points: a > 100: 2")]
    [InlineData(", told: false", "no `told: false` of: Tried")]
    [InlineData(", kind: technical", "no `kind: technical` of: A not measured")]
    [InlineData(", suppressed: true", "no `suppressed: true` of: A not measured, by B high")]
    public void Run_SomethingNotExpected_IsNamed(string expectation, string lacking)
    {
        Assert.Contains(expectation, Scenarios, StringComparison.Ordinal);
        var report = Played.Report(TestRules.Load(Rules), Scenarios.Replace(expectation, "", StringComparison.Ordinal));
        Assert.True(report.IsPassed, Played.Text(report));
        Assert.Equal(lacking.Split('|'), Played.Text(report).Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim()));
    }

    [Fact]
    public void Run_LimitCrossedWhereNobodyLooks_IsNotCrossed()
    {
        var report = Played.Report(TestRules.Load(Rules), "scenario: X\ngiven: { a: \"90 for 10 s, 110 for 10 s\" }\nexpect: [{ never: B high }]\n");
        Assert.Contains("  not crossed: high\n", Played.Text(report), StringComparison.Ordinal);
    }
}
