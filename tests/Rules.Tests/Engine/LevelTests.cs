using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

/// <summary>Several levels of one alert.</summary>
public class LevelTests
{
    private static readonly RuleSet Low = new RuleSetBuilder()
        .Rule(new RuleText("X", (AlertPriority.Medium, "a < 90", 15), (AlertPriority.High, "a < 80", 3)) { ClearWhen = "a >= 92", ClearAfter = 10 })
        .Build();

    [Fact]
    public void Pending_BothHold_IsToldWithTheMostUrgentThatWaits()
    {
        var ward = new TestWard(Low).Read(0, ("a", 70)).Tick(2.999);
        Assert.Equal(["0 X pending high"], ward.SaidInFull());
        ward.Tick(3);
        Assert.Equal(["3 X active high"], ward.SaidInFull());
        Assert.Equal("A 70 % < 80 % for 3 s", ward.Output[1].Reason);
    }

    [Fact]
    public void Pending_HigherLevelJoins_IsNotToldUntilItIsReached()
    {
        var ward = new TestWard(Low).Read(0, ("a", 85)).Read(5, ("a", 75)).Tick(8);
        Assert.Equal(["0 X pending medium", "8 X active high"], ward.SaidInFull());
        Assert.Equal(TestWard.At(0), ward.Output[1].Since);
    }

    [Fact]
    public void Pending_DroppedAfterAHigherLevelJoined_EndsWithThePriorityTold()
    {
        var ward = new TestWard(Low).Read(0, ("a", 85)).Read(5, ("a", 75)).Read(6, ("a", 95)).Tick(60);
        Assert.Equal(["0 X pending medium", "6 X ended medium"], ward.SaidInFull());
    }

    [Fact]
    public void Active_HigherLevelReached_IsAnUpdateOfTheSameEpisode()
    {
        var ward = new TestWard(Low).Read(0, ("a", 85)).Tick(15).Read(20, ("a", 75)).Tick(22.9);
        Assert.Equal(["0 X pending medium", "15 X active medium"], ward.SaidInFull());
        ward.Tick(23);
        Assert.Equal(["23 X active update high"], ward.SaidInFull());
        Assert.Equal(TestWard.At(0), ward.Output[2].Since);
    }

    [Fact]
    public void StepDown_LevelFalseForClearAfter_GoesToTheLowerLevel()
    {
        var ward = new TestWard(Low).Read(0, ("a", 75)).Tick(3).Read(10, ("a", 85)).Tick(19.9);
        Assert.Equal(["0 X pending high", "3 X active high"], ward.SaidInFull());
        ward.Tick(20);
        Assert.Equal(["20 X active update medium"], ward.SaidInFull());
        Assert.Equal("A 85 %, no longer < 80 % for 10 s", ward.Output[2].Reason);
    }

    [Fact]
    public void StepDown_LevelTrueAgainAtExactlyItsEnd_DoesNotHappen()
    {
        var ward = new TestWard(Low).Read(0, ("a", 75)).Tick(3).Read(10, ("a", 85)).Read(20, ("a", 79)).Tick(40);
        Assert.Equal(["0 X pending high", "3 X active high"], ward.SaidInFull());
    }

    [Fact]
    public void StepDown_ThenWorseAgain_WaitsForTheHigherLevelAnew()
    {
        var ward = new TestWard(Low).Read(0, ("a", 75)).Tick(3).Read(10, ("a", 85)).Read(25, ("a", 78)).Tick(60);
        Assert.Equal(["0 X pending high", "3 X active high", "20 X active update medium", "28 X active update high"], ward.SaidInFull());
    }

    [Fact]
    public void StepDown_Clearing_StopsIt()
    {
        var ward = new TestWard(Low).Read(0, ("a", 75)).Tick(3).Read(10, ("a", 85)).Read(15, ("a", 95)).Read(18, ("a", 91)).Tick(27.9);
        Assert.Equal(["0 X pending high", "3 X active high", "15 X clearing high", "18 X active high"], ward.SaidInFull());
        ward.Tick(28);
        Assert.Equal(["28 X active update medium"], ward.SaidInFull());
    }

    [Fact]
    public void StepDown_Questionable_DoesNotHappen()
    {
        var ward = new TestWard(Low).Read(0, ("a", 75)).Tick(3).Read(10, ("a", 85)).Read(15, ("a", 201)).Tick(30);
        Assert.Equal(["0 X pending high", "3 X active high", "15 X active update unverified high"], ward.SaidInFull());
        ward.Read(30, ("a", 86)).Tick(39.9);
        Assert.Equal(["30 X active update high"], ward.SaidInFull());
        ward.Tick(40);
        Assert.Equal(["40 X active update medium"], ward.SaidInFull());
    }

    [Fact]
    public void StepDown_WithoutClearAfter_HappensAtOnceToTheHighestThatHolds()
    {
        var rules = new RuleSetBuilder().Rule(new RuleText(
            "X", (AlertPriority.Low, "a < 100", 0), (AlertPriority.Medium, "a < 90 and b > 0", 0), (AlertPriority.High, "a < 80", 0))
        { ClearWhen = "a > 110" }).Build();
        var ward = new TestWard(rules).Read(0, ("a", 70), ("b", 20)).Read(1, ("a", 85)).Read(2, ("a", 105)).Read(3, ("a", 70)).Read(4, ("a", 111));
        Assert.Equal(
            ["0 X active high", "1 X active update medium", "2 X active update low", "3 X active update high", "4 X ended high"], ward.SaidInFull());
    }

    [Fact]
    public void StepDown_LowerLevelUnknown_StaysThere()
    {
        // b was never heard: whether the middle level holds is not known, and what is not known does not let an alert down further.
        var rules = new RuleSetBuilder().Rule(new RuleText(
            "X", (AlertPriority.Low, "a < 100", 0), (AlertPriority.Medium, "b > 0", 0), (AlertPriority.High, "a < 80", 0))
        { ClearWhen = "a > 110" }).Build();
        var ward = new TestWard(rules).Read(0, ("a", 70)).Read(1, ("a", 85));
        Assert.Equal(["0 X active high", "1 X active update medium"], ward.SaidInFull());
    }

    [Fact]
    public void Clear_WithoutClearWhen_WantsAllLevelsFalse()
    {
        var rules = new RuleSetBuilder().Rule(new RuleText("X", (AlertPriority.Medium, "a < 90", 0), (AlertPriority.High, "b < 50", 0))).Build();
        var ward = new TestWard(rules).Read(0, ("a", 85), ("b", 40)).Read(1, ("a", 95)).Read(2, ("b", 60));
        Assert.Equal(["0 X active high", "2 X ended high"], ward.SaidInFull());
    }

    [Fact]
    public void Clearing_LowerLevelTrueAgain_IsActiveAgainAtTheOldLevel()
    {
        var ward = new TestWard(Low).Read(0, ("a", 75)).Tick(3).Read(10, ("a", 95)).Read(12, ("a", 89)).Tick(21);
        Assert.Equal(["0 X pending high", "3 X active high", "10 X clearing high", "12 X active high"], ward.SaidInFull());
        ward.Tick(22);
        Assert.Equal(["22 X active update medium"], ward.SaidInFull());
    }

    [Fact]
    public void SeveralTimersOfOneInstant_TheHighestLevelCounts()
    {
        var rules = new RuleSetBuilder().Rule(new RuleText("X", (AlertPriority.Medium, "a < 90", 5), (AlertPriority.High, "a < 80", 5))).Build();
        var ward = new TestWard(rules).Read(0, ("a", 70)).Tick(5);
        Assert.Equal(["0 X pending high", "5 X active high"], ward.SaidInFull());
    }

    [Fact]
    public void Message_OfALevel_IsToldWhileTheAlertIsAtIt()
    {
        var ward = new TestWard(TestRules.Load("""
            version: 1
            population: adults
            rules:
              - alert: X
                levels: { medium: { when: a < 90, for: 15 s }, high: { when: a < 80, for: 3 s, message: "very low {a}" } }
                clear when: a >= 92
                message: "low {a}"
            """));
        ward.Read(0, ("a", 75)).Tick(3).Read(10, ("a", 85)).Read(20, ("a", 95));
        Assert.Equal(["pending very low 75", "active very low 75", "active low 85", "ended low 95"], ward.Output.Select(told => $"{told.State.ToString().ToLowerInvariant()} {told.Message}"));
    }

    [Fact]
    public void Message_OfTheRule_IsNotWantedWhereEachLevelHasItsOwn()
    {
        var result = TestRules.TryLoad("""
            version: 1
            population: adults
            rules:
              - alert: X
                when: a < 90
                levels: { low: { for: 5 s, message: "low {highest(a, 5 min)}" }, medium: { for: 9 s, message: medium } }
              - alert: Y
                when: a < 90
                levels: { low: { message: low }, medium: { for: 9 s } }
            """);
        var error = Assert.Single(result.Diagnostics);
        Assert.Equal((7, "this rule has no `message`"), (error.Line, error.Message));
    }
}
