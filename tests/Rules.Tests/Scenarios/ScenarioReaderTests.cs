using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Scenarios;

public class ScenarioReaderTests
{
    private static readonly RuleSet Rules = TestRules.Load("""
        version: 1
        population: adults
        limits: { low: { value: 50, allowed: 40 to 60 } }
        rules:
          - { alert: A high, when: a > 100, for: 15 s, priority: medium, message: "{a}" }
          - { alert: B high, when: b > 100, priority: medium, escalate: [{ not acknowledged in: 2 min, notify: charge nurse }], message: "{b}" }
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
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ ended: A high, at: 5 s }]\n", 3, 10, "an expectation has one of", "did you mean `cleared`?")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ at: 5 s, fired: A high }]\n", 3, 10, "an expectation has one of", "did you mean `raised`?")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ acknowledged: A high, at: 5 s }]\n", 3, 10, "an expectation has one of", "`acknowledge` stands beside `given`")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ A high: raised }]\n", 3, 10, "escalated, re-alarmed, pending, value", "write for example")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ escalated: A high, at: 5 s }]\n", 3, 10, "needs to say who is told", "to: charge nurse")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ escalated: A high, to: nurse }]\n", 3, 35, "'A high' is not escalated to 'nurse'", "the rule has no `escalate`")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ escalated: B high, to: charge nures }]\n", 3, 35, "'B high' is not escalated to 'charge nures'", "did you mean `charge nurse`?")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ raised: A high, told: yes }]\n", 3, 34, "`told` is true or false", "write `true`")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ latched: A high }]\n", 3, 10, "`latched` needs a time", "at: 3 min")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nacknowledge: A high\nexpect: [{ never: A high }]\n", 3, 14, "`acknowledge` wants a list", "at: 70 s")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nacknowledge: [A high]\nexpect: [{ never: A high }]\n", 3, 15, "this acknowledges nothing", "at: 70 s")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nacknowledge: [{ alert: A hih, at: 5 s }]\nexpect: [{ never: A high }]\n", 3, 24, "there is no alert named 'A hih'", "did you mean `A high`?")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nacknowledge: [{ alert: A high }]\nexpect: [{ never: A high }]\n", 3, 15, "does not say when", "at: 70 s")]
    [InlineData("scenario: X\ngiven: { a: 1 }\nacknowledge: [{ at: 5 s }]\nexpect: [{ never: A high }]\n", 3, 15, "does not say which alert", "at: 70 s")]
    [InlineData("scenario: &x X\n", 1, 11, "a scenario file has no anchors", "quotes")]
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
    [InlineData("scenario: X\npatient: { limits: { lwo: 50 } }\ngiven: { a: 1 }\nexpect: [{ never: A high }]\n", 2, 22, "there is no limit named 'lwo'", "did you mean `low`?")]
    [InlineData("scenario: X\npatient: { limits: { low: 61 } }\ngiven: { a: 1 }\nexpect: [{ never: A high }]\n", 2, 27, "low may be set from 40 to 60", "test.yaml:3")]
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

    [Theory]
    [InlineData("expect: [{ raised: A high, at: 15 }]")]
    [InlineData("expect: [{ raised: A high }, { ended: A high }]")]
    [InlineData("acknowledge: [{ alert: A high }]\n    expect: [{ raised: A high }]")]
    public void Run_OneBadScenarioOfTwo_PlaysOnlyTheOther(string bad)
    {
        var report = Played.Report(Rules, $$"""
            scenarios:
              - scenario: good
                given: { a: 110 for 20 s }
                expect: [{ raised: A high, at: 15 s }]
              - scenario: bad
                given: { a: 110 for 20 s }
                {{bad.Replace("\n", "\n    ", StringComparison.Ordinal).Replace("        expect", "    expect", StringComparison.Ordinal)}}
            """);
        Assert.Single(report.Diagnostics);
        Assert.Equal("good", Assert.Single(report.Scenarios).Name);
        Assert.False(report.IsPassed);
        Assert.Contains("2 scenarios: 1 passed, 0 failed, 1 could not be played.", Played.Text(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scenario: [\n", 1)]
    [InlineData("", 1)]
    [InlineData("- a\n", 1)]
    [InlineData("scenario: X\ngiven: { a: 1 }\nexpect: [{ ended: A high }]\n", 1)]
    [InlineData("more: 1\nscenarios:\n  - { scenario: X, given: { a: 1 }, expect: [{ never: A high }] }\n  - { scenario: Y, given: { a: 1 }, expect: [{ never: A high }] }\n", 2)]
    public void Run_NothingPlayable_SaysHowMany(string text, int unplayable)
    {
        var report = Played.Report(Rules, text);
        Assert.Equal((unplayable, 0), (report.Unplayable, report.Scenarios.Length));
        Assert.Contains($"0 passed, 0 failed, {unplayable} could not be played.", Played.Text(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Files_TellsTheMistakesWithoutPlaying()
    {
        Assert.Empty(ScenarioTests.Check(Rules, [new RuleFile("x.test.yaml", "scenario: X\ngiven: { a: 1 }\nexpect: [{ raised: A high }]\n")]));
        var mistake = Assert.Single(ScenarioTests.Check(Rules, [new RuleFile("x.test.yaml", "scenario: X\ngiven: { a: 1 }\nexpect: [{ ended: A high }]\n")]));
        Assert.Equal((3, "R113"), (mistake.Line, mistake.Code));
    }
}
