using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

/// <summary>Values over windows of time. A window of 58 s has 30 panes of 2 s; one of 29 s panes of 1 s.</summary>
public class WindowTests
{
    private static readonly RuleSet Average = new RuleSetBuilder().Rule("X", "average(a, 58 s) < 90").Build();

    [Fact]
    public void Average_NoSample_IsUnknown()
    {
        var rules = new RuleSetBuilder().Rule("X", "average(a, 58 s) < 90 or average(a, 58 s) >= 90").Rule("Y", "count(a, 58 s) = 0").Build();
        var ward = new TestWard(rules).Tick(10);
        Assert.Equal(["0 Y active"], ward.Said());
        ward.Read(11, ("a", 50));
        Assert.Equal(["11 X active", "11 Y ended"], ward.Said());
    }

    [Fact]
    public void Average_OfSamples_IsTheirMean()
    {
        var ward = new TestWard(Average).Read(0, ("a", 92)).Read(1, ("a", 90.1)).Read(2, ("a", 87.6));
        Assert.Equal(["2 X active"], ward.Said());
        Assert.Equal("A average over 58 s 89.9 % < 90 %", ward.Output[0].Reason);
    }

    [Theory]
    [InlineData("lowest(a, 58 s) < 50", 49, true)]
    [InlineData("lowest(a, 58 s) < 50", 50, false)]
    [InlineData("highest(a, 58 s) > 150", 151, true)]
    [InlineData("highest(a, 58 s) > 150", 150, false)]
    [InlineData("count(a, 58 s) >= 3", 100, true)]
    [InlineData("count(a, 58 s) >= 4", 100, false)]
    [InlineData("rise(a, 58 s) >= 30", 110, true)]
    [InlineData("rise(a, 58 s) >= 31", 110, false)]
    [InlineData("fall(a, 58 s) >= 30", 70, true)]
    [InlineData("fall(a, 58 s) > 30", 70, false)]
    public void Function_ThreeSamples_SaysWhatItSays(string condition, double last, bool expected)
    {
        var ward = new TestWard(new RuleSetBuilder().Rule("X", condition).Build()).Read(0, ("a", 80)).Read(1, ("a", 100)).Read(2, ("a", last));
        Assert.Equal(expected, ward.Output.Any(transition => transition.State == AlertState.Active));
    }

    [Fact]
    public void Pane_Number0_GoesAtExactly30Panes()
    {
        var rules = new RuleSetBuilder().Rule("X", "lowest(a, 58 s) < 50").Build();
        var ward = new TestWard(rules).Read(1.999, ("a", 40)).Read(2, ("a", 60)).Tick(59.999);
        Assert.Equal(["1.999 X active"], ward.Said());
        ward.Tick(60);
        Assert.Equal(["60 X ended"], ward.Said());
    }

    /// <summary>A cuff that measures every 30 min: a rule on the fall in 30 min would never see one if the value before were just not held any more.</summary>
    [Theory]
    [InlineData("30 min", 1800)]
    [InlineData("58 s", 58)]
    [InlineData("1 s", 1)]
    [InlineData("24 h", 86400)]
    [InlineData("7 min", 420)]
    public void Value_ExactlyAsOldAsTheWindow_Counts(string length, int seconds)
    {
        foreach (var offset in (double[])[0, 0.001, 0.5, 3.333, 59.999])
        {
            var ward = new TestWard(new RuleSetBuilder().Rule("X", $"fall(a, {length}) >= 30").Build()).Read(offset, ("a", 125)).Read(offset + seconds, ("a", 95));
            Assert.Equal($"{ward.Output[^1].Time}", $"{TestWard.At(offset + seconds)}");
            Assert.Equal(AlertState.Active, ward.Output[^1].State);
        }
    }

    [Fact]
    public void Pane_ReadingOfOtherSignalAtTheInstantItGoes_SeesItGone()
    {
        var rules = new RuleSetBuilder().Rule("X", "lowest(a, 58 s) < 50 and b > 100").Build();
        var ward = new TestWard(rules).Read(0, ("a", 40)).Read(1, ("a", 60)).Read(2, ("a", 60)).Read(60, ("b", 110)).Tick(70);
        Assert.Empty(ward.Said());
        ward.Read(71, ("a", 30));
        Assert.Equal(["71 X active"], ward.Said());
    }

    [Fact]
    public void LastSample_Goes_ValueIsUnknownAndAlertUnverified()
    {
        var ward = new TestWard(Average).Read(10, ("a", 80)).Tick(69.9);
        Assert.Equal(["10 X active"], ward.Said());
        ward.Tick(70);
        Assert.Equal(["70 X active update unverified"], ward.Said());
        Assert.Equal("A average over 58 s has no current value", ward.Output[1].Reason);
    }

    [Fact]
    public void LateSample_InAPaneThatIsHeld_Counts()
    {
        var ward = new TestWard(new RuleSetBuilder().Rule("X", "lowest(a, 580 s) < 50").Rule("Y", "a < 50").Build())
            .Read(0, ("a", 90)).Read(300, ("a", 90)).ReadLate(200, 300, ("a", 40));
        Assert.Equal(["300 X active"], ward.Said());
        Assert.Equal(90, ward.Engine.LatestValues("p1")[0].Value);
    }

    [Fact]
    public void LateSample_InAPaneThatIsGone_DoesNot()
    {
        var ward = new TestWard(new RuleSetBuilder().Rule("X", "lowest(a, 580 s) < 50").Build())
            .Read(0, ("a", 90)).Read(1000, ("a", 90)).ReadLate(419.999, 1000, ("a", 40));
        Assert.Empty(ward.Said());
        ward.ReadLate(420, 1000, ("a", 40));
        Assert.Equal(["1000 X active"], ward.Said());
    }

    [Fact]
    public void OutOfOrderSample_CountsInWindowsOnly()
    {
        var ward = new TestWard(new RuleSetBuilder().Rule("X", "count(a, 58 s) >= 3").Rule("Y", "a < 50").Build())
            .Read(10, ("a", 90)).Read(11, ("a", 90)).Read(9, ("a", 40));
        Assert.Equal(["11 X active"], ward.Said());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(250)]
    public void NoValueOrQuestionable_NeverEntersAWindow(double value)
    {
        var ward = new TestWard(new RuleSetBuilder().Rule("X", "count(a, 58 s) >= 2").Build())
            .Read(10, ("a", 90)).Read(11, ("a", value)).ReadLate(12, 80, ("a", value));
        Assert.Empty(ward.Said());
    }

    [Fact]
    public void SameTimeOtherValue_TakesTheEarlierOnesPlace()
    {
        var rules = new RuleSetBuilder().Rule("X", "average(a, 58 s) > 100").Rule("C", "count(a, 58 s) >= 2").Rule("L", "lowest(a, 58 s) < 30").Build();
        var ward = new TestWard(rules).Read(10, ("a", 20)).Read(10, ("a", 101)).Read(10, ("a", 101));
        Assert.Equal(["10 L active", "10 X active"], ward.Said());
    }

    [Fact]
    public void Gap_LongerThanTheWindow_NothingOfBeforeIsLeft()
    {
        var ward = new TestWard(new RuleSetBuilder().Rule("X", "count(a, 29 s) >= 2").Build())
            .Read(0, ("a", 90)).Read(0.5, ("a", 90)).Read(10_000, ("a", 90)).Read(10_029.9, ("a", 90));
        Assert.Equal(["0.5 X active", "30 X ended", "10029.9 X active"], ward.Said());
    }

    [Fact]
    public void BurstOfOneSignalAfterAGap_KeepsExactlyTheHeldPanes()
    {
        var ward = new TestWard(new RuleSetBuilder().Rule("X", "count(a, 29 s) >= 31").Rule("Y", "count(a, 29 s) >= 30").Build()).Read(0, ("a", 90));
        for (var second = 100; second < 131; second++)
        {
            ward.Read(second, ("a", 90));
        }

        Assert.Equal(["129 Y active"], ward.Said());
    }

    [Fact]
    public void Pane_MoreThan65535Samples_ThoseAreNotCounted()
    {
        // 1,392 min are held in panes of 48 min.
        var ward = new TestWard(new RuleSetBuilder().Rule("X", "count(a, 1392 min) >= 65535").Rule("Y", "count(a, 1392 min) >= 65536").Build());
        for (var sample = 0; sample < 65_540; sample++)
        {
            ward.Read(sample * 0.04, ("a", 90 + (sample % 2)));
        }

        Assert.Equal(["2621.36 X active"], ward.Said());
        ward.Read(2_880, ("a", 90));
        Assert.Equal(["2880 Y active"], ward.Said());
    }

    [Fact]
    public void Rise_PresentValueGoesMissing_IsUnknown()
    {
        var ward = new TestWard(new RuleSetBuilder().Rule(new RuleText("X", "rise(a, 580 s) >= 30") { ClearWhen = "a < 60" }).Build(), "a")
            .Read(0, ("a", 60)).Read(1, ("a", 100)).Tick(61);
        Assert.Equal(["1 X active", "61 X active update unverified"], ward.Said());
    }

    [Fact]
    public void Rise_QuestionablePresentValue_RaisesUnverified()
    {
        var ward = new TestWard(new RuleSetBuilder().Rule("X", "rise(a, 580 s) >= 130").Build()).Read(0, ("a", 100)).Read(1, ("a", 250));
        Assert.Equal(["1 X active unverified"], ward.Said());
    }

    [Fact]
    public void Average_InArithmeticAndDerive_IsANumberLikeAnyOther()
    {
        var rules = new RuleSetBuilder().Derive("dip", "average(a, 58 s) - a").Rule("X", "dip > 9").Rule("Y", "2 * average(a, 58 s) > 199").Build();
        var ward = new TestWard(rules).Read(0, ("a", 100)).Read(1, ("a", 80));
        Assert.Equal(["0 Y active", "1 X active", "1 Y ended"], ward.Said());
    }

    [Fact]
    public void TimesBefore1970_PanesAreFound()
    {
        var ward = new TestWard(Average);
        Assert.Empty(ward.Said());
        var engine = new RuleEngine();
        var output = new List<AlertTransition>();
        engine.Load(Average, TestWard.At(-1000), output);
        var handle = engine.SetPatient(new PatientProfile("p", "W", [], []), TestWard.At(-1000), output);
        engine.Ingest(handle, ward.Reading(-61, -61, [], [("a", 80)]), output);
        engine.Ingest(handle, ward.Reading(-1, -1, [], [("a", 99)]), output);
        Assert.Equal([TestWard.At(-61), TestWard.At(-2), TestWard.At(-1)], output.Select(transition => transition.Time));
        Assert.Equal([false, true, false], output.Select(transition => transition.Unverified));
    }

    [Fact]
    public void DaylightSaving_Instants_ChangeNothing()
    {
        // 29 March 2026 01:00 UTC: clocks in Europe go from 02:00 to 03:00. Windows and timers count milliseconds, so nothing happens there.
        const double Change = 1_774_746_000;
        var lines = new List<string>[2];
        for (var run = 0; run < 2; run++)
        {
            var begin = (run == 0 ? Change : Change + 86_400) - 45;
            var ward = new TestWard(new RuleSetBuilder().Rule("X", "average(a, 58 s) < 90", 15).Rule("Y", "count(a, 58 s) >= 55").Build());
            for (var second = 0; second < 120; second++)
            {
                ward.Read(begin + second, ("a", second < 60 ? 95 : 60));
            }

            lines[run] = [.. ward.Output.Select(transition => $"{transition.Time.UnixMilliseconds - (begin * 1000)} {transition.Rule.Name} {transition.State}")];
        }

        Assert.Equal(lines[0], lines[1]);
        Assert.NotEmpty(lines[0]);
    }
}
