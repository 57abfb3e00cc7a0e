using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

/// <summary>At least some of several, alerts that ask for alerts, alerts that hold others back, and rules that are not for everybody.</summary>
public class AlertsOfAlertsTests
{
    private static readonly RuleSet TwoOfThree = new RuleSetBuilder().Rule("X", "at least 2 of (a > 100, b > 100, c > 5)").Build();

    [Fact]
    public void AtLeast_EnoughHold_IsRaisedAndNamesThem()
    {
        var ward = new TestWard(TwoOfThree).Read(0, ("a", 110)).Read(1, ("c", 6));
        Assert.Equal(["1 X active"], ward.Said());
        Assert.Equal("A 110 % > 100 %, C 6.0 > 5.0", ward.Output[0].Reason);
    }

    [Fact]
    public void AtLeast_TooFewCanStillHold_IsFalse()
    {
        var ward = new TestWard(TwoOfThree).Read(0, ("a", 110), ("c", 6)).Read(1, ("a", 90));
        Assert.Equal(["0 X active", "1 X active update unverified"], ward.Said());
        ward.Read(2, ("b", 50));
        Assert.Equal(["2 X ended"], ward.Said());
    }

    [Fact]
    public void AlertActive_RaisedAndClearing_IsTrueAndPendingIsNot()
    {
        var rules = new RuleSetBuilder()
            .Rule("Both", "alert \"A high\" is active and b > 100")
            .Rule(new RuleText("A high", "a > 100", 5) { ClearAfter = 10 })
            .Build();
        var ward = new TestWard(rules).Read(0, ("a", 110), ("b", 110)).Tick(5);
        Assert.Equal(["0 A high pending", "5 A high active", "5 Both active"], ward.Said());
        ward.Read(6, ("a", 90)).Tick(15.9);
        Assert.Equal(["6 A high clearing"], ward.Said());
        ward.Tick(16);
        Assert.Equal(["16 A high ended", "16 Both ended"], ward.Said());
    }

    [Fact]
    public void AlertActive_UnverifiedAlert_MakesTheAskingOneUnverified()
    {
        var rules = new RuleSetBuilder().Rule("A high", "a > 100").Rule("Asks", "alert \"A high\" is active").Build();
        var ward = new TestWard(rules).Read(0, ("a", 110)).Read(1, ("a", 300));
        Assert.Equal(
            ["0 A high active", "0 Asks active", "1 A high active update unverified", "1 Asks active update unverified"], ward.Said());
        Assert.Equal("A high is unverified", ward.Output[3].Reason);
        ward.Read(2, ("a", 90));
        Assert.Equal(["2 A high ended", "2 Asks ended"], ward.Said());
    }

    [Fact]
    public void AlertActive_IsNot_IsTrueFromTheStart()
    {
        var ward = new TestWard(new RuleSetBuilder().Rule("A high", "a > 100").Rule("Calm", "alert \"A high\" is not active").Build()).Read(1, ("a", 110));
        Assert.Equal(["0 Calm active", "1 A high active", "1 Calm ended"], ward.Said());
    }

    [Fact]
    public void SuppressedBy_BeginsAndEnds_IsToldAsAnUpdate()
    {
        var rules = new RuleSetBuilder()
            .Rule(new RuleText("Low", "a > 100") { SuppressedBy = ["Very", "Other"] })
            .Rule("Other", "b > 100")
            .Rule("Very", "a > 150")
            .Build();
        var ward = new TestWard(rules).Read(0, ("a", 110)).Read(1, ("a", 160)).Read(2, ("b", 110)).Read(3, ("a", 110));
        Assert.Equal(
            [
                "0 Low active medium", "1 Very active medium", "1 Low active update medium by Very", "2 Other active medium", "2 Low active update medium by Other",
                "3 Very ended medium",
            ],
            ward.SaidInFull());
        Assert.Equal("suppressed by Very", ward.Output[2].Reason);
        ward.Read(4, ("b", 90));
        Assert.Equal(["4 Other ended medium", "4 Low active update medium"], ward.SaidInFull());
        Assert.Equal("no longer suppressed", ward.Output[^1].Reason);
    }

    [Fact]
    public void SuppressedBy_AtTheRaise_IsToldWithIt()
    {
        var rules = new RuleSetBuilder().Rule(new RuleText("Low", "a > 100") { SuppressedBy = ["Very"] }).Rule("Very", "a > 150").Build();
        Assert.Equal(["0 Very active medium", "0 Low active medium by Very"], new TestWard(rules).Read(0, ("a", 160)).SaidInFull());
    }

    [Fact]
    public void OnlyIn_OtherWard_IsNotRaised()
    {
        var rules = new RuleSetBuilder().Rule(new RuleText("X", "a > 100") { OnlyIn = new Applicability(["Dialysis"], [], []) }).Rule("Y", "alert \"X\" is active").Build();
        Assert.Empty(new TestWard(rules).Read(0, ("a", 110)).Said());
        Assert.Equal(["0 X active", "0 Y active"], new TestWard(rules, new PatientProfile("p1", "Dialysis", [], [])).Read(0, ("a", 110)).Said());
    }

    [Fact]
    public void OnlyIn_PatientLeavesTheWard_AlertEndsAndComesBackWithTheWard()
    {
        var rules = new RuleSetBuilder().Rule(new RuleText("X", "a > 100") { OnlyIn = new Applicability(["ICU"], [], [Population.Adult]) }).Rule("Y", "alert \"X\" is active").Build();
        var adult = new PatientProfile("p1", "ICU", [], []) { Population = Population.Adult };
        var ward = new TestWard(rules, adult).Read(0, ("a", 110)).Set(5, adult with { Ward = "Home" });
        Assert.Equal(["0 X active", "0 Y active", "5 X ended", "5 Y ended"], ward.Said());
        Assert.Equal("not for this patient any more", ward.Output[2].Reason);
        ward.Set(6, adult).Set(7, adult with { Population = Population.Pregnant });
        Assert.Equal(["6 X active", "6 Y active", "7 X ended", "7 Y ended"], ward.Said());
    }

    [Fact]
    public void Limits_SiteWardTagAndPatient_TheMostSpecificCounts()
    {
        var rules = new RuleSetBuilder()
            .Limit("high", 100, 90, 180)
            .Override(OverrideScope.Tag, ["athlete"], "high", 140)
            .Override(OverrideScope.Ward, ["ICU"], "high", 120)
            .Override(OverrideScope.Ward, ["ICU", "HDU"], "high", 130)
            .Override(OverrideScope.Site, [], "high", 110)
            .Rule("X", "a > limit high")
            .Build();
        var plain = new PatientProfile("p1", "Home", [], []);
        Assert.Equal(110, HighestWithout(rules, plain));
        Assert.Equal(130, HighestWithout(rules, plain with { Ward = "ICU" }));
        Assert.Equal(140, HighestWithout(rules, plain with { Ward = "ICU", Tags = ["athlete"] }));
        Assert.Equal(150, HighestWithout(rules, plain with { Tags = ["athlete"], Limits = [new PatientLimit("high", 150, "Dr. A")] }));
        Assert.Equal(110, HighestWithout(rules, plain with { Limits = [new PatientLimit("high", 181, "Dr. A"), new PatientLimit("low", 20, "Dr. A")] }));
    }

    [Fact]
    public void Limit_SetForThePatientWhilePending_CountsAtOnce()
    {
        var rules = new RuleSetBuilder().Limit("high", 100).Rule("X", "a > limit high", 15).Build();
        var profile = new PatientProfile("p1", "ICU", [], []);
        var ward = new TestWard(rules, profile).Read(0, ("a", 110)).Set(5, profile with { Limits = [new PatientLimit("high", 120, "Dr. A")] });
        Assert.Equal(["0 X pending", "5 X ended"], ward.Said());
        ward.Set(6, profile with { Limits = [new PatientLimit("high", 105, "Dr. A")] }).Tick(21);
        Assert.Equal(["6 X pending", "21 X active"], ward.Said());
        Assert.Equal("A 110 % > limit 105 % for 15 s", ward.Output[^1].Reason);

        // Another limit under which the condition goes on to hold changes nothing.
        ward.Set(22, profile with { Limits = [new PatientLimit("high", 106, "Dr. A")] });
        Assert.Empty(ward.Said());
    }

    private static double HighestWithout(RuleSet rules, PatientProfile profile)
    {
        var ward = new TestWard(rules, profile);
        for (var value = 91; value < 200; value++)
        {
            ward.Read(value, ("a", value));
            if (ward.Output.Count > 0)
            {
                return value - 1;
            }
        }

        return double.NaN;
    }
}
