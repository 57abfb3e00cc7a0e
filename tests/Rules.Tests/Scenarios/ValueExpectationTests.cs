using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Scenarios;

/// <summary>What a scenario expects of signals, derived signals and scores.</summary>
public class ValueExpectationTests
{
    private static readonly RuleSet Rules = TestRules.Load("""
        version: 1
        population: adults
        overrides:
          - { for: { tag: half }, use: { twice: half } }
        derive:
          twice: { value: 2 * a, unit: "%" }
          half: { value: a / 2 }
          third: { value: c / 3 }
          a_points: { score: { a: { "<= 50": 3, "51 to 60": 1, ">= 61": 0 } }, round: 1 }
          v_points: { score: { v: { is A: 0, is not A: 3 } } }
          total: { add: [a_points, v_points] }
        rules:
          - { alert: Much, when: total >= 5, priority: low, message: "{total}" }
        """);

    [Theory]
    [InlineData("", "a: 55", "{ value: a, is: 55, at: 0 s }")]
    [InlineData("", "a: 55", "{ value: a, is: 55 %, at: 10 s }")]
    [InlineData("", "a: 55", "{ value: twice, is: 110, at: 10 s }")]
    [InlineData("patient: { tags: [half] }\n", "a: 55", "{ value: twice, is: 27.5, at: 10 s }")]
    [InlineData("", "c: 20", "{ value: third, is: 6.67, at: 10 s }")]
    [InlineData("", "a: 55, v: P", "{ value: total, is: 4, at: 10 s }")]
    [InlineData("", "a: 55", "{ value: total, is: 1 to 4, at: 10 s }")]
    [InlineData("", "v: A", "{ value: v, is: A, at: 10 s }")]
    [InlineData("", "o: on", "{ value: o, is: on, at: 10 s }")]
    [InlineData("", "a: 55", "{ value: c, is: unknown, at: 10 s }")]
    [InlineData("", "a: 55 for 10 s", "{ value: a, is: 55, at: 68 s }")]
    [InlineData("", "a: 55 for 10 s", "{ value: a, is: unknown, at: 69 s }")]
    [InlineData("", "a: \"55 for 10 s, no value for 20 s\"", "{ value: a, is: 55, at: 30 s }")]
    public void Run_ValueAsExpected_Passes(string patient, string given, string expectation) =>
        Played.Passes(Rules, $"scenario: X\n{patient}given: {{ {given} }}\nexpect: [{expectation}]\n");

    [Theory]
    [InlineData("{ value: a, is: 54, at: 5 s }", "`a` to be 54 % at 5 s", "it was 55 %")]
    [InlineData("{ value: total, is: 4, at: 5 s }", "`total` to be 4 at 5 s", "it was 1 to 4")]
    [InlineData("{ value: total, is: 1 to 3, at: 5 s }", "`total` to be 1 to 3 at 5 s", "it was 1 to 4")]
    [InlineData("{ value: v, is: A, at: 5 s }", "`v` to be A at 5 s", "it was unknown")]
    [InlineData("{ value: a, is: unknown, at: 5 s }", "`a` to be unknown at 5 s", "it was 55 %")]
    public void Run_AnotherValue_SaysWhatItWas(string expectation, string expected, string found)
    {
        var miss = Played.Misses(Rules, $"scenario: X\ngiven: {{ a: 55 for 20 s }}\nexpect:\n  - {expectation}\n");
        Assert.Equal((4, expected, found), (miss.Line, miss.Expected, miss.Found));
        Assert.StartsWith("TIME   a  ", miss.TimeLine, StringComparison.Ordinal);
        Assert.Contains(" 5 s  55  ", miss.TimeLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ExpectsOnlyValues_CountsThem() =>
        Assert.Equal(1, Assert.Single(Played.Report(Rules, "scenario: X\ngiven: { a: 55 }\nexpect: [{ value: a, is: 55, at: 5 s }]\n").Scenarios).Expectations);

    [Theory]
    [InlineData("{ value: totl, is: 4, at: 5 s }", "there is no signal or derived signal named 'totl'", "did you mean `total`?")]
    [InlineData("{ value: total, at: 5 s }", "does not say what the value is", "is: 7")]
    [InlineData("{ value: total, is: 4 }", "`value` needs a time", "at: 3 min")]
    [InlineData("{ value: total, is: 4, at: 5 }", "a duration needs a unit", "5 s")]
    [InlineData("{ value: total, is: four, at: 5 s }", "'four' is no value of total", "a range such as `5 to 9`")]
    [InlineData("{ value: total, is: 4 to 1, at: 5 s }", "the range is empty", "smaller number first")]
    [InlineData("{ value: a, is: 50 to 60, at: 5 s }", "only a score can be a range", "one value")]
    [InlineData("{ value: v, is: X, at: 5 s }", "'X' is no value of v", "A, C, V, P, U")]
    [InlineData("{ value: o, is: 1, at: 5 s }", "'1' is no value of o", "`on`, `off` or `unknown`")]
    [InlineData("{ value: a, is: 5 bpm, at: 5 s }", "'5 bpm' is no value of a", "write a number")]
    [InlineData("{ value: a, is: 5, at: 5 s, priority: low }", "'priority' is not something `value` can have", "value, is, at")]
    public void Run_Mistake_IsToldWithWhatToDo(string expectation, string message, string help)
    {
        var report = Played.Report(Rules, $"scenario: X\ngiven: {{ a: 55 }}\nexpect: [{expectation}]\n");
        var mistake = Assert.Single(report.Diagnostics);
        Assert.Equal((3, true), (mistake.Line, mistake.IsError));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.Contains(help, mistake.Help, StringComparison.Ordinal);
        Assert.Empty(report.Scenarios);
    }
}
