using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

/// <summary>How long a condition has to hold, row by row: <c>for</c> and <c>clear after</c>.</summary>
public class ForTests
{
    private static readonly RuleSet For15 = TestRules.Rule("when: a > 100", "for: 15 s");
    private static readonly RuleSet AtOnce = TestRules.Rule("when: a > 100");
    private static readonly RuleSet ClearAfter10 = TestRules.Rule("when: a > 100", "clear when: a <= 95", "clear after: 10 s");

    [Fact]
    public void For_FalseJustBeforeItsEnd_NothingIsRaised()
    {
        var ward = new TestWard(For15);
        for (var second = 0; second <= 14; second++)
        {
            ward.Read(second, ("a", 110));
        }

        ward.Read(14.9, ("a", 90)).Tick(60);
        Assert.Equal(["0 X pending", "14.9 X ended"], ward.Said());
    }

    [Fact]
    public void For_FalseAtExactlyItsEnd_NothingIsRaised()
    {
        var ward = new TestWard(For15).Read(0, ("a", 110)).Read(15, ("a", 90)).Tick(60);
        Assert.Equal(["0 X pending", "15 X ended"], ward.Said());
    }

    [Fact]
    public void For_FalseAtExactlyItsEndAndAnotherTimerDueBefore_NothingIsRaised()
    {
        // The timer of 5 s makes the engine look at its timers before the reading of 15 s: it has to stop short of that instant.
        var ward = new TestWard(TestRules.Load("""
            version: 1
            population: adults
            rules:
              - { alert: X, when: a > 100, for: 15 s, priority: low, message: x }
              - { alert: Y, when: b > 100, for: 5 s, priority: low, message: y }
            """)).Read(0, ("a", 110), ("b", 110)).Read(15, ("a", 90)).Tick(20);
        Assert.Equal(["0 X pending", "0 Y pending", "5 Y active", "15 X ended"], ward.Said());
    }

    [Fact]
    public void For_NoFurtherSample_RaisesAtExactlyItsEnd()
    {
        var ward = new TestWard(For15).Read(0, ("a", 110)).Tick(14.999);
        Assert.Equal(["0 X pending"], ward.Said());
        ward.Tick(20);
        Assert.Equal(["15 X active"], ward.Said());
    }

    [Fact]
    public void For_StillTrueWithTheNextSampleAfterItsEnd_RaisesAtExactlyItsEnd()
    {
        var ward = new TestWard(For15).Read(0, ("a", 110)).Read(10, ("a", 111)).Read(20, ("a", 112));
        Assert.Equal(["0 X pending", "15 X active"], ward.Said());
        Assert.Equal("A 111 % > 100 % for 15 s", ward.Output[1].Reason);
    }

    [Fact]
    public void For_MissingOnTheWay_PendingIsDropped()
    {
        var rules = TestRules.Load(TestRules.File("when: a > 100", "for: 15 s"), TestRules.Signals.Replace("missing after: 60 s", "missing after: 10 s", StringComparison.Ordinal));
        var ward = new TestWard(rules, "a").Read(0, ("a", 110)).Tick(60);
        Assert.Equal(["0 X pending", "10 X ended"], ward.Said());
        Assert.Equal("A has no current value", ward.Output[1].Reason);
    }

    [Fact]
    public void For_MissingAtExactlyItsEnd_PendingIsDropped()
    {
        var rules = TestRules.Load(TestRules.File("when: a > 100", "for: 10 s"), TestRules.Signals.Replace("missing after: 60 s", "missing after: 10 s", StringComparison.Ordinal));
        var ward = new TestWard(rules, "a").Read(0, ("a", 110)).Tick(60);
        Assert.Equal(["0 X pending", "10 X ended"], ward.Said());
    }

    [Fact]
    public void For_FalseInBetween_BeginsAnew()
    {
        var ward = new TestWard(For15).Read(0, ("a", 110)).Read(5, ("a", 90)).Read(6, ("a", 110)).Tick(60);
        Assert.Equal(["0 X pending", "5 X ended", "6 X pending", "21 X active"], ward.Said()[..4]);
        Assert.Equal(TestWard.At(6), ward.Output[3].Since);
    }

    [Fact]
    public void Active_Missing_StaysActiveAndUnverified()
    {
        var ward = new TestWard(AtOnce, "a").Read(0, ("a", 110)).Tick(200);
        Assert.Equal(["0 X active", "60 X active update unverified"], ward.Said());
        ward.Read(201, ("a", 111));
        Assert.Equal(["201 X active update"], ward.Said());
    }

    [Fact]
    public void Active_FalseWithoutClearAfter_EndsAtOnce()
    {
        var ward = new TestWard(AtOnce).Read(0, ("a", 110)).Read(5, ("a", 100));
        Assert.Equal(["0 X active", "5 X ended"], ward.Said());
        Assert.Equal("A 100 %, no longer > 100 %", ward.Output[1].Reason);
    }

    [Fact]
    public void Clearing_UnknownInBetween_BeginsAnew()
    {
        // The condition looks at two signals, so that one of them can become unknown for a while.
        var rules = TestRules.Load(
            TestRules.File("when: a > 100", "clear when: a <= 95 and c < 5", "clear after: 10 s"),
            TestRules.Signals.Replace("valid for: 100 s", "valid for: 5 s", StringComparison.Ordinal));
        var ward = new TestWard(rules).Read(0, ("a", 110)).Read(20, ("a", 90), ("c", 1)).Tick(26.9).Read(27, ("c", 1)).Read(31, ("c", 1)).Read(35, ("c", 1)).Tick(60);
        Assert.Equal(["0 X active", "20 X clearing", "25 X active unverified", "27 X clearing", "37 X ended"], ward.Said());
    }

    [Fact]
    public void Clearing_FalseJustBeforeItsEnd_StaysActive()
    {
        var ward = new TestWard(ClearAfter10).Read(0, ("a", 110)).Read(20, ("a", 95)).Read(29.9, ("a", 98)).Tick(50);
        Assert.Equal(["0 X active", "20 X clearing", "29.9 X active"], ward.Said());
    }

    [Fact]
    public void Clearing_UntilItsEnd_EndsAtExactlyThen()
    {
        var ward = new TestWard(ClearAfter10).Read(0, ("a", 110)).Read(20, ("a", 95)).Read(28, ("a", 94)).Tick(50);
        Assert.Equal(["0 X active", "20 X clearing", "30 X ended"], ward.Said());
        Assert.Equal("A 94 % <= 95 % for 10 s", ward.Output[2].Reason);
    }

    [Fact]
    public void Clearing_FalseAtExactlyItsEnd_StaysActive()
    {
        var ward = new TestWard(ClearAfter10).Read(0, ("a", 110)).Read(20, ("a", 95)).Read(30, ("a", 96));
        Assert.Equal(["0 X active", "20 X clearing", "30 X active"], ward.Said());
    }

    [Fact]
    public void ForZero_True_RaisesAtTheReading()
    {
        var ward = new TestWard(AtOnce).Read(3, ("a", 101));
        Assert.Equal(["3 X active"], ward.Said());
        Assert.Equal("A 101 % > 100 %", ward.Output[0].Reason);
    }

    [Fact]
    public void LateSample_True_ChangesNothing()
    {
        var ward = new TestWard(AtOnce).Read(100, ("a", 90)).ReadLate(101, 162, ("a", 110));
        Assert.Empty(ward.Said());
        Assert.Equal(90, ward.Engine.LatestValues("p1")[0].Value);
    }

    [Fact]
    public void LateSample_OfASignalNeverHeard_ChangesNothing()
    {
        var ward = new TestWard(AtOnce).ReadLate(100, 161, ("a", 110)).Tick(500);
        Assert.Empty(ward.Said());
        Assert.Empty(ward.Engine.LatestValues("p1"));
    }

    [Fact]
    public void TwoSamplesOfOneInstant_TrueThenFalse_BothAreRecorded()
    {
        var ward = new TestWard(AtOnce).Read(10, ("a", 110)).Read(10, ("a", 90));
        Assert.Equal(["10 X active", "10 X ended"], ward.Said());
        var withFor = new TestWard(For15).Read(10, ("a", 110)).Read(10, ("a", 90)).Tick(60);
        Assert.Equal(["10 X pending", "10 X ended"], withFor.Said());
    }

    [Fact]
    public void ClockJumpsForward_TimersFireInOrderAtTheirOwnInstants()
    {
        var ward = new TestWard(TestRules.Load("""
            version: 1
            population: adults
            rules:
              - { alert: Slow, when: a > 100, for: 30 s, priority: low, message: slow }
              - { alert: Fast, when: a > 100, for: 15 s, priority: low, message: fast }
              - { alert: Gone, kind: technical, when: a is missing, for: 60 s, priority: low, message: gone }
            """), "a");
        ward.Read(0, ("a", 110)).Read(3600, ("a", 90));
        Assert.Equal(
            [
                "0 Slow pending", "0 Fast pending", "15 Fast active", "30 Slow active", "60 Slow active update unverified", "60 Fast active update unverified",
                "60 Gone pending", "120 Gone active", "3600 Slow ended", "3600 Fast ended", "3600 Gone ended",
            ],
            ward.Said());
    }

    [Fact]
    public void OutOfOrder_OlderThanTheNewest_ChangesNothing()
    {
        var ward = new TestWard(AtOnce).Read(10, ("a", 90)).Read(9.9, ("a", 110)).Tick(30);
        Assert.Empty(ward.Said());
    }

    [Fact]
    public void BehindATickThatFoundNothingDue_CountsFromItsMeasurement()
    {
        // The reading of 5 s arrives when it is 12 s already: it has held since 5 s, and the alert is raised at 20.
        var ward = new TestWard(For15).Tick(12).Read(5, ("a", 110)).Tick(19.9);
        Assert.Equal(["5 X pending"], ward.Said());
        ward.Tick(20);
        Assert.Equal(["20 X active"], ward.Said());
        Assert.Equal(TestWard.At(5), ward.Output[1].Since);
    }

    [Fact]
    public void BehindATickAtWhichSomethingWentOutOfDate_CountsFromThatInstant()
    {
        // What was known of b ended at 60 s: nothing can happen before that any more.
        var ward = new TestWard(For15).Read(0, ("b", 1)).Tick(70).Read(55, ("a", 110)).Tick(74.9);
        Assert.Equal(["60 X pending"], ward.Said());
        ward.Tick(75);
        Assert.Equal(["75 X active"], ward.Said());
    }

    [Fact]
    public void BehindTheClockAndOutOfDateAlready_StartsNothing()
    {
        // b was last known at 100 s, which is where the patient's clock stands; what was measured of a at 40 s was known until then only.
        var ward = new TestWard(AtOnce).Read(40, ("b", 1)).Tick(100).Read(40, ("a", 110));
        Assert.Empty(ward.Said());
        ward.Read(41, ("a", 110));
        Assert.Equal(["100 X active"], ward.Said());
    }

    [Fact]
    public void BehindTheClock_EndOfAnAlert_IsNeverToldBeforeItsBeginning()
    {
        var ward = new TestWard(TestRules.Rule("when: a is missing", "kind: physiological"), "a").Read(0, ("a", 90)).Tick(61);
        Assert.Equal(["60 X active"], ward.Said());
        ward.Read(58, ("a", 90));
        Assert.Equal(["60 X ended"], ward.Said());
    }

    [Fact]
    public void SameSampleAgain_ChangesNothing()
    {
        var ward = new TestWard(AtOnce).Read(0, ("a", 110));
        ward.Said();
        ward.Read(0, ("a", 110)).Read(0, ("a", 110));
        Assert.Empty(ward.Said());
    }

    [Fact]
    public void WhenAndClearWhenBothHold_StaysActive()
    {
        var ward = new TestWard(TestRules.Rule("when: a > 100", "clear when: b > 0")).Read(0, ("a", 110), ("b", 50)).Read(1, ("b", 51));
        Assert.Equal(["0 X active"], ward.Said());
        ward.Read(2, ("a", 100));
        Assert.Equal(["2 X ended"], ward.Said());
    }

    /// <summary>Rules are checked for a `clear when` that can hold beside `when`; what such a rule does all the same is what the page on semantics says.</summary>
    [Fact]
    public void ClearWhen_HoldsBesideWhen_EndsTheAlertOnlyOnceWhenIsUnknown()
    {
        var ward = new TestWard(TestRules.Rule("when: b > 100", "clear when: a >= 92"), "a", "b");
        ward.Read(0, ("b", 120), ("a", 97)).Read(50, ("a", 97)).Tick(59.999);
        Assert.Equal(["0 X active"], ward.Said());
        ward.Tick(60);
        Assert.Equal(["60 X ended"], ward.Said());
    }

    [Fact]
    public void ClearWhen_UnknownOrUntrusted_EndsNothing()
    {
        var ward = new TestWard(TestRules.Rule("when: b > 100", "clear when: a >= 92"), "a", "b");
        ward.Read(0, ("b", 120)).Tick(60).Read(70, ("a", 205)).Tick(75);
        Assert.Equal(["0 X active", "60 X active update unverified"], ward.Said());
    }
}
