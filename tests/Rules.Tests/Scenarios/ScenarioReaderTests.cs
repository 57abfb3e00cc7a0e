using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Scenarios;

public class ScenarioReaderTests
{
    private static readonly RuleSet Rules = TestRules.Load("""
        version: 1
        population: adults
        rules:
          - { alert: A high, when: a > 100, for: 15 s, priority: medium, message: "{a}" }
        """);

    [Theory]
    [InlineData("", 1, 1, "the file is empty", "scenario")]
    [InlineData("- a\n", 1, 1, "this is no scenario file", "scenario")]
    [InlineData("scenario: X\ngivn: { a: 1 }\nexpect: [{ never: A high }]\n", 2, 1, "'givn' is not something a scenario can have", "did you mean `given`?")]
    [InlineData("given: { a: 1 }\nexpect: [{ never: A high }]\n", 1, 1, "a scenario needs its name", "scenario")]
    [InlineData("scenario: X\nexpect: [{ never: A high }]\n", 1, 1, "`given` says what each signal does", "given")]
    [InlineData("scenario: X\ngiven: { every: 1 s }\nexpect: [{ never: A high }]\n", 2, 8, "no signal is given", "97 for 1 min")]
    [InlineData("scenario: X\ngiven: { a: 1 }\n", 1, 1, "a scenario that expects nothing cannot fail", "never")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: []\n", 3, 9, "a scenario that expects nothing cannot fail", "never")]
    [InlineData("scenario: X\ngiven: { alfa: 1 }\nexpect: [{ never: A high }]\n", 2, 10, "there is no signal named 'alfa'", "derived")]
    [InlineData("scenario: X\ngiven: { a: 1, alpha: 2 }\nexpect: [{ never: A high }]\n", 2, 16, "'alpha' is a, which is given already", "one course")]
    [InlineData("scenario: X\ngiven:\n  a: 97 for 30 s, 88 for 12\nexpect: [{ never: A high }]\n", 3, 26, "a duration needs a unit", "12 s")]
    [InlineData("scenario: X\ngiven: { a: 1, every: 5 }\nexpect: [{ never: A high }]\n", 2, 23, "a duration needs a unit", "5 s")]
    [InlineData("scenario: X\ngiven: { a: 1, every: 0 s }\nexpect: [{ never: A high }]\n", 2, 23, "without any time between them", "1 s")]
    [InlineData("scenario: X\ngiven: { a: { every: 1 s } }\nexpect: [{ never: A high }]\n", 2, 13, "says nothing of the signal's course", "every")]
    [InlineData("scenario: X\ngiven: { a: 1 for 3 d }\nexpect: [{ never: A high }]\n", 1, 11, "a scenario lasts at most 2 d", "backtest")]
    [InlineData("scenario: X\ngiven: { a: 1 for 1 d, every: 10 ms }\nexpect: [{ never: A high }]\n", 1, 11, "sends at most 500000 values", "every")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ never: A hih }]\n", 3, 19, "there is no alert named 'A hih'", "did you mean `A high`?")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ raisd: A high }]\n", 3, 10, "an expectation has one of", "did you mean `raised`?")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ raised: A high, never: A high }]\n", 3, 28, "an expectation has one of", "one expectation for each")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ raised: A high, at: 15 }]\n", 3, 32, "a duration needs a unit", "15 s")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ raised: A high, at: 15 s .. 20 }]\n", 3, 40, "a duration needs a unit", "20 s")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ raised: A high, at: 25 s .. 20 s }]\n", 3, 32, "the range is empty", "earlier")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ raised: A high, at: 1 s, within: 2 s }]\n", 3, 45, "both say when", "one of them")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ active: A high }]\n", 3, 10, "`active` needs a time", "at: 3 min")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ active: A high, at: 1 s, priority: hi }]\n", 3, 47, "`priority` is low or medium or high", null)]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ never: A high, at: 1 s }]\n", 3, 27, "'at' is not something `never` can have", "before")]
    [InlineData("scenario: X\npatient: { wrad: ICU }\ngiven: { a: 1 }\nexpect: [{ never: A high }]\n", 2, 12, "'wrad' is not something the patient can have", "did you mean `ward`?")]
    [InlineData("scenario: X\npatient: { population: old }\ngiven: { a: 1 }\nexpect: [{ never: A high }]\n", 2, 24, "`population` is unknown or adults or children or pregnant", null)]
    [InlineData("scenario: X\npatient: { limits: { low: x } }\ngiven: { a: 1 }\nexpect: [{ never: A high }]\n", 2, 27, "'x' is not a number", "plain number")]
    [InlineData("scenarios: {}\n", 1, 12, "`scenarios` wants a list", "scenario")]
    [InlineData("scenarios: [ { scenario: X } ]\nexpect: []\n", 2, 1, "'expect' is not something a file with a list of scenarios can have", null)]
    public void Run_Mistake_IsToldWithItsPlaceAndWhatToDo(string text, int line, int column, string message, string? help)
    {
        var report = ScenarioTests.Run(Rules, [new RuleFile("x.test.yaml", text)]);
        var mistake = report.Diagnostics.First(diagnostic => diagnostic.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal(("x.test.yaml", line, column, true), (mistake.File, mistake.Line, mistake.Column, mistake.IsError));
        Assert.Contains(help ?? "", mistake.Help ?? "", StringComparison.Ordinal);
        Assert.False(report.IsPassed);
    }

    [Fact]
    public void Run_OneBadScenarioOfTwo_PlaysTheOther()
    {
        var report = ScenarioTests.Run(Rules, [new RuleFile("x.test.yaml", """
            scenarios:
              - scenario: good
                given: { a: 110 for 20 s }
                expect: [{ raised: A high, at: 15 s }]
              - scenario: bad
                given: { b: 110 for 20 }
                expect: [{ raised: A high, at: 15 s }]
            """)]);
        Assert.Single(report.Diagnostics);
        Assert.Equal("good", Assert.Single(report.Scenarios).Name);
        Assert.False(report.IsPassed);
    }
}
