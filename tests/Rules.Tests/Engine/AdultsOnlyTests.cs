using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

/// <summary>A patient who is without a score because of the age is told to be.</summary>
public class AdultsOnlyTests
{
    private static readonly RuleSet Shipped = RuleSetLoader.Load(ShippedRules.Files).Rules!;

    [Theory]
    [InlineData(Population.Unknown, "NEWS2 off: age unknown")]
    [InlineData(Population.Child, "NEWS2 off: child")]
    [InlineData(Population.Pregnant, "NEWS2 off: pregnant")]
    [InlineData(Population.Adult, null)]
    public void ScoresOffFor_ShippedRules_NamesNews2AndWhy(Population population, string? expected) =>
        Assert.Equal(expected, Shipped.ScoresOffFor(Patient(population)));

    [Fact]
    public void ScoresOffFor_RulesOfOtherWardsAndTrials_AreNotMissed()
    {
        var rules = Load("""
            - { alert: Elsewhere, only in: { population: adults, ward: W2 }, when: a < 90, priority: low, message: x }
            - { alert: Tried, only in: { population: adults }, shadow: true, when: a < 90, priority: low, message: x }
            - { alert: Technical, only in: { population: adults }, kind: technical, when: a is missing, priority: low, message: x }
            - { alert: Of children, only in: { population: children }, when: a < 90, priority: low, message: x }
            - { alert: Of both, only in: { population: [adults, unknown] }, when: a < 90, priority: low, message: x }
            """);
        Assert.Null(rules.ScoresOffFor(Patient(Population.Unknown)));
        Assert.Equal("Of both off: child", rules.ScoresOffFor(Patient(Population.Child)));
        Assert.Null(Load("- { alert: X, when: a < 90, priority: low, message: x }").ScoresOffFor(Patient(Population.Child)));
    }

    [Fact]
    public void ScoresOffFor_RulesWithoutScores_AreNamedByTheirAlerts()
    {
        var rules = Load("""
            - { alert: First, only in: { population: adults }, when: a < 90, priority: low, message: x }
            - { alert: Second, only in: { population: adults }, when: b < 90, priority: low, message: x }
            - { alert: Third, only in: { population: adults }, when: c < 90, priority: low, message: x }
            - { alert: Fourth, only in: { population: adults }, when: d < 90, priority: low, message: x }
            """);
        Assert.Equal("First, Second, Third and 1 more off: age unknown", rules.ScoresOffFor(Patient(Population.Unknown)));
    }

    [Fact]
    public void Explain_ScoreOfAdultsForAPatientOfUnknownAge_SaysWhyItIsOff()
    {
        var engine = new RuleEngine();
        engine.Load(Shipped, TestWard.At(0), []);
        engine.SetPatient(Patient(Population.Unknown), TestWard.At(0), []);
        Assert.Equal(["not for this patient (`only in`); NEWS2 off: age unknown"], engine.Explain("p1", "NEWS2 urgent")!.Notes);
        Assert.Empty(engine.Explain("p1", "SpO2 low")!.Notes);
    }

    private static PatientProfile Patient(Population population) => new("p1", "W1", [], []) { Population = population };

    private static RuleSet Load(string rules) =>
        TestRules.Load($"version: 1\npopulation: adults\nrules:\n  - {{ alert: Always, when: a > 200, priority: low, message: x }}\n{string.Concat(rules.Split('\n').Select(line => $"  {line.Trim()}\n"))}");
}
