using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

/// <summary>Scores as intervals, their parts removed and aged in turn.</summary>
public class ScoreTests
{
    // Of a (60 s until missing), c (valid for 100 s), v (a letter, 4 h) and o (a switch, 4 h): 0 to 3 points each, o 0 or 2.
    private static RuleSetBuilder Total() => new RuleSetBuilder()
        .Score("a_points", 1, null, ("a <= 91", 3), ("a between 92 and 93", 2), ("a between 94 and 95", 1), ("a >= 96", 0))
        .Score("c_points", 0.1, null, ("c <= 35.0", 3), ("c between 35.1 and 36.0", 1), ("c between 36.1 and 38.0", 0), ("c >= 38.1", 2))
        .Score("v_points", null, null, ("v is A", 0), ("v is not A", 3))
        .Score("o_points", null, null, ("o is on", 2), ("o is off", 0))
        .Sum("total", "a_points", "c_points", "v_points", "o_points");

    [Theory]
    [InlineData(91.4, 3)]
    [InlineData(91.5, 2)]
    [InlineData(93.4999, 2)]
    [InlineData(93.5, 1)]
    [InlineData(95.49, 1)]
    [InlineData(95.5, 0)]
    public void Score_Rounds_HalfUpBeforeTheTable(double value, double points)
    {
        var ward = new TestWard(Total().Rule("X", $"a_points = {points}").Build()).Read(0, ("a", value));
        Assert.Equal(["0 X active"], ward.Said());
    }

    [Theory]
    [InlineData(35.04, 3)]
    [InlineData(35.05, 1)]
    [InlineData(36.04, 1)]
    [InlineData(36.05, 0)]
    [InlineData(38.04, 0)]
    [InlineData(38.05, 2)]
    public void Score_RoundsToTenths_InDecimalArithmetic(double value, double points)
    {
        // Walked up from the double just below, so that a wrong edge leaves the points of the band before.
        var ward = new TestWard(Total().Rule("X", $"c_points = {points}").Build()).Read(0, ("c", 20)).Read(1, ("c", Math.BitDecrement(value))).Read(2, ("c", value));
        Assert.Equal(AlertState.Active, ward.Output[^1].State);
    }

    [Fact]
    public void Sum_AllKnown_IsTheirSum()
    {
        var ward = new TestWard(Total().Rule(new RuleText("X", "total >= 7") { Message = ["=total"] }).Build()).Read(0, ("a", 90), ("c", 37), ("v", 'V'), ("o", 1));
        Assert.Equal(["0 X active"], ward.Said());
        Assert.Equal(("TOTAL 8 >= 7", "8", "8", "7"), (ward.Output[0].Reason, ward.Output[0].Value, ward.Output[0].Message, ward.Output[0].Limit));
    }

    [Fact]
    public void Sum_PartNeverMeasured_StillRaisesOnWhatIsKnown()
    {
        var ward = new TestWard(Total().Rule(new RuleText("X", "total >= 7") { Message = ["total is ", "=total"] }).Build()).Read(0, ("a", 90), ("v", 'V'), ("o", 1));
        Assert.Equal(["0 X active"], ward.Said());
        Assert.Equal("TOTAL at least 8, C never measured", ward.Output[0].Reason);
        Assert.Equal("total is at least 8, C never measured", ward.Output[0].Message);
        Assert.Equal("at least 8 (incomplete)", ward.Output[0].Value);
    }

    [Fact]
    public void Sum_PartAges_IsNeverLow()
    {
        var ward = new TestWard(Total().Rule(new RuleText("X", "total >= 3") { ClearWhen = "total <= 2" }).Rule("Low", "total <= 2").Build())
            .Read(0, ("a", 90), ("c", 37), ("v", 'A'), ("o", 0));
        Assert.Equal(["0 X active"], ward.Said());
        ward.Read(50, ("a", 97));
        Assert.Equal(["50 X ended", "50 Low active"], ward.Said());
        ward.Read(90, ("a", 97));

        // c goes out of date at 100: now the total is between 0 and 3, which is neither low nor high.
        ward.Tick(100);
        Assert.Equal(["100 Low active update unverified"], ward.Said());
        Assert.Equal("TOTAL at most 3, C 1 min 40 s old", ward.Output[^1].Reason);
        ward.Read(101, ("c", 39));
        Assert.Equal(["101 Low active update"], ward.Said());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("c")]
    [InlineData("v")]
    [InlineData("o")]
    public void Sum_OnePartRemoved_NeverCallsItLow(string removed)
    {
        (string, double)[] all = [("a", 97), ("c", 37), ("v", 'A'), ("o", 0)];
        var rules = Total().Rule("Low", "total <= 1").Rule("High", "total >= 1").Build();
        var ward = new TestWard(rules).Read(0, [.. all.Where(part => part.Item1 != removed)]);
        Assert.Empty(ward.Said());
        ward.Read(1, [.. all.Where(part => part.Item1 == removed)]);
        Assert.Equal(["1 Low active"], ward.Said());
    }

    [Fact]
    public void Score_OwnValidFor_OutlivesMissingAfter()
    {
        // a is unknown to conditions after 60 s, but the table takes it for 200 s.
        var rules = new RuleSetBuilder().Score("p", 1, 200, ("a <= 91", 3), ("a >= 92", 0)).Rule("X", "p >= 3").Rule("Y", "a < 92").Build();
        var ward = new TestWard(rules).Read(0, ("a", 80)).Tick(199.9);
        Assert.Equal(["0 X active", "0 Y active", "60 Y active update unverified"], ward.Said());
        ward.Tick(200);
        Assert.Equal(["200 X active update unverified"], ward.Said());
        ward.Read(201, ("a", 80));
        Assert.Equal(["201 X active update", "201 Y active update"], ward.Said());
    }

    [Fact]
    public void Score_SeveralInputs_FirstRowThatHoldsAndUnknownOnesBefore()
    {
        var rules = new RuleSetBuilder()
            .Score("p", 1, null, ("a <= 83", 3), ("a >= 93 and o is off", 0), ("a >= 97", 3), ("a >= 84", 1))
            .Rule("Three", "p = 3").Rule("One", "p = 1").Rule("Zero", "p = 0").Rule("AtLeastOne", "p >= 1").Build();
        Assert.Equal(["0 Three active", "0 AtLeastOne active"], new TestWard(rules).Read(0, ("a", 98), ("o", 1)).Said());
        Assert.Equal(["0 Zero active"], new TestWard(rules).Read(0, ("a", 98), ("o", 0)).Said());

        // Oxygen unknown: 0 or 3.
        Assert.Empty(new TestWard(rules).Read(0, ("a", 98)).Said());
        Assert.Equal(["0 One active", "0 AtLeastOne active"], new TestWard(rules).Read(0, ("a", 90)).Said());
    }

    [Fact]
    public void Score_QuestionableInput_RaisesUnverifiedAndNeverClears()
    {
        var ward = new TestWard(Total().Rule(new RuleText("X", "total >= 3") { ClearWhen = "total < 3" }).Build()).Read(0, ("a", 5), ("c", 37), ("v", 'A'), ("o", 0));
        Assert.Equal(["0 X active unverified"], ward.Said());
        ward.Read(1, ("a", 80)).Read(2, ("a", 201));
        Assert.Equal(["1 X active update", "2 X active update unverified"], ward.Said());
        ward.Read(3, ("a", 99));
        Assert.Equal(["3 X ended"], ward.Said());
    }

    [Fact]
    public void Sum_TrustedPartsDecide_IsVerifiedDespiteAQuestionableOne()
    {
        // v and o alone make 5, whatever the questionable a counts.
        var ward = new TestWard(Total().Rule("X", "total >= 5").Build()).Read(0, ("a", 5), ("c", 37), ("v", 'V'), ("o", 1));
        Assert.Equal(["0 X active"], ward.Said());
    }

    [Fact]
    public void Score_IncompleteInArithmetic_IsUnknown()
    {
        var ward = new TestWard(Total().Rule("X", "total * 2 >= 0").Rule("Y", "total >= 0").Build()).Read(0, ("a", 97));
        Assert.Equal(["0 Y active"], ward.Said());
        ward.Read(1, ("c", 37), ("v", 'A'), ("o", 0));
        Assert.Equal(["1 X active"], ward.Said());
    }

    [Fact]
    public void Use_OtherTableForATag_IsComputedInItsPlace()
    {
        var rules = Total()
            .Score("a_points_2", 1, null, ("a <= 83", 3), ("a between 84 and 87", 2), ("a >= 88", 0))
            .Use(OverrideScope.Tag, ["scale-2"], "a_points", "a_points_2")
            .Rule("X", "total >= 3")
            .Build();
        (string, double)[] values = [("a", 90), ("c", 37), ("v", 'A'), ("o", 0)];
        Assert.Equal(["0 X active"], new TestWard(rules).Read(0, values).Said());
        var tagged = new TestWard(rules, new PatientProfile("p1", "ICU", ["scale-2"], [])).Read(0, values);
        Assert.Empty(tagged.Said());

        // The tag is taken away: the other table counts at once.
        tagged.Set(5, new PatientProfile("p1", "ICU", [], []));
        Assert.Equal(["5 X active"], tagged.Said());
    }
}
