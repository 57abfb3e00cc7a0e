using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Scenarios;

public class ScoreCoverageTests
{
    private static readonly RuleSet Rules = TestRules.Load("""
        version: 1
        population: adults
        overrides:
          - { for: { tag: other }, use: { a_points: a_other } }
        derive:
          a_points: { score: { a: { "<= 50": 3, "51 to 60": 1, ">= 61": 0 } }, round: 1 }
          a_other: { score: [{ a: "<= 50", points: 2 }, { a: ">= 51", o: is off, points: 0 }, { a: ">= 51", o: is on, points: 1 }], round: 1 }
          window_points: { score: { "average(a, 10 s)": { "< 50": 1, ">= 50": 0 } } }
          v_points: { score: { v: { is A: 0, is not A: 3 } } }
          total: { add: [a_points, v_points] }
          grand: { add: [total, window_points] }
        rules:
          - { alert: Much, when: grand >= 5, priority: low, message: "{grand}" }
        """);

    [Theory]
    [InlineData("{ value: a_points, is: 1, at: 5 s }", "a_points: a between 51 and 60: 1")]
    [InlineData("{ value: total, is: 4, at: 5 s }", "a_points: a between 51 and 60: 1", "v_points: v is not A: 3")]
    [InlineData("{ value: grand, is: 4, at: 5 s }", "a_points: a between 51 and 60: 1", "window_points: average(a, 10 s) >= 50: 0", "v_points: v is not A: 3")]
    [InlineData("{ value: a, is: 55, at: 5 s }")]
    [InlineData("{ never: Much }")]
    public void Run_ValueExpected_ShowsTheRowsThatGiveIt(string expectation, params string[] rows) =>
        Assert.Equal(rows, Shown("a: 55, v: P", "", expectation));

    [Fact]
    public void Run_ValueOtherThanExpected_ShowsNothing() => Assert.Empty(Shown("a: 55, v: P", "", "{ value: total, is: 3, at: 5 s }"));

    [Fact]
    public void Run_PartsMissing_ShowsOnlyTheRowsThatHold() =>
        Assert.Equal(["a_points: a between 51 and 60: 1"], Shown("a: 55", "", "{ value: total, is: 1 to 4, at: 5 s }"));

    [Fact]
    public void Run_OtherTableInItsPlace_ShowsTheRowsOfThatOne() =>
        Assert.Equal(
            ["a_other: a >= 51 and o is on: 1"],
            Shown("a: 55, o: on", "patient: { tags: [other] }\n", "{ value: a_points, is: 1, at: 5 s }"));

    private static IEnumerable<string> Shown(string given, string patient, string expectation) =>
        ScenarioTests.Run(Rules, [new RuleFile("x.test.yaml", $"scenario: X\n{patient}given: {{ {given} }}\nexpect: [{expectation}]\n")])
            .Coverage.Where(item => item.Kind == CoverageKind.ScoreRow && item.IsCovered).Select(item => item.Name);
}
