using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>docs/rule-semantics.md, "A signal's value", "Numbers" and "Conditions": one scenario for each paragraph, for both engines.</summary>
public class ValueSemanticsTests
{
    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void LateAndOutOfOrder_ChangeNoPresentValueButWindows(string engine)
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            rules:
              - { alert: Now, when: a > 100, priority: low, message: x }
              - { alert: Window, when: "highest(a, 5 min) > 100", priority: low, message: x }
            """);
        Assert.Equal(["101 Window active low"], new SemanticsWard(engine, rules).Read(100, ("a", 90)).ReadAt(101, 162, ("a", 110)).Said());
        Assert.Equal(["100 Window active low"], new SemanticsWard(engine, rules).Read(100, ("a", 90)).ReadAt(99, 101, ("a", 110)).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Duplicate_IsIgnored_AnotherValueTakesItsPlace(string engine)
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            rules:
              - { alert: Two, when: "count(a, 5 min) >= 2", priority: low, message: x }
              - { alert: High, when: "average(a, 5 min) > 100", priority: low, message: x }
              - { alert: Once, when: "lowest(a, 5 min) < 60", priority: low, message: x }
            """);
        var ward = new SemanticsWard(engine, rules).Read(0, ("a", 50)).Read(0, ("a", 50));
        Assert.Equal(["0 Once active low"], ward.Said());
        Assert.Equal(["0 High active low"], ward.Read(0, ("a", 120)).Said());
        Assert.Equal(["1 Two active low"], ward.Read(1, ("a", 120)).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void NoValue_ChangesNothing_ButIsNoValueAndMissing(string engine)
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            rules:
              - { alert: High, when: a > 100, for: 10 s, priority: low, message: x }
              - { alert: Nothing, when: a is no value, priority: low, message: x }
              - { alert: Missing, when: a is missing, priority: low, message: x }
            """);
        Assert.Equal(
            ["0 High pending low", "5 Nothing active low", "10 High active low", "60 High active update low unverified", "60 Missing active low", "65 Nothing active update low unverified"],
            new SemanticsWard(engine, rules, SemanticsWard.Patient("a")).Read(0, ("a", 110)).Read(5, ("a", 0)).Tick(200).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Limit_MostSpecificScope_Wins(string engine)
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            limits: { low: { value: 50, allowed: 20 to 90 } }
            overrides:
              - { for: { tag: t1 }, limits: { low: 70 } }
              - { for: { ward: ICU }, limits: { low: 60 } }
            rules:
              - { alert: X, when: a < limit low, priority: low, message: x }
            """);
        var plain = SemanticsWard.Patient();
        Assert.Equal(["0 X active low"], new SemanticsWard(engine, rules, plain with { Tags = ["t1"] }).Read(0, ("a", 69)).Said());
        Assert.Equal([], new SemanticsWard(engine, rules, plain).Read(0, ("a", 69)).Said());
        Assert.Equal(["0 X active low"], new SemanticsWard(engine, rules, plain).Read(0, ("a", 59)).Said());
        Assert.Equal([], new SemanticsWard(engine, rules, plain with { Limits = [new PatientLimit("low", 40, "x")] }).Read(0, ("a", 59)).Said());
        Assert.Equal(["0 X active low"], new SemanticsWard(engine, rules, plain with { Limits = [new PatientLimit("low", 95, "x")] }).Read(0, ("a", 59)).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Arithmetic_UnknownOrNotFinite_IsUnknown(string engine)
    {
        var ward = new SemanticsWard(engine, TestRules.Rule("when: a / (b - 50) > 0 or not a / (b - 50) > 0"));
        Assert.Empty(ward.Read(0, ("a", 100)).Read(1, ("b", 50)).Said());
        Assert.Equal(["2 X active medium"], ward.Read(2, ("b", 60)).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Derived_ValidFor_CountsFromItsOldestInput(string engine) =>
        Assert.Equal(
            ["40 X active medium", "50 X active update medium unverified"],
            new SemanticsWard(engine, Derive("x: { value: d + a, valid for: 50 s }", "when: x > 100")).Read(0, ("d", 60)).Read(40, ("a", 60)).Tick(90).Said());

    [Theory]
    [InlineData(Engines.Oracle, 35.04, 3)]
    [InlineData(Engines.Engine, 35.04, 3)]
    [InlineData(Engines.Oracle, 35.05, 1)]
    [InlineData(Engines.Engine, 35.05, 1)]
    [InlineData(Engines.Oracle, 36.05, 0)]
    [InlineData(Engines.Engine, 36.05, 0)]
    public void Score_Input_IsRoundedHalfUpInDecimal(string engine, double value, int points)
    {
        var rules = Derive("x: { score: { d: { \"<= 35.0\": 3, \"35.1 to 36.0\": 1, \">= 36.1\": 0 } }, round: 0.1 }", $"when: x = {points}");
        Assert.Equal(["0 X active medium"], new SemanticsWard(engine, rules).Read(0, ("d", value)).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Sum_PartMissingOrOld_IsAnInterval(string engine)
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            derive:
              x: { score: { a: { "<= 50": 3, "51 to 60": 1, ">= 61": 0 } }, round: 1, valid for: 30 s }
              y: { score: { d: { "<= 50": 2, ">= 51": 0 } }, round: 1 }
              z: { add: [x, y] }
            rules:
              - { alert: Low, when: z <= 1, priority: low, message: x }
              - { alert: High, when: z >= 3, clear when: z <= 2, priority: high, message: x }
            """);
        var ward = new SemanticsWard(engine, rules).Read(0, ("d", 60)).Tick(1);
        Assert.Empty(ward.Said());
        Assert.Equal(["2 Low active low"], ward.Read(2, ("a", 60)).Said());

        // x is 30 s old: z lies between 0 and 3 again, which ends nothing.
        Assert.Equal(["32 Low active update low unverified"], ward.Tick(40).Said());
        Assert.Equal(["41 Low ended low", "41 High active high"], ward.Read(41, ("a", 40)).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Score_SeveralInputs_TheFirstRowThatHoldsCounts(string engine)
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            derive:
              x:
                round: 1
                score:
                  - { d: "<= 87", points: 1 }
                  - { d: "88 to 92", points: 0 }
                  - { d: ">= 93", o: is off, points: 0 }
                  - { d: "93 to 96", points: 2 }
                  - { d: ">= 97", points: 3 }
            rules:
              - { alert: None, when: x = 0, priority: low, message: x }
              - { alert: Three, when: x = 3, priority: low, message: x }
            """);
        var ward = new SemanticsWard(engine, rules).Read(0, ("d", 98));
        Assert.Empty(ward.Said());
        Assert.Equal(["1 None active low"], ward.Read(1, ("o", 0)).Said());
        Assert.Equal(["2 None ended low", "2 Three active low"], ward.Read(2, ("o", 1)).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Use_PutsAnotherDerivedSignalInItsPlace(string engine)
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            overrides: [ { for: { tag: t1 }, use: { x: y } } ]
            derive:
              x: { score: { a: { "<= 50": 3, ">= 51": 0 } }, round: 1 }
              y: { score: { a: { "<= 60": 3, ">= 61": 0 } }, round: 1 }
            rules:
              - { alert: X, when: x >= 3, priority: low, message: x }
            """);
        Assert.Empty(new SemanticsWard(engine, rules).Read(0, ("a", 55)).Said());
        Assert.Equal(["0 X active low"], new SemanticsWard(engine, rules, SemanticsWard.Patient() with { Tags = ["t1"] }).Read(0, ("a", 55)).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Window_PaneGoes_AtExactlyItsInstant(string engine)
    {
        // 58 s are held in 30 panes of 2 s: what was measured at 1 s belongs to pane 0, which goes at 60 s.
        var rules = TestRules.Rule("when: \"count(a, 58 s) >= 1\"");
        Assert.Equal(["1 X active medium", "60 X ended medium"], new SemanticsWard(engine, rules).Read(1, ("a", 50)).Tick(100).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void RiseAndFall_PresentValueAgainstTheWindow(string engine)
    {
        var rules = TestRules.Rule("when: \"rise(a, 58 s) >= 30 or fall(a, 58 s) >= 30\"", "clear when: a < 95");
        Assert.Equal(
            ["2 X active medium", "3 X ended medium"],
            new SemanticsWard(engine, rules).Read(0, ("a", 70)).Read(1, ("a", 99)).Read(2, ("a", 100)).Read(3, ("a", 90)).Said());
        Assert.Equal(["1 X active medium"], new SemanticsWard(engine, rules).Read(0, ("a", 150)).Read(1, ("a", 120)).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Window_NewWithTheRules_HasSeenNothing(string engine)
    {
        var shorter = TestRules.Rule("when: \"lowest(a, 58 s) < 60\"");
        var longer = TestRules.Rule("when: \"lowest(a, 116 s) < 60\"");
        var ward = new SemanticsWard(engine, shorter).Read(0, ("a", 50)).Load(1, longer);
        Assert.Equal(["0 X active medium", "1 X active update medium unverified"], ward.Said());
        Assert.Equal(["2 X ended medium"], ward.Read(2, ("a", 70)).Said());

        // The same window goes on if the same is kept of the values: the least ones, for `lowest` and `rise`.
        var same = new SemanticsWard(engine, shorter).Read(0, ("a", 50)).Read(0.5, ("a", 70)).Load(1, TestRules.Rule("when: \"rise(a, 58 s) > 15\"", "clear when: a < 60"));
        Assert.Equal(["0 X active medium", "1 X active update medium"], same.Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void AtLeast_FollowsKleene(string engine)
    {
        var ward = new SemanticsWard(engine, TestRules.Rule("when: at least 2 of (a > 100, b > 100, d > 100)")).Read(0, ("a", 110)).Read(1, ("d", 90));
        Assert.Empty(ward.Said());
        Assert.Equal(["2 X active medium"], ward.Read(2, ("b", 110)).Said());
        Assert.Equal(["3 X ended medium"], ward.Read(3, ("a", 90)).Said());
    }

    private static RuleSet Derive(string derived, params string[] lines) =>
        TestRules.Load(TestRules.File(lines).Replace("rules:", $"derive:\n  {derived}\nrules:", StringComparison.Ordinal));
}
