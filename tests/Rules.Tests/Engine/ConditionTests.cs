using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

/// <summary>What conditions mean, seen from outside: an alert without delay is raised exactly while its condition is definitely true.</summary>
public class ConditionTests
{
    [Theory]
    [InlineData("a < 50", 49.9, true)]
    [InlineData("a < 50", 50, false)]
    [InlineData("a <= 50", 50, true)]
    [InlineData("a > 50", 50, false)]
    [InlineData("a >= 50 %", 50, true)]
    [InlineData("a = 50", 50, true)]
    [InlineData("a != 50", 50, false)]
    [InlineData("50 > a", 49, true)]
    [InlineData("a between 50 and 60", 50, true)]
    [InlineData("a between 50 and 60", 60, true)]
    [InlineData("a between 50 and 60", 60.1, false)]
    [InlineData("not a between 50 and 60", 60.1, true)]
    [InlineData("a + 10 * 2 > 69", 50, true)]
    [InlineData("(a + 10) * 2 > 69", 50, true)]
    [InlineData("a - 10 - 5 = 35", 50, true)]
    [InlineData("a / 4 / 5 = 2.5", 50, true)]
    [InlineData("-a < -49", 50, true)]
    [InlineData("(- a) - 1 = -51", 50, true)]
    [InlineData("a < 10 or a > 40 and a < 60", 50, true)]
    [InlineData("(a < 60 or a > 40) and a < 50", 50, false)]
    [InlineData("not a < 50 and a < 60", 50, true)]
    [InlineData("not (a < 50 and a < 60)", 50, true)]
    [InlineData("a < limit low + 2", 51, true)]
    [InlineData("a < limit low", 51, false)]
    [InlineData("a is not missing", 51, true)]
    [InlineData("a is missing", 51, false)]
    [InlineData("a is no value", 51, false)]
    [InlineData("a is not no value", 51, true)]
    public void When_OneSignal_IsRaisedExactlyIfItHolds(string condition, double value, bool expected)
    {
        var rules = TestRules.Load(TestRules.File($"when: {condition}").Replace("rules:", "limits: { low: 50 }\nrules:", StringComparison.Ordinal));
        var ward = new TestWard(rules).Read(1, ("a", value));
        Assert.Equal(expected, ward.Output.Any(transition => transition.State == AlertState.Active));
    }

    [Theory]
    [InlineData("v is A", 'A', true)]
    [InlineData("v is not A", 'A', false)]
    [InlineData("v is not A", 'P', true)]
    [InlineData("o is on", 1, true)]
    [InlineData("o is on", 2.5, true)]
    [InlineData("o is off", 0, true)]
    [InlineData("o is not on", 0, true)]
    public void When_LetterOrSwitch_IsRaisedExactlyIfItHolds(string condition, double value, bool expected)
    {
        var signal = condition[..1];
        var ward = new TestWard(TestRules.Rule($"when: {condition}")).Read(1, (signal, value));
        Assert.Equal(expected, ward.Output.Count == 1);
    }

    // Kleene: b is never heard here. T is a > 100 (true), F is a > 120 (false), U is b > 0 (unknown).
    [Theory]
    [InlineData("a > 100 and b > 0", false)]
    [InlineData("a > 100 or b > 0", true)]
    [InlineData("b > 0 or a > 100", true)]
    [InlineData("not b > 0", false)]
    [InlineData("not (a > 120 and b > 0)", true)]
    [InlineData("not (b > 0 and a > 120)", true)]
    [InlineData("not (a > 120 or b > 0)", false)]
    [InlineData("not (a > 100 and b > 0)", false)]
    [InlineData("a > b", false)]
    [InlineData("a != b", false)]
    [InlineData("not a = b", false)]
    [InlineData("a between 0 and b", false)]
    [InlineData("not a between 120 and b", true)]
    [InlineData("a + b > 0", false)]
    [InlineData("a / (a - 110) > 0", false)]
    [InlineData("not a / (a - 110) > 0", false)]
    [InlineData("v is not A", false)]
    [InlineData("b is not no value or a > 100", true)]
    public void When_SomethingUnknown_FollowsKleene(string condition, bool expected)
    {
        var signals = TestRules.Signals.Replace("plausible: 10 to 200, missing", "plausible: 10 to 200, no value: \"<= 0\", missing", StringComparison.Ordinal);
        var ward = new TestWard(TestRules.Load(TestRules.File($"when: {condition}"), signals)).Read(1, ("a", 110));
        Assert.Equal(expected, ward.Output.Count == 1);
    }

    [Fact]
    public void Derived_ArithmeticOfTwoSignals_FollowsItsInputs()
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            derive:
              third: { value: double_d / 2 + a, name: Third, decimals: 1 }
              double_d: d * 2
            rules:
              - { alert: X, when: third > 100, priority: low, message: "{third}" }
            """);
        var ward = new TestWard(rules).Read(0, ("d", 30)).Read(1, ("a", 60));
        Assert.Empty(ward.Said());
        ward.Read(2, ("d", 45.26));
        Assert.Equal(["2 X active"], ward.Said());
        Assert.Equal(("105.26", "Third 105.26 > 100.0"), (ward.Output[0].Message, ward.Output[0].Reason));
        ward.Read(3, ("a", 50));
        Assert.Equal(["3 X ended"], ward.Said());
    }

    [Fact]
    public void Derived_ValidFor_CountsFromItsOldestInput()
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            derive:
              sum: { value: d + a, valid for: 50 s }
            rules:
              - { alert: X, when: sum > 100, priority: low, message: "{sum}, {age sum} old" }
            """);
        var ward = new TestWard(rules).Read(0, ("d", 60)).Read(40, ("a", 60)).Tick(49.9);
        Assert.Equal(["40 X active"], ward.Said());
        Assert.Equal("120, 40 s old", ward.Output[0].Message);
        ward.Read(49.9, ("a", 60)).Tick(50);
        Assert.Equal(["50 X active update unverified"], ward.Said());
        ward.Read(51, ("a", 61));
        Assert.Empty(ward.Said());
        ward.Read(52, ("d", 60));
        Assert.Equal(["52 X active update"], ward.Said());
    }

    [Fact]
    public void Derived_OneInputQuestionable_RaisesUnverified()
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            derive: { sum: a + d }
            rules:
              - { alert: X, when: sum > 100, priority: low, message: "{sum}" }
            """);
        var ward = new TestWard(rules).Read(0, ("d", 60), ("a", 300));
        Assert.Equal(["0 X active unverified"], ward.Said());
        ward.Read(1, ("a", 10));
        Assert.Equal(["1 X ended"], ward.Said());
    }

    [Fact]
    public void Message_ValuesLimitsLettersAndBraces_AreFilledIn()
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            limits: { low: 50.5 }
            rules:
              - { alert: X, when: a < limit low, priority: low, message: "A {a} of {limit low}, {a * 2 + 1}, {v}, {o}, {c}, {age c}, {{braces}}" }
            """);
        var ward = new TestWard(rules).Read(0, ("c", 37.25)).Read(90, ("a", 50.46), ("v", 'P'), ("o", 1));
        Assert.Equal("A 50.5 of 50.5, 101.9, P, on, 37.25, 1 min 30 s, {braces}", Assert.Single(ward.Output).Message);
        Assert.Equal(("50.46 %", "50.5 %", "A 50.46 % < limit 50.5 %"), (ward.Output[0].Value, ward.Output[0].Limit, ward.Output[0].Reason));
        Assert.Equal(50.46, ward.Output[0].Number);
    }

    [Fact]
    public void Reason_OneOfSeveral_NamesTheOneThatDecided()
    {
        var ward = new TestWard(TestRules.Rule("when: a > 150 or b > 100 and not c < 5")).Read(0, ("a", 90), ("b", 120), ("c", 6));
        Assert.Equal("B 120 bpm > 100 bpm", Assert.Single(ward.Output).Reason);
    }
}
