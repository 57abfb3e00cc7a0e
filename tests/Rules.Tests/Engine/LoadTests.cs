using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

/// <summary>What becomes of alerts when the rules change.</summary>
public class LoadTests
{
    private static readonly RuleSet Before = Rules("when: a > 100", "for: 15 s", "clear when: a <= 95");

    [Fact]
    public void Load_UnchangedRule_PendingKeepsItsBeginning()
    {
        var ward = new TestWard(Before).Read(0, ("a", 110)).Load(Rules("when: a > 100", "for: 15 s", "clear when: a <= 95"), 10).Tick(20);
        Assert.Equal(["0 X pending", "15 X active"], ward.Said());
    }

    [Fact]
    public void Load_OtherSpellingOfTheSameRule_IsUnchanged()
    {
        var ward = new TestWard(Before).Read(0, ("a", 110)).Load(Rules("when: (a  > limit hundred)", "for: 0.25 min", "clear when: a <= limit hundred - 5"), 10);
        Assert.Equal(["0 X pending"], ward.Said()[..1]);
        ward.Tick(20);
        // `limit hundred - 5` is not folded into 95: the rule counts as changed and pending begins anew. That errs on the safe side.
        Assert.Equal(TestWard.At(10), ward.Output[1].Since);
    }

    [Fact]
    public void Load_OtherMessageKindOrLatch_GoesOn()
    {
        var ward = new TestWard(Before).Read(0, ("a", 110)).Tick(15).Load(Rules("when: a > 100", "for: 15 s", "clear when: a <= 95", "kind: physiological", "latch: true"), 16).Read(17, ("a", 90));
        Assert.Equal(["0 X pending", "15 X active", "17 X ended"], ward.Said());
    }

    [Fact]
    public void Load_OtherPriority_IsToldAsAnUpdate()
    {
        var ward = new TestWard(Before).Read(0, ("a", 110)).Tick(15).Load(Rules("when: a > 100", "for: 15 s", "clear when: a <= 95", "priority: high"), 16);
        Assert.Equal(["0 X pending", "15 X active", "16 X active update"], ward.Said());
        Assert.Equal(("priority changed from medium to high", AlertPriority.High), (ward.Output[2].Reason, ward.Output[2].Rule.Priority));
    }

    [Fact]
    public void Load_ChangedRule_PendingBeginsAnewIfItHolds()
    {
        var ward = new TestWard(Before).Read(0, ("a", 110)).Load(Rules("when: a > 105", "for: 20 s"), 10).Tick(59);
        Assert.Equal(["0 X pending", "10 X pending update", "30 X active"], ward.Said());
        Assert.Equal(("rule changed", TestWard.At(10)), (ward.Output[1].Reason, ward.Output[1].Since));
    }

    [Fact]
    public void Load_ChangedRuleWithoutDelay_PendingBecomesActive()
    {
        var ward = new TestWard(Before).Read(0, ("a", 110)).Load(Rules("when: a > 105"), 10);
        Assert.Equal(["0 X pending", "10 X active"], ward.Said());
    }

    [Fact]
    public void Load_ChangedRule_PendingThatDoesNotHoldEnds()
    {
        var ward = new TestWard(Before).Read(0, ("a", 110)).Load(Rules("when: a > 115", "for: 15 s"), 10).Tick(60);
        Assert.Equal(["0 X pending", "10 X ended"], ward.Said());
    }

    [Fact]
    public void Load_ChangedRule_ActiveStaysUntilTheNewClearCondition()
    {
        var ward = new TestWard(Before).Read(0, ("a", 110)).Tick(15).Load(Rules("when: a > 120", "clear when: a <= 100"), 16).Read(17, ("a", 101)).Read(18, ("a", 100));
        Assert.Equal(["0 X pending", "15 X active", "16 X active update", "18 X ended"], ward.Said());
        Assert.Equal("rule changed", ward.Output[2].Reason);
    }

    [Fact]
    public void Load_ChangedRule_ActiveEndsAtOnceIfTheNewClearConditionHolds()
    {
        var ward = new TestWard(Before).Read(0, ("a", 110)).Tick(15).Load(Rules("when: a > 120"), 16);
        Assert.Equal(["0 X pending", "15 X active", "16 X active update", "16 X ended"], ward.Said());
    }

    [Fact]
    public void Load_ChangedRule_ActiveOnAMissingSignalStays()
    {
        var ward = new TestWard(Before, "a").Read(0, ("a", 110)).Tick(100).Load(Rules("when: a > 120"), 101);
        Assert.Equal(["0 X pending", "15 X active", "60 X active update unverified", "101 X active update unverified"], ward.Said());
    }

    [Fact]
    public void Load_ChangedLimit_IsAChangedRule()
    {
        var before = TestRules.Load(TestRules.File("when: a > limit high", "for: 15 s").Replace("rules:", "limits: { high: 100 }\nrules:", StringComparison.Ordinal));
        var after = TestRules.Load(TestRules.File("when: a > limit high", "for: 15 s").Replace("rules:", "limits: { high: 120 }\nrules:", StringComparison.Ordinal));
        var ward = new TestWard(before).Read(0, ("a", 110)).Load(after, 5);
        Assert.Equal(["0 X pending", "5 X ended"], ward.Said());
    }

    [Fact]
    public void Load_ChangedDerivedSignal_IsAChangedRule()
    {
        var before = TestRules.Load(TestRules.File("when: t > 100").Replace("rules:", "derive: { t: 2 * a }\nrules:", StringComparison.Ordinal));
        var after = TestRules.Load(TestRules.File("when: t > 100").Replace("rules:", "derive: { t: 1.5 * a }\nrules:", StringComparison.Ordinal));
        var ward = new TestWard(before).Read(0, ("a", 60)).Load(after, 5);
        Assert.Equal(["0 X active", "5 X active update", "5 X ended"], ward.Said());
    }

    [Fact]
    public void Load_RemovedRule_EndsWithThatReasonAndItsOldRule()
    {
        var other = TestRules.Load(TestRules.File("when: a > 100").Replace("alert: X", "alert: Y", StringComparison.Ordinal));
        var ward = new TestWard(Before).Read(0, ("a", 110)).Tick(15).Load(other, 16);
        Assert.Equal(["0 X pending", "15 X active", "16 X ended", "16 Y active"], ward.Said());
        Assert.Equal(("rule removed", Before.Rules[0]), (ward.Output[2].Reason, ward.Output[2].Rule));
        var pending = new TestWard(Before).Read(0, ("a", 110)).Load(other, 5);
        Assert.Equal(["0 X pending", "5 X ended", "5 Y active"], pending.Said());
    }

    [Fact]
    public void Load_NewRule_BeginsNow()
    {
        var ward = new TestWard(Rules("when: b > 100")).Read(0, ("a", 110)).Load(Before, 7).Tick(59);
        Assert.Equal(["7 X pending", "22 X active"], ward.Said());
    }

    [Fact]
    public void Load_OtherMissingAfter_CountsFromTheLastValue()
    {
        var shorter = TestRules.Load(TestRules.File("when: a is missing"), TestRules.Signals.Replace("missing after: 60 s", "missing after: 20 s", StringComparison.Ordinal));
        var longer = TestRules.Load(TestRules.File("when: a is missing"), TestRules.Signals.Replace("missing after: 60 s", "missing after: 200 s", StringComparison.Ordinal));
        var ward = new TestWard(TestRules.Rule("when: a is missing"), "a").Read(0, ("a", 80)).Load(shorter, 10).Tick(50);
        Assert.Equal(["20 X active"], ward.Said());
        ward.Load(longer, 60).Tick(199);
        Assert.Equal(["60 X ended"], ward.Said());
        ward.Tick(200);
        Assert.Equal(["200 X active"], ward.Said());
    }

    [Fact]
    public void Load_SignalsInAnotherOrder_ValuesAndDecodersStayRight()
    {
        var swapped = """
            version: 1
            signals:
              b: { name: B, plausible: 10 to 200 }
              a: { name: A, plausible: 10 to 200 }
            """;
        var ward = new TestWard(Before).Read(0, ("a", 110), ("b", 20));
        var old = ward.Reading(1, 1, [], [("a", 111)]);
        ward.Load(TestRules.Load(TestRules.File("when: a > 100", "for: 15 s", "clear when: a <= 95"), swapped), 5);
        ward.Engine.Ingest(ward.Handle, old, []);
        Assert.Equal([("b", 20), ("a", 111)], ward.Engine.LatestValues("p1").Select(value => (value.Signal.Id, value.Value)));
        ward.Tick(15);
        Assert.Equal(["0 X pending", "15 X active"], ward.Said());
    }

    [Fact]
    public void RemovePatient_AlertsStand_EndWithTheReason()
    {
        var ward = new TestWard(Before).Read(0, ("a", 110)).Tick(15).Remove(20);
        Assert.Equal(["0 X pending", "15 X active", "20 X ended"], ward.Said());
        Assert.Equal("discharged", ward.Output[2].Reason);
        ward.Remove(21).Tick(1000);
        Assert.Empty(ward.Said());
        Assert.Empty(ward.Engine.LatestValues("p1"));
    }

    [Fact]
    public void ResetPatient_ValuesAndTimers_AreForgotten()
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            rules:
              - { alert: X, when: a > 100, for: 15 s, priority: low, message: x }
              - { alert: M, kind: technical, when: a is missing, priority: low, message: x }
            """);
        var ward = new TestWard(rules, "a").Read(0, ("a", 110)).Reset(10).Tick(69.9);
        Assert.Equal(["0 X pending", "10 X ended"], ward.Said());
        Assert.Equal("another device", ward.Output[1].Reason);
        Assert.Empty(ward.Engine.LatestValues("p1"));
        ward.Tick(70);
        Assert.Equal(["70 M active"], ward.Said());
    }

    [Fact]
    public void SetPatient_BeforeAnyRules_IsTakenIntoTheFirstOnes()
    {
        var engine = new RuleEngine();
        var output = new List<AlertTransition>();
        var handle = engine.SetPatient(new PatientProfile("p1", "ICU", [], ["a"]), TestWard.At(0), output);
        engine.Ingest(handle, new TestWard(Before).Reading(1, 1, [], [("a", 110)]), output);
        engine.Advance(TestWard.At(5), output);
        engine.Load(TestRules.Rule("when: a is missing"), TestWard.At(10), output);
        engine.Advance(TestWard.At(70), output);
        Assert.Equal(TestWard.At(70), Assert.Single(output).Time);
    }

    private static RuleSet Rules(params string[] lines) =>
        TestRules.Load(TestRules.File(lines).Replace("rules:", "limits: { hundred: 100 }\nrules:", StringComparison.Ordinal));
}
