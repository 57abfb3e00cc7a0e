using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Scenarios;

/// <summary>A rule that is not for the scenario's patient: the report says so.</summary>
public class OtherPatientsTests
{
    private static readonly RuleSet Rules = TestRules.Load("""
        version: 1
        population: adults
        rules:
          - { alert: Adults, only in: { population: adults }, when: a > 100, priority: low, message: "{a}" }
          - { alert: Dialysis, only in: { ward: [Dialysis], tag: [one, two] }, when: a > 100, priority: low, message: "{a}" }
        """);

    [Theory]
    [InlineData("{ population: unknown }", "Adults", "population unknown")]
    [InlineData("{ population: children }", "Adults", "population children")]
    [InlineData("{ ward: ICU, tags: [one] }", "Dialysis", "ward ICU")]
    [InlineData("{ tags: [three] }", "Dialysis", "no ward, no tag one or two")]
    public void Run_RuleForOthers_SaysWhy(string patient, string alert, string why)
    {
        var miss = Played.Misses(Rules, $"scenario: X\npatient: {patient}\ngiven: {{ a: 110 for 10 s }}\nexpect: [{{ raised: {alert} }}]\n");
        Assert.Equal($"it was never raised; this rule is not for this patient: {why}", miss.Found);
    }

    [Theory]
    [InlineData("", "Adults")]
    [InlineData("patient: { ward: Dialysis, tags: [two] }\n", "Dialysis")]
    public void Run_RuleForThePatient_IsRaised(string patient, string alert) =>
        Played.Passes(Rules, $"scenario: X\n{patient}given: {{ a: 110 for 10 s }}\nexpect: [{{ raised: {alert} }}]\n");

    [Fact]
    public void Run_RuleForOthers_NeverIsMet() =>
        Played.Passes(Rules, "scenario: X\npatient: { population: unknown }\ngiven: { a: 110 for 10 s }\nexpect: [{ never: Adults }]\n");
}
