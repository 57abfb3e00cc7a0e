using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

/// <summary>What becomes of levels, renamed alerts and windows when the rules change, and when: at once, or when a patient is next touched.</summary>
public class ReloadTests
{
    private static readonly RuleText Levels = new("X", (AlertPriority.Medium, "a < 90", 15), (AlertPriority.High, "a < 80", 3)) { ClearWhen = "a >= 92", ClearAfter = 10 };

    [Fact]
    public void Renamed_ListsItsEarlierName_GoesOnUnderTheNewOne()
    {
        var ward = new TestWard(Rules(new RuleText("Old", "a > 100", 15))).Read(0, ("a", 110)).Load(Rules(new RuleText("New", "a > 100", 15) { Was = ["Older", "Old"] }), 5).Tick(15);
        Assert.Equal(["0 Old pending", "15 New active"], ward.Said());
        Assert.Equal(TestWard.At(0), ward.Output[1].Since);
    }

    [Fact]
    public void Renamed_OldNameStillThere_AreTwoAlerts()
    {
        var ward = new TestWard(Rules(new RuleText("Old", "a > 100"))).Read(0, ("a", 110))
            .Load(Rules(new RuleText("Old", "a > 100"), new RuleText("New", "a > 100") { Was = ["Old"] }), 5);
        Assert.Equal(["0 Old active", "5 New active"], ward.Said());
    }

    [Fact]
    public void Unchanged_LevelsThatWait_GoOnWithTheirSince()
    {
        var ward = new TestWard(Rules(Levels)).Read(0, ("a", 85)).Tick(15).Read(20, ("a", 75)).Load(Rules(Levels, new RuleText("Y", "b > 0")), 22).Tick(23);
        Assert.Equal(["0 X pending medium", "15 X active medium", "23 X active update high"], ward.SaidInFull());
    }

    [Fact]
    public void Unchanged_StepDownThatRuns_GoesOn()
    {
        var ward = new TestWard(Rules(Levels)).Read(0, ("a", 75)).Tick(3).Read(10, ("a", 85)).Load(Rules(Levels, new RuleText("Y", "b > 0")), 15).Tick(20);
        Assert.Equal(["0 X pending high", "3 X active high", "20 X active update medium"], ward.SaidInFull());
    }

    [Fact]
    public void Unchanged_OtherPriorityOfItsLevel_IsAnUpdate()
    {
        var other = Levels with { Levels = [(AlertPriority.Low, "a < 90", 15), (AlertPriority.High, "a < 80", 3)] };
        var ward = new TestWard(Rules(Levels)).Read(0, ("a", 85)).Tick(15).Load(Rules(other), 16);
        Assert.Equal(["0 X pending medium", "15 X active medium", "16 X active update low"], ward.SaidInFull());
        Assert.Equal("priority changed from medium to low", ward.Output[2].Reason);
    }

    [Fact]
    public void Changed_Raised_IsAtTheLevelOfItsPriority()
    {
        var other = new RuleText("X", (AlertPriority.Low, "a < 95", 0), (AlertPriority.Medium, "a < 88", 15), (AlertPriority.High, "a < 80", 3)) { ClearWhen = "a >= 97" };
        var ward = new TestWard(Rules(Levels)).Read(0, ("a", 87)).Tick(15).Load(Rules(other), 16);
        Assert.Equal(["0 X pending medium", "15 X active medium", "16 X active update medium"], ward.SaidInFull());
        Assert.Equal("rule changed", ward.Output[2].Reason);
    }

    [Fact]
    public void Changed_RaisedWithoutALevelOfItsPriority_GoesToTheHighestBelow()
    {
        var other = new RuleText("X", (AlertPriority.Low, "a < 95", 0), (AlertPriority.High, "a < 70", 3)) { ClearWhen = "a >= 97" };
        var ward = new TestWard(Rules(Levels)).Read(0, ("a", 87)).Tick(15).Load(Rules(other), 16);
        Assert.Equal(["0 X pending medium", "15 X active medium", "16 X active update low"], ward.SaidInFull());
        var onlyHigh = new TestWard(Rules(Levels)).Read(0, ("a", 87)).Tick(15).Load(Rules(new RuleText("X", (AlertPriority.High, "a < 95", 0)) { ClearWhen = "a >= 97" }), 16);
        Assert.Equal(["0 X pending medium", "15 X active medium", "16 X active update high"], onlyHigh.SaidInFull());
    }

    [Fact]
    public void Changed_RaisedAndAHigherLevelHolds_GoesUpAtOnceOrWaitsAnew()
    {
        var other = Levels with { Levels = [(AlertPriority.Medium, "a < 90", 15), (AlertPriority.High, "a < 88", 3)] };
        var ward = new TestWard(Rules(Levels)).Read(0, ("a", 87)).Tick(15).Load(Rules(other), 16).Tick(19);
        Assert.Equal(["0 X pending medium", "15 X active medium", "16 X active update medium", "19 X active update high"], ward.SaidInFull());
    }

    [Fact]
    public void Changed_Clearing_IsActiveAgainAndClearsUnderTheNewRule()
    {
        var ward = new TestWard(Rules(Levels)).Read(0, ("a", 85)).Tick(15).Read(16, ("a", 95)).Load(Rules(Levels with { ClearWhen = "a >= 94" }), 20).Tick(30);
        Assert.Equal(
            ["0 X pending medium", "15 X active medium", "16 X clearing medium", "20 X active medium", "20 X clearing medium", "30 X ended medium"], ward.SaidInFull());
    }

    [Fact]
    public void Changed_Pending_AllLevelsWaitAnew()
    {
        var other = Levels with { Levels = [(AlertPriority.Medium, "a < 90", 16), (AlertPriority.High, "a < 80", 3)] };
        var ward = new TestWard(Rules(Levels)).Read(0, ("a", 75)).Load(Rules(other), 2).Tick(5);
        Assert.Equal(["0 X pending high", "2 X pending update high", "5 X active high"], ward.SaidInFull());
        Assert.Equal(TestWard.At(2), ward.Output[2].Since);
    }

    [Fact]
    public void SuppressorIsGone_IsToldAsNoLongerSuppressed()
    {
        var before = Rules(new RuleText("Low", "a > 100") { SuppressedBy = ["Very"] }, new RuleText("Very", "a > 150"));
        var ward = new TestWard(before).Read(0, ("a", 160)).Load(Rules(new RuleText("Low", "a > 100")), 5);
        Assert.Equal(
            ["0 Very active medium", "0 Low active medium by Very", "5 Very ended medium", "5 Low active update medium"], ward.SaidInFull());
        Assert.Equal("no longer suppressed", ward.Output[3].Reason);
    }

    [Fact]
    public void Windows_SameSignalAndLength_AreKeptAndOthersStartEmpty()
    {
        var ward = new TestWard(Rules(new RuleText("X", "count(a, 58 s) > 99"))).Read(0, ("a", 80)).Read(1, ("a", 80))
            .Load(Rules(new RuleText("Y", "count(b, 58 s) > 99"), new RuleText("Kept", "count(a, 58 s) = 2"), new RuleText("Empty", "count(a, 87 s) = 0")), 5).Tick(6);
        Assert.Equal(["5 Kept active", "5 Empty active"], ward.Said());
        ward.Tick(60);
        Assert.Equal(["60 Kept ended"], ward.Said());
    }

    [Fact]
    public void SameTimeOtherValueAfterALoad_NewWindowHasNothingToReplace()
    {
        var ward = new TestWard(Rules(new RuleText("X", "count(a, 60 s) > 99"))).Read(5, ("a", 80))
            .Load(Rules(new RuleText("Old", "average(a, 60 s) = 90"), new RuleText("New", "average(a, 90 s) = 90")), 5).Read(5, ("a", 90));
        Assert.Equal(["5 Old active", "5 New active"], ward.Said());
    }

    [Fact]
    public void IdlePatient_IsBroughtOverWhenTouched_AtTheInstantOfTheLoad()
    {
        var ward = new TestWard(Rules(new RuleText("X", "a > 150"))).Read(0, ("a", 110)).Load(Rules(new RuleText("Y", "a > 100", 15)), 5);
        Assert.True(ward.Engine.IsMigrating);
        Assert.Throws<InvalidOperationException>(() => ward.SaveAndRestore());
        Assert.Empty(ward.Said());

        // His timer of 20 s fires before the reading, as if he had been brought over at 5 s.
        ward.Read(30, ("a", 111));
        Assert.Equal(["5 Y pending", "20 Y active"], ward.Said());
    }

    [Fact]
    public void Advance_WhileMigrating_BringsEverybodyOverSomeAtATime()
    {
        const int Patients = 2_500;
        var engine = new RuleEngine();
        var output = new List<AlertTransition>();
        engine.Load(Rules(new RuleText("X", "a > 150")), TestWard.At(0), output);
        for (var patient = 0; patient < Patients; patient++)
        {
            engine.SetPatient(new PatientProfile($"p{patient}", "ICU", [], []), TestWard.At(0), output);
        }

        Assert.False(engine.IsMigrating);
        engine.Load(Rules(new RuleText("Y", "a is not missing")), TestWard.At(1), output);
        Assert.Empty(output);
        var told = new List<int>();
        for (var tick = 2; engine.IsMigrating; tick++)
        {
            engine.Advance(TestWard.At(tick), output);
            told.Add(output.Count);
        }

        Assert.Equal([1_000, 2_000, 2_500], told);
        Assert.All(output, transition => Assert.Equal(TestWard.At(1), transition.Time));
    }

    [Fact]
    public void SecondLoadWhileMigrating_GoesThroughBothInOrder()
    {
        var ward = new TestWard(Rules(new RuleText("X", "a > 150"))).Read(0, ("a", 110));
        ward.Load(Rules(new RuleText("Y", "a > 100")), 5).Load(Rules(new RuleText("Z", "a > 100")), 7).Read(8, ("a", 110));
        Assert.Equal(["5 Y active", "7 Y ended", "7 Z active"], ward.Said());
    }

    [Fact]
    public void LazyAndEager_RandomLoads_ComeToTheSame()
    {
        RuleSet[] sets =
        [
            ManyRules.Load(),
            TestRules.Load(ManyRules.Text.Replace("limits: { low: 50", "limits: { low: 52", StringComparison.Ordinal)),
            TestRules.Load(ManyRules.Text.Replace("for: 15 s", "for: 12 s", StringComparison.Ordinal).Replace("alert: Half,", "alert: Other half,", StringComparison.Ordinal)),
        ];
        var first = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seeds from {first}");
        var transitions = 0;
        for (var seed = first; seed < first + 40; seed++)
        {
            var lazy = new RandomWard(sets[0], seed);
            var eager = new RandomWard(sets[0], seed);
            var random = new Random(seed);
            lazy.Begin();
            eager.Begin();
            for (var step = 0; step < 400; step++)
            {
                if (random.Next(15) == 0)
                {
                    var rules = sets[random.Next(sets.Length)];
                    lazy.Engine.Load(rules, lazy.Now, lazy.Output);
                    eager.Engine.Load(rules, eager.Now, eager.Output);
                    eager.Engine.Advance(eager.Now, eager.Output);
                    Assert.False(eager.Engine.IsMigrating);
                }

                lazy.Step();
                eager.Step();
            }

            lazy.Engine.Advance(lazy.Now, lazy.Output);
            eager.Engine.Advance(eager.Now, eager.Output);

            // The same for each patient; between patients the order is another, since one is brought over later.
            for (var patient = 0; patient < 3; patient++)
            {
                Assert.True(lazy.Lines($"p{patient}").SequenceEqual(eager.Lines($"p{patient}")), $"seed {seed}");
            }

            transitions += lazy.Output.Count;
        }

        Assert.True(transitions > 5_000, $"{transitions} transitions");
    }

    private static RuleSet Rules(params RuleText[] rules)
    {
        var builder = new RuleSetBuilder();
        foreach (var rule in rules)
        {
            builder.Rule(rule);
        }

        return builder.Build();
    }
}
