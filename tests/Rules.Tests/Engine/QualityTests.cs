using IoTGateway.Readings;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

public class QualityTests
{
    private static readonly RuleSet High = TestRules.Rule("when: a > 100", "clear when: a <= 95");
    private static readonly RuleSet HighFor = TestRules.Rule("when: a > 100", "for: 15 s");
    private static readonly RuleSet ReadsNothing = TestRules.Load("""
        version: 1
        population: adults
        rules:
          - { alert: X, when: a is no value, for: 5 s, priority: high, message: "nothing ({a} before)" }
        """);

    [Theory]
    [InlineData(double.NaN, Quality.NoValue)]
    [InlineData(0, Quality.NoValue)]
    [InlineData(-5, Quality.NoValue)]
    [InlineData(-100, Quality.NoValue)]
    [InlineData(-999, Quality.NoValue)]
    [InlineData(8388607, Quality.NoValue)]
    [InlineData(9.9, Quality.Questionable)]
    [InlineData(10, Quality.Valid)]
    [InlineData(200, Quality.Valid)]
    [InlineData(200.1, Quality.Questionable)]
    [InlineData(double.PositiveInfinity, Quality.Questionable)]
    public void SignalJudge_Number_FollowsTheCatalogue(double value, Quality expected) =>
        Assert.Equal(expected, SignalJudge.Judge(High.Catalogue.Find("a")!, value));

    [Fact]
    public void NoValue_WhilePending_NeitherCancelsNorCompletesEarlier()
    {
        var ward = new TestWard(HighFor).Read(0, ("a", 110)).Read(5, ("a", 0)).Read(10, ("a", double.NaN)).Tick(20);
        Assert.Equal(["0 X pending", "15 X active"], ward.Said());
    }

    [Fact]
    public void NoValue_WhileActive_DoesNotClear()
    {
        var ward = new TestWard(High).Read(0, ("a", 110)).Read(5, ("a", 0));
        Assert.Equal(["0 X active"], ward.Said());
    }

    [Fact]
    public void NoValue_Newest_IsShownAsSuch()
    {
        var ward = new TestWard(High).Read(0, ("a", 110)).Read(5, ("a", 0));
        var latest = Assert.Single(ward.Engine.LatestValues("p1"));
        Assert.Equal((0, Quality.NoValue, TestWard.At(5)), (latest.Value, latest.Quality, latest.Time));
    }

    [Fact]
    public void LatestValues_AfterGoingMissing_KeepTheNewest()
    {
        var ward = new TestWard(High, "a").Read(0, ("a", 80)).Tick(1000);
        Assert.Equal(80, Assert.Single(ward.Engine.LatestValues("p1")).Value);
        Assert.Empty(ward.Engine.LatestValues("nobody"));
    }

    [Fact]
    public void Questionable_True_RaisesUnverified()
    {
        var ward = new TestWard(High).Read(0, ("a", 250));
        Assert.Equal(["0 X active unverified"], ward.Said());
        ward.Read(1, ("a", 150));
        Assert.Equal(["1 X active update"], ward.Said());
    }

    [Fact]
    public void Questionable_False_NeverClears()
    {
        var ward = new TestWard(High).Read(0, ("a", 110)).Read(1, ("a", 5));
        Assert.Equal(["0 X active", "1 X active update unverified"], ward.Said());
        Assert.Equal("A 5 % is questionable", ward.Output[1].Reason);
        ward.Read(2, ("a", 90));
        Assert.Equal(["2 X ended"], ward.Said());
    }

    [Fact]
    public void Questionable_FalseWithoutClearWhen_NeverClears()
    {
        var ward = new TestWard(TestRules.Rule("when: a > 100")).Read(0, ("a", 110)).Read(1, ("a", 5));
        Assert.Equal(["0 X active", "1 X active update unverified"], ward.Said());
    }

    [Fact]
    public void Questionable_FalseWhilePending_DropsIt()
    {
        var ward = new TestWard(HighFor).Read(0, ("a", 110)).Read(1, ("a", 5)).Tick(30);
        Assert.Equal(["0 X pending", "1 X ended"], ward.Said());
    }

    [Fact]
    public void Questionable_WhileClearing_StopsTheClearing()
    {
        var ward = new TestWard(TestRules.Rule("when: a > 100", "clear after: 10 s")).Read(0, ("a", 110)).Read(1, ("a", 90)).Read(5, ("a", 5)).Tick(60);
        Assert.Equal(["0 X active", "1 X clearing", "5 X active unverified"], ward.Said()[..3]);
    }

    [Fact]
    public void Questionable_BesideADecidingTrustedValue_DoesNotTaint()
    {
        var ward = new TestWard(TestRules.Rule("when: a > 100 or b > 100")).Read(0, ("a", 110), ("b", 5));
        Assert.Equal(["0 X active"], ward.Said());
    }

    [Fact]
    public void IsNoValue_DeclaredNumberForLongEnough_Raises()
    {
        var ward = new TestWard(ReadsNothing).Read(0, ("a", 80)).Read(10, ("a", 0)).Read(12, ("a", -1)).Tick(20);
        Assert.Equal(["10 X pending", "15 X active"], ward.Said());
        Assert.Equal("nothing (80 before)", ward.Output[1].Message);
        Assert.Equal("A -1 % is no value for 5 s", ward.Output[1].Reason);
        ward.Read(21, ("a", 80));
        Assert.Equal(["21 X ended"], ward.Said());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-100)]
    [InlineData(-999)]
    [InlineData(8388607)]
    public void IsNoValue_NullOrProbeOffCode_StartsNothingAndClearsNothing(double value)
    {
        var ward = new TestWard(ReadsNothing).Read(0, ("a", value)).Tick(20);
        Assert.Empty(ward.Said());
        ward.Read(30, ("a", 0)).Tick(40).Read(41, ("a", value));
        Assert.Equal(["30 X pending", "35 X active", "41 X active update unverified"], ward.Said());
    }

    [Theory]
    [InlineData("leads off")]
    [InlineData("LEADS-OFF")]
    [InlineData("ECG leads_off (RA)")]
    public void IsNoValue_DeviceSaysLeadsOff_IsHeldBack(string alarm)
    {
        var ward = new TestWard(ReadsNothing).Read(0, [alarm], ("a", 0)).Tick(20);
        Assert.Empty(ward.Said());
    }

    [Fact]
    public void IsNoValue_LeadsOffWhilePending_DropsIt()
    {
        var ward = new TestWard(ReadsNothing).Read(0, ("a", 0)).Read(3, ["leads off"], ("b", 50)).Tick(20);
        Assert.Equal(["0 X pending", "3 X ended"], ward.Said());
    }

    [Fact]
    public void IsNoValue_OtherDeviceAlarm_DoesNotHoldBack()
    {
        var ward = new TestWard(ReadsNothing).Read(0, ["asystole"], ("a", 0)).Tick(20);
        Assert.Equal(["0 X pending", "5 X active"], ward.Said());
    }

    [Fact]
    public void IsNoValue_DeviceFallsSilent_StaysActiveUnverified()
    {
        var ward = new TestWard(ReadsNothing).Read(0, ("a", 0)).Tick(500);
        Assert.Equal(["0 X pending", "5 X active", "60 X active update unverified"], ward.Said());
    }

    [Fact]
    public void SameTimeOtherValue_TheLaterOneWins()
    {
        var ward = new TestWard(High).Read(0, ("a", 90)).Read(0, ("a", 110));
        Assert.Equal(["0 X active"], ward.Said());
        Assert.Equal(110, ward.Engine.LatestValues("p1")[0].Value);
    }
}
