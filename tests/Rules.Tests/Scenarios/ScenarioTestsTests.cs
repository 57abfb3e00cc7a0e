using System.Text.Json;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Scenarios;

public class ScenarioTestsTests
{
    private static readonly RuleSet Rules = TestRules.Load("""
        version: 1
        population: adults
        limits: { a_high: { value: 100, allowed: 80 to 120 } }
        rules:
          - { alert: A high, when: a > 100, for: 15 s, clear when: a <= 95, clear after: 5 s, priority: medium, message: "{a}" }
          - { alert: A not measured, kind: technical, when: a is missing, priority: low, message: "gone" }
          - { alert: Not alert, when: v is not A and o is on, priority: high, message: "{v}" }
        """);

    [Fact]
    public void Run_EveryKindOfExpectationMet_Passes()
    {
        var report = Run("""
            scenario: everything
            given:
              a: 90 for 10 s, 110 for 12 s, 90 for 10 s, rising 90 to 110 over 10 s, 110 for 20 s, missing for 70 s, 90 for 20 s
              v: { course: "A for 10 s, P for 100 s", every: 10 s }
              o: { course: "on", every: 10 s }
              every: 1 s
            expect:
              - { never: A high, before: 53 s }
              - { pending: A high, at: 21 s }
              - { pending: A high, at: 10 s .. 21 s, priority: medium }
              - { not active: A high, at: 52 s }
              - { raised: A high, at: 53 s }
              - { raised: a-high, at: 50 s .. 55 s, priority: medium, unverified: false, suppressed: false }
              - { raised: A high, within: 1 min }
              - { raised: A high }
              - { active: A high, at: 125 s, unverified: true, priority: medium, suppressed: false }
              - { active: A high, at: 60 s, unverified: false }
              - { raised: A not measured, at: 121 s }
              - { cleared: A not measured, within: 133 s }
              - { cleared: A high, at: 137 s }
              - { not active: A high, at: 137 s }
              - { never: A high, after: 137 s }
              - { raised: Not alert, at: 10 s }
              - { never: Not alert, priority: low }
            """);
        Assert.True(report.IsPassed, Text(report));
        Assert.Equal(17, Assert.Single(report.Scenarios).Expectations);
        Assert.Contains("1 scenario: 1 passed, 0 failed.", Text(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ raised: A high, at: 14 s }", "`A high` to be raised at 14 s", "it was raised at 15 s")]
    [InlineData("{ raised: A high, at: 20 s .. 25 s }", "from 20 s to 25 s", "it was raised at 15 s")]
    [InlineData("{ raised: A high, within: 10 s }", "from 0 s to 10 s", "it was raised at 15 s")]
    [InlineData("{ raised: A high, at: 15 s, priority: high }", "to be raised at high at 15 s", "it was never raised")]
    [InlineData("{ raised: A high, at: 15 s, unverified: true }", "at 15 s, unverified", "it was raised at 15 s, but active (medium)")]
    [InlineData("{ raised: Not alert, within: 1 min }", "`Not alert` to be raised", "it was never raised")]
    [InlineData("{ never: A high }", "never to be raised from 0 s to the end", "it was active (medium) at 15 s")]
    [InlineData("{ never: A high, before: 15001 ms }", "and before 15.001 s", "it was active (medium) at 15 s")]
    [InlineData("{ never: A high, after: 20 s }", "from 20 s", "it was active (medium) at 20 s")]
    [InlineData("{ cleared: A high, at: 41 s }", "to be cleared at 41 s", "it was cleared at 45 s")]
    [InlineData("{ cleared: Not alert }", "to be cleared", "it was never cleared; it was never raised")]
    [InlineData("{ cleared: A high, within: 30 s }", "to be cleared from 0 s to 30 s", "it was cleared at 45 s")]
    [InlineData("{ active: A high, at: 14 s }", "to be active at 14 s", "it was pending (medium) at 14 s")]
    [InlineData("{ active: A high, at: 14 s .. 20 s }", "from 14 s to 20 s", "it was pending (medium) at 14 s")]
    [InlineData("{ active: A high, at: 40 s .. 50 s }", "from 40 s to 50 s", "it did not stand at 45 s")]
    [InlineData("{ active: A high, at: 20 s, suppressed: true }", "at 20 s, suppressed", "it was active (medium) at 20 s")]
    [InlineData("{ not active: A high, at: 42 s }", "not to be active at 42 s", "it was clearing (medium) at 42 s")]
    [InlineData("{ pending: A high, at: 15 s }", "to be pending at 15 s", "it was active (medium) at 15 s")]
    public void Run_ExpectationNotMet_SaysWhatHappenedInstead(string expectation, string expected, string found)
    {
        var report = Run($"scenario: X\ngiven: {{ a: \"110 for 40 s, 90 for 20 s\" }}\nexpect:\n  - {expectation}\n");
        var miss = Assert.Single(Assert.Single(report.Scenarios).Misses);
        Assert.Equal(4, miss.Line);
        Assert.Contains(expected, miss.Expected, StringComparison.Ordinal);
        Assert.StartsWith(found, miss.Found, StringComparison.Ordinal);
        Assert.False(report.IsPassed);
    }

    [Fact]
    public void Run_ExpectationNotMet_DrawsTheTimeLineAroundIt()
    {
        var report = Run("""
            scenario: a rise
            given: { a: "90 for 10 s, 110 for 3 s, no value for 2 s, questionable 120 for 1 s, 110", b: "70", every: 1 s }
            expect: [{ raised: A high, at: 20 s }, { raised: A high, at: 25 s }]
            """);
        Assert.Equal(
            """
            FAILED  x.test.yaml:1: a rise
              x.test.yaml:3: expected `A high` to be raised at 20 s;
              it was raised at 25 s.

                TIME    a  WHEN   CLEAR WHEN  STATE
                 0 s   90  false  true        -
                  ..
                10 s  110  true   false       pending (medium)
                  ..
                21 s  110  true   false       pending (medium)
                22 s  110  true   false       pending (medium)
                23 s  110  true   false       pending (medium)
                24 s  110  true   false       pending (medium)
                25 s  110  true   false       active (medium)


            """.ReplaceLineEndings("\n"),
            Text(report).Split("1 scenario:")[0]);
    }

    [Fact]
    public void Run_NeverCleared_DrawsTheLastThatHappenedToIt()
    {
        var report = Run("scenario: X\ngiven: { a: \"90 for 60 s, 110 for 60 s\" }\nexpect: [{ cleared: A high }]\n");
        var miss = Assert.Single(Assert.Single(report.Scenarios).Misses);
        Assert.Equal("it was never cleared; it was active (medium) from 75 s", miss.Found);
        Assert.Contains("75 s  110  true   false       active (medium)", miss.TimeLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EngineExplainsItself_TheTimeLineShowsTheConditions()
    {
        const string Scenario = "scenario: X\ngiven: { a: \"98 for 2 s, 110 for 2 s, 90 for 2 s\" }\nexpect: [{ raised: A high, at: 1 s }]\n";
        var report = ScenarioTests.Run(Rules, [new RuleFile("x.test.yaml", Scenario)], () => new ExplainingEngine());
        var lines = Assert.Single(Assert.Single(report.Scenarios).Misses).TimeLine.Split('\n');
        Assert.Equal("TIME    a  WHEN   CLEAR WHEN  STATE", lines[0]);
        Assert.Contains(" 2 s  110  true   false       pending (medium)", lines);
        Assert.Contains(" 4 s   90  false  true        -", lines);
    }

    [Fact]
    public void Run_Coverage_TellsWhatNoScenarioShows()
    {
        var report = ScenarioTests.Run(
            TestRules.Load("""
                version: 1
                population: adults
                limits: { a_high: 100, b_high: 90 }
                rules:
                  - { alert: A high, when: a > limit a_high, clear when: a <= limit a_high - 5, priority: medium, message: "{a}" }
                  - { alert: B high, when: b > limit b_high, priority: medium, message: "{b}" }
                """),
            [new RuleFile("x.test.yaml", "scenario: X\ngiven: { a: \"90 for 5 s, 110 for 5 s\", b: 80 }\nexpect: [{ raised: A high, at: 5 s, priority: medium }]\n")],
            () => new ExplainingEngine());
        Assert.True(report.IsPassed, Text(report));
        Assert.False(report.IsCoverageFull);
        Assert.Contains(
            """
            Coverage: 1 of 2 rules raised, 1 of 2 priorities reached, 0 of 2 rules cleared, 0 of 2 messages read, 1 of 2 limits crossed.
              not raised: B high
              not cleared: A high
              no `message` of: A high
              not crossed: b_high

            """.ReplaceLineEndings("\n"),
            Text(report),
            StringComparison.Ordinal);

        var first = new StringWriter { NewLine = "\n" };
        report.Write(first, uncoveredAtMost: 2);
        Assert.EndsWith("  not raised: B high\n  not cleared: A high\n  and 2 more; `--strict` names them all.\n", first.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EverythingShown_CoverageIsFull()
    {
        var report = ScenarioTests.Run(
            TestRules.Rule("when: a > 100"),
            [new RuleFile("x.test.yaml", "scenario: X\ngiven: { a: \"90 for 5 s, 110 for 5 s, 90\" }\nexpect: [{ raised: X, at: 5 s, priority: medium, message: x }, { cleared: X, at: 10 s }]\n")]);
        Assert.True(report.IsPassed && report.IsCoverageFull, Text(report));
    }

    [Fact]
    public void Run_PatientOfTheScenario_IsTheEngines()
    {
        var engine = new ExplainingEngine();
        ScenarioTests.Run(
            Rules,
            [new RuleFile("x.test.yaml", """
                scenario: X
                patient: { ward: ICU-2, tags: [t1, t2], population: children, limits: { a_high: 88 } }
                monitored: [b]
                given: { a: 90 for 5 s }
                expect: [{ never: A high }]
                """)],
            () => engine);
        var patient = engine.Patient!;
        Assert.Equal(("ICU-2", Population.Child), (patient.Ward, patient.Population));
        Assert.Equal(["t1", "t2"], patient.Tags);
        Assert.Equal(["b"], patient.Monitored);
        Assert.Equal([("a_high", 88.0, "the scenario, x.test.yaml:2")], patient.Limits.Select(limit => (limit.Limit, limit.Value, limit.Origin)));
    }

    [Fact]
    public void Write_Json_TellsEachScenarioAndTheCoverage()
    {
        var report = Run("scenario: X\ngiven: { a: 110 for 20 s }\nexpect: [{ raised: A high, at: 14 s }]\n");
        var output = new StringWriter();
        ScenarioReportJson.Write(report, output);
        var root = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.False(root.GetProperty("passed").GetBoolean());
        var scenario = root.GetProperty("scenarios")[0];
        Assert.Equal(("X", 1), (scenario.GetProperty("name").GetString(), scenario.GetProperty("line").GetInt32()));
        Assert.Equal("it was raised at 15 s", scenario.GetProperty("misses")[0].GetProperty("found").GetString());
        Assert.Contains(
            root.GetProperty("coverage").EnumerateArray(),
            item => item.GetProperty("kind").GetString() == "raised" && item.GetProperty("name").GetString() == "A high" && !item.GetProperty("covered").GetBoolean());
        Assert.Equal(0, root.GetProperty("unplayable").GetInt32());
    }

    [Fact]
    public void Run_Twice_GivesTheSame()
    {
        const string Scenario = "scenario: X\ngiven: { a: \"alternating 90 and 110 every 7 s for 5 min\" }\nexpect: [{ raised: A high }, { never: Not alert }]\n";
        Assert.Equal(Text(Run(Scenario)), Text(Run(Scenario)));
    }

    [Theory]
    [InlineData("rules/10-adult.test.yaml", true)]
    [InlineData("x.test.yml", true)]
    [InlineData("test.yaml", false)]
    [InlineData("10-adult.yaml", false)]
    public void IsScenarioFile_Name_Decides(string name, bool expected) => Assert.Equal(expected, ScenarioTests.IsScenarioFile(name));

    private static ScenarioReport Run(string scenario) => ScenarioTests.Run(Rules, [new RuleFile("x.test.yaml", scenario)]);

    private static string Text(ScenarioReport report)
    {
        var output = new StringWriter { NewLine = "\n" };
        report.Write(output);
        return output.ToString();
    }
}
