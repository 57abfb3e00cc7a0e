using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Scenarios;

/// <summary>An alert that was acknowledged calls again while its condition holds, and its escalation begins anew.</summary>
public class ReAlarmTests
{
    private static readonly RuleSet Rules = TestRules.Load("""
        version: 1
        population: adults
        rules:
          - alert: A high
            when: a > 100
            priority: medium
            re-alarm after: 2 min
            escalate: [{ not acknowledged in: 1 min, notify: physician }]
            message: "{a}"
          - { alert: Once, when: a > 100, priority: low, re-alarm after: never, message: "{a}" }
        """);

    [Fact]
    public void Run_ConditionPersists_CallsAgainAndEscalates()
    {
        var report = Run("""
            scenario: X
            given: { a: "90 for 10 s, 110 for 10 min" }
            acknowledge: [{ alert: A high, at: 30 s }, { alert: Once, at: 30 s }, { alert: A high, at: 4 min }]
            expect:
              - { re-alarmed: A high, at: 150 s }
              - { escalated: A high, to: physician, at: 210 s }
              - { re-alarmed: A high, at: 6 min }
              - { re-alarmed: A high, within: 3 min }
              - { active: A high, at: 5 min }
            """);
        Assert.True(report.IsPassed, Text(report));
    }

    [Theory]
    [InlineData("a: \"90 for 10 s, 110 for 10 min\"", "{ re-alarmed: Once }", "never re-alarmed")]
    [InlineData("a: \"90 for 10 s, 110 for 1 min, 90 for 10 min\"", "{ re-alarmed: A high }", "never re-alarmed")]
    [InlineData("a: \"90 for 10 s, 110 for 10 min\"", "{ re-alarmed: A high, at: 149 s }", "it was re-alarmed at 150 s")]
    public void Run_DoesNotCallAgain_IsMissed(string given, string expected, string found)
    {
        var report = Run($$"""
            scenario: X
            given: { {{given}} }
            acknowledge: [{ alert: A high, at: 30 s }, { alert: Once, at: 30 s }]
            expect: [{{expected}}]
            """);
        Assert.False(report.IsPassed);
        Assert.Contains(found, Text(report), StringComparison.Ordinal);
    }

    private static ScenarioReport Run(string scenario) => ScenarioTests.Run(Rules, [new RuleFile("x.test.yaml", scenario)]);

    private static string Text(ScenarioReport report)
    {
        var text = new StringWriter();
        report.Write(text);
        return text.ToString();
    }
}
