using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>docs/rule-semantics.md, "Inputs and instants", "An alert" and "Other rules": one scenario for each paragraph, for both engines.</summary>
public class AlertSemanticsTests
{
    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void For_FalseJustBeforeItsEnd_NothingIsRaised(string engine)
    {
        var ward = new SemanticsWard(engine, For15);
        for (var second = 0; second <= 14; second++)
        {
            ward.Read(second, ("a", 110));
        }

        Assert.Equal(["0 X pending medium", "14.9 X ended medium"], ward.Read(14.9, ("a", 90)).Tick(59).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void For_FalseAtExactlyItsEnd_NothingIsRaised(string engine) =>
        Assert.Equal(
            ["0 X pending medium", "15 X ended medium"],
            new SemanticsWard(engine, For15).Read(0, ("a", 110)).Read(15, ("a", 90)).Tick(59).Said());

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void For_NoFurtherSample_RaisesAtExactlyItsEnd(string engine)
    {
        var ward = new SemanticsWard(engine, For15).Read(0, ("a", 110)).Tick(14.999);
        Assert.Equal(["0 X pending medium"], ward.Said());
        Assert.Equal(["15 X active medium"], ward.Tick(15).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void For_MissingOnTheWay_PendingIsDropped(string engine) =>
        Assert.Equal(
            ["50 X pending medium", "60 X ended medium"],
            new SemanticsWard(engine, Rule("when: a > 100 and b > 100", "for: 15 s")).Read(0, ("b", 110)).Read(50, ("a", 110)).Tick(100).Said());

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void For_FalseInBetween_BeginsAnew(string engine)
    {
        var ward = new SemanticsWard(engine, For15).Read(0, ("a", 110)).Read(5, ("a", 90)).Read(6, ("a", 110)).Tick(30);
        Assert.Equal(["0 X pending medium", "5 X ended medium", "6 X pending medium", "21 X active medium"], ward.Said());
        Assert.Equal(6, ward.Since);
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Active_Missing_StaysActiveUnverified(string engine) =>
        Assert.Equal(
            ["0 X active medium", "60 X active update medium unverified", "100 X active update medium"],
            new SemanticsWard(engine, AtOnce).Read(0, ("a", 110)).Tick(99).Read(100, ("a", 111)).Said());

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Active_FalseWithoutClearAfter_EndsAtOnce(string engine) =>
        Assert.Equal(["0 X active medium", "5 X ended medium"], new SemanticsWard(engine, AtOnce).Read(0, ("a", 110)).Read(5, ("a", 90)).Said());

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Clearing_UnknownInBetween_BeginsAnew(string engine) =>
        Assert.Equal(
            ["0 X active medium", "20 X clearing medium", "25 X active medium unverified", "27 X clearing medium", "37 X ended medium"],
            new SemanticsWard(engine, Rule("when: a > 100", "clear when: a <= 95 and c < 5", "clear after: 10 s"))
                .Read(0, ("a", 110)).ReadAt(-75, -75, ("c", 1)).Read(20, ("a", 90)).Tick(26).Read(27, ("c", 1)).Tick(59).Said());

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Clearing_FalseJustBeforeItsEnd_StaysActive(string engine) =>
        Assert.Equal(
            ["0 X active medium", "20 X clearing medium", "29.9 X active medium"],
            new SemanticsWard(engine, Clear10).Read(0, ("a", 110)).Read(20, ("a", 95)).Read(29.9, ("a", 98)).Tick(50).Said());

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void ForZero_TrueThenFalseAtOneInstant_BothAreTold(string engine)
    {
        Assert.Equal(["3 X active medium", "3 X ended medium"], new SemanticsWard(engine, AtOnce).Read(3, ("a", 110)).Read(3, ("a", 90)).Said());
        Assert.Equal(["3 X pending medium", "3 X ended medium"], new SemanticsWard(engine, For15).Read(3, ("a", 110)).Read(3, ("a", 90)).Tick(30).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Profile_LimitChangesWhilePending_IsLookedAtAtOnce(string engine)
    {
        var rules = Load("limits: { low: { value: 50, allowed: 40 to 70 } }", "when: a < limit low", "for: 15 s");
        var ward = new SemanticsWard(engine, rules).Read(0, ("a", 45)).Set(5, SemanticsWard.Patient() with { Limits = [new PatientLimit("low", 42, "somebody")] });
        Assert.Equal(["0 X pending medium", "5 X ended medium"], ward.Tick(30).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void ClockJumps_TimersFireInOrderAtTheirOwnInstantsThenTheReading(string engine)
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            rules:
              - { alert: Slow, when: a > 100, for: 30 s, priority: low, message: slow }
              - { alert: Fast, when: a > 100, for: 15 s, priority: low, message: fast }
              - { alert: Gone, when: a is missing, for: 60 s, priority: low, message: gone }
            """);
        var ward = new SemanticsWard(engine, rules, SemanticsWard.Patient("a")).Read(0, ("a", 110)).Read(3600, ("a", 90));
        Assert.Equal(
            [
                "0 Slow pending low", "0 Fast pending low", "15 Fast active low", "30 Slow active low", "60 Slow active update low unverified",
                "60 Fast active update low unverified", "60 Gone pending low", "120 Gone active low", "3600 Slow ended low", "3600 Fast ended low", "3600 Gone ended low",
            ],
            ward.Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Reading_ChangesAllItsSignals_BeforeAnyRuleIsLookedAt(string engine) =>
        Assert.Empty(new SemanticsWard(engine, Rule("when: a > 100 and b > 100")).Read(0, ("a", 90), ("b", 110)).Read(1, ("a", 110), ("b", 90)).Said());

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Levels_HigherOneReached_IsOneEpisodeThatStepsUpAndDown(string engine)
    {
        var ward = new SemanticsWard(engine, Levels).Read(0, ("a", 85)).Tick(10);
        Assert.Equal(["0 X pending medium", "5 X active medium"], ward.Said());
        Assert.Equal(["11 X active update high"], ward.Read(11, ("a", 75)).Said());
        Assert.Equal(0, ward.Since);

        // Above 80 for `clear after`: back to medium; above 92 for as long: over.
        Assert.Equal(["30 X active update medium"], ward.Read(20, ("a", 85)).Tick(30).Said());
        Assert.Equal(["40 X clearing medium", "50 X ended medium"], ward.Read(40, ("a", 95)).Tick(59).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Levels_StepDownInterrupted_BeginsAnew(string engine) =>
        Assert.Equal(
            ["0 X active high", "24 X active update medium"],
            new SemanticsWard(engine, Levels).Read(0, ("a", 75)).Read(5, ("a", 85)).Read(13, ("a", 79)).Read(14, ("a", 85)).Tick(30).Said());

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Levels_TwoDueAtOneInstant_TheHighestCounts(string engine)
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            rules:
              - alert: X
                when: a is missing
                levels: { low: { for: 10 s }, high: { for: 10 s } }
                message: x
            """);
        Assert.Equal(["60 X pending high", "70 X active high"], new SemanticsWard(engine, rules, SemanticsWard.Patient("a")).Tick(100).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Questionable_RaisesUnverified_AndNeverClears(string engine) =>
        Assert.Equal(
            ["0 X active medium unverified", "1 X active update medium", "2 X active update medium unverified", "3 X ended medium"],
            new SemanticsWard(engine, AtOnce).Read(0, ("a", 250)).Read(1, ("a", 150)).Read(2, ("a", 5)).Read(3, ("a", 90)).Said());

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Suppressed_WhileTheOtherStands_IsLiftedWhenItEnds(string engine)
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            rules:
              - { alert: X, when: a > 100, suppressed by: Y, priority: low, message: x }
              - { alert: Y, when: b > 100, priority: high, message: y }
            """);
        var ward = new SemanticsWard(engine, rules).Read(0, ("a", 110), ("b", 110)).Read(1, ("b", 90)).Read(2, ("b", 110)).Read(3, ("a", 90));
        Assert.Equal(
            [
                "0 Y active high", "0 X active low suppressed by Y", "1 Y ended high", "1 X active update low", "2 Y active high",
                "2 X active update low suppressed by Y", "3 X ended low suppressed by Y",
            ],
            ward.Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void AlertIsActive_FollowsAtTheSameInstant(string engine)
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            rules:
              - { alert: X, when: 'alert "Y" is active and a > 100', priority: low, message: x }
              - { alert: Y, when: b > 100, for: 5 s, priority: high, message: y }
            """);
        Assert.Equal(
            ["0 Y pending high", "5 Y active high", "5 X active low", "9 Y ended high", "9 X ended low"],
            new SemanticsWard(engine, rules).Read(0, ("a", 110), ("b", 110)).Tick(8).Read(9, ("b", 90)).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void OnlyIn_PatientMoves_EndsAndBeginsAnew(string engine)
    {
        var ward = new SemanticsWard(engine, Rule("when: a > 100", "only in: { ward: [ICU] }")).Read(0, ("a", 110));
        ward.Set(1, SemanticsWard.Patient() with { Ward = "Ward" }).Read(2, ("a", 111)).Set(3, SemanticsWard.Patient());
        Assert.Equal(["0 X active medium", "1 X ended medium", "3 X active medium"], ward.Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Load_SameHash_PendingGoesOnAndPriorityIsAnUpdate(string engine)
    {
        var ward = new SemanticsWard(engine, For15).Read(0, ("a", 110)).Load(5, Rule("when: a > 100", "for: 15 s", "priority: high"));
        Assert.Equal(["0 X pending medium", "15 X active high"], ward.Tick(20).Said());
        Assert.Equal(["21 X active update medium"], ward.Load(21, For15).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Load_ChangedHash_PendingBeginsAnewOrEnds(string engine)
    {
        var ward = new SemanticsWard(engine, For15).Read(0, ("a", 110)).Load(5, Rule("when: a > 105", "for: 15 s"));
        Assert.Equal(["0 X pending medium", "5 X pending update medium"], ward.Tick(19).Said());
        Assert.Equal(5, ward.Since);
        Assert.Equal(["19 X ended medium"], ward.Load(19, Rule("when: a > 120", "for: 15 s")).Said());
        Assert.Equal(["20 X pending medium", "21 X active medium"], ward.Load(20, For15).Load(21, Rule("when: a > 105")).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Load_ChangedHash_ActiveStaysUntilTheNewClearCondition(string engine)
    {
        var ward = new SemanticsWard(engine, AtOnce).Read(0, ("a", 110)).Load(5, Rule("when: a > 120", "clear when: a < 105"));
        Assert.Equal(["0 X active medium", "5 X active update medium"], ward.Read(6, ("a", 106)).Said());
        Assert.Equal(["7 X ended medium"], ward.Read(7, ("a", 104)).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Load_RuleGoneOrRenamed_EndsOrGoesOn(string engine)
    {
        var renamed = TestRules.Load(TestRules.File("when: a > 100", "was: X").Replace("alert: X", "alert: Y", StringComparison.Ordinal));
        var other = TestRules.Load(TestRules.File("when: b > 100").Replace("alert: X", "alert: Z", StringComparison.Ordinal));
        var ward = new SemanticsWard(engine, AtOnce).Read(0, ("a", 110)).Load(1, renamed);
        Assert.Equal(["0 X active medium", "2 Y ended medium"], ward.Load(2, other).Said());
    }

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Reset_ForgetsEverything_AndWaitsAnew(string engine)
    {
        var rules = Rule("when: a > 100 or a is missing");
        var ward = new SemanticsWard(engine, rules, SemanticsWard.Patient("a")).Read(0, ("a", 110)).Reset(10);
        Assert.Equal(["0 X active medium", "10 X ended medium", "70 X active medium"], ward.Tick(100).Said());
    }

    private static RuleSet For15 => Rule("when: a > 100", "for: 15 s");

    private static RuleSet AtOnce => Rule("when: a > 100");

    private static RuleSet Clear10 => Rule("when: a > 100", "clear when: a <= 95", "clear after: 10 s");

    private static RuleSet Levels => TestRules.Load("""
        version: 1
        population: adults
        rules:
          - alert: X
            levels:
              medium: { when: a < 90, for: 5 s }
              high: { when: a < 80 }
            clear when: a >= 92
            clear after: 10 s
            message: x
        """);

    private static RuleSet Rule(params string[] lines) => TestRules.Rule(lines);

    private static RuleSet Load(string section, params string[] lines) =>
        TestRules.Load(TestRules.File(lines).Replace("rules:", $"{section}\nrules:", StringComparison.Ordinal));
}
