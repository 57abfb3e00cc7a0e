using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

public class MissingTests
{
    private static readonly RuleSet Missing = TestRules.Load("""
        version: 1
        population: adults
        rules:
          - { alert: X, when: a is missing, kind: technical, priority: low, message: "No A for {age a}" }
          - { alert: Y, when: a > 100 and c > 5, priority: low, message: "A {a}, C {c}" }
        """);

    [Fact]
    public void IsMissing_LastValuePlusMissingAfter_BecomesTrueExactlyThen()
    {
        var ward = new TestWard(Missing, "a").Read(7, ("a", 50)).Tick(66.999);
        Assert.Empty(ward.Said());
        ward.Tick(70);
        Assert.Equal(["67 X active"], ward.Said());
        Assert.Equal("No A for 1 min", ward.Output[0].Message);
        ward.Read(71, ("a", 50));
        Assert.Equal(["71 X ended"], ward.Said());
    }

    [Fact]
    public void IsMissing_NeverHeard_CountsFromAdmission()
    {
        var ward = new TestWard(Missing, "a").Tick(100);
        Assert.Equal(["60 X active"], ward.Said());
    }

    [Fact]
    public void IsMissing_NotMonitored_IsNeverTrue()
    {
        var ward = new TestWard(Missing).Read(0, ("a", 50)).Tick(1000);
        Assert.Empty(ward.Said());
    }

    [Fact]
    public void IsMissing_ReadingAtExactlyThatTime_IsNotMissing()
    {
        var ward = new TestWard(Missing, "a").Read(0, ("a", 50)).Read(60, ("a", 50)).Tick(100);
        Assert.Empty(ward.Said());
    }

    [Fact]
    public void IsMissing_NoValuesOnly_CountAsAbsent()
    {
        var ward = new TestWard(Missing, "a").Read(0, ("a", 50));
        for (var second = 1; second < 100; second++)
        {
            ward.Read(second, ("a", second % 2 == 0 ? 0 : double.NaN));
        }

        Assert.Equal(["60 X active"], ward.Said());
    }

    [Fact]
    public void IsMissing_QuestionableValues_CountAsHeard()
    {
        var ward = new TestWard(Missing, "a").Read(0, ("a", 50)).Read(50, ("a", 500)).Tick(109);
        Assert.Empty(ward.Said());
    }

    [Fact]
    public void IsMissing_LateReading_DoesNotReset()
    {
        var ward = new TestWard(Missing, "a").Read(0, ("a", 50)).ReadLate(30, 95, ("a", 50)).Tick(100);
        Assert.Equal(["60 X active"], ward.Said());
    }

    [Fact]
    public void Monitored_SignalAddedLater_IsWaitedForFromThenOn()
    {
        var ward = new TestWard(Missing).Tick(500).Monitor(500, "a").Tick(559.9);
        Assert.Empty(ward.Said());
        ward.Tick(560);
        Assert.Equal(["560 X active"], ward.Said());
    }

    [Fact]
    public void Monitored_SignalTakenAway_EndsTheAlert()
    {
        var ward = new TestWard(Missing, "a").Tick(60).Monitor(70);
        Assert.Equal(["60 X active", "70 X ended"], ward.Said());
    }

    [Fact]
    public void ValidFor_SignalWithoutMissingAfter_BecomesUnknownExactlyThen()
    {
        var ward = new TestWard(Missing).Read(0, ("c", 6)).Read(90, ("a", 110)).Tick(99.9);
        Assert.Equal(["90 Y active"], ward.Said());
        ward.Tick(100);
        Assert.Equal(["100 Y active update unverified"], ward.Said());
        Assert.Equal("A 110, C --", ward.Output[1].Message);
    }

    [Fact]
    public void SignalWithoutAnyTime_NeverGoesOutOfDate()
    {
        var ward = new TestWard(TestRules.Rule("when: d > 5 and a > 100")).Read(0, ("d", 6)).Tick(1e6).Read(1e6, ("a", 110));
        Assert.Equal(["1000000 X active"], ward.Said());
    }

    [Fact]
    public void WaitAnew_AfterAnOutage_NothingIsMissingForTheTimeBefore()
    {
        var ward = new TestWard(Missing, "a").Read(0, ("a", 50)).SaveAndRestore();
        ward.Engine.WaitAnew(TestWard.At(3600));
        ward.Tick(3659.9);
        Assert.Empty(ward.Said());
        ward.Tick(3660);
        Assert.Equal(["3660 X active"], ward.Said());
    }

    [Fact]
    public void Gap_InAStream_NeverClears()
    {
        var ward = new TestWard(TestRules.Rule("when: a > 100", "clear when: not a > 95"), "a").Read(0, ("a", 110)).Tick(10_000);
        Assert.Equal(["0 X active", "60 X active update unverified"], ward.Said());
    }
}
