using IoTGateway.Readings;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

/// <summary>What a person took and wrote down, and what a person takes back.</summary>
public class ByHandTests
{
    private static readonly RuleSet Low = new RuleSetBuilder().Rule("X", "a < 90", waits: 5).Build();
    private static readonly RuleSet Missing = new RuleSetBuilder().Rule("X", "a is missing").Build();

    [Fact]
    public void Ingest_TakenLongAgo_CountsAndHappensWhenItIsWrittenDown()
    {
        var ward = ByHand(new TestWard(Low), taken: 970, written: 1000, Quality.Valid, ("a", 80)).Tick(1010);

        Assert.Equal(["1000 X pending", "1005 X active"], ward.Said());
        Assert.Equal(TestWard.At(970), ward.Engine.LatestValues("p1").Single().Time);
    }

    [Fact]
    public void Ingest_TakenLongerAgoThanItIsValid_IsShownButCountsForNothing()
    {
        var ward = ByHand(new TestWard(Low), taken: 100, written: 1000, Quality.Valid, ("a", 80)).Tick(1100);

        Assert.Empty(ward.Said());
        Assert.Equal(80, ward.Engine.LatestValues("p1").Single().Value);
    }

    [Fact]
    public void Ingest_OlderThanTheNewest_ChangesNothing()
    {
        var ward = ByHand(new TestWard(Low).Read(995, ("a", 95)), taken: 990, written: 1000, Quality.Valid, ("a", 80)).Tick(1010);

        Assert.Empty(ward.Said());
    }

    [Fact]
    public void Ingest_OfAMissingSignal_LeavesItMissing()
    {
        var ward = ByHand(new TestWard(Missing, "a").Tick(100), taken: 101, written: 101, Quality.Valid, ("a", 80)).Tick(200);
        Assert.Equal(["60 X active"], ward.Said());

        ward.Read(201, ("a", 80));
        Assert.Equal(["201 X ended"], ward.Said());
    }

    [Fact]
    public void Retracted_TheNewest_IsKnownNoMoreAndEndsNothing()
    {
        var ward = ByHand(new TestWard(Low), taken: 0, written: 0, Quality.Valid, ("a", 80)).Tick(6);
        Assert.Equal(["0 X pending", "5 X active"], ward.Said());

        ByHand(ward, taken: 0, written: 7, Quality.Retracted, ("a", 80)).Tick(50);

        Assert.Equal(["7 X active update unverified"], ward.Said());
        Assert.Empty(ward.Engine.LatestValues("p1"));
        Assert.StartsWith("unknown", ward.Engine.ExplainValue("p1", "a")!.Value, StringComparison.Ordinal);
        ward.Read(51, ("a", 95));
        Assert.Equal(["51 X ended"], ward.Said());
    }

    [Fact]
    public void Retracted_WhilePending_IsDropped()
    {
        var ward = ByHand(new TestWard(Low), taken: 0, written: 0, Quality.Valid, ("a", 80)).Tick(1);
        ByHand(ward, taken: 0, written: 2, Quality.Retracted, ("a", 80)).Tick(50);

        Assert.DoesNotContain(ward.Output, transition => transition.State == AlertState.Active);
    }

    [Fact]
    public void Retracted_OlderValueComesAfterIt_CountsAgain()
    {
        var ward = ByHand(new TestWard(Low), taken: 10, written: 10, Quality.Valid, ("a", 95));
        ByHand(ward, taken: 10, written: 20, Quality.Retracted, ("a", 95));
        ByHand(ward, taken: 5, written: 20, Quality.Valid, ("a", 80)).Tick(30);

        Assert.Equal(["20 X pending", "25 X active"], ward.Said());
    }

    [Theory]
    [InlineData(9, 80)] // A device has sent something newer meanwhile.
    [InlineData(10, 81)] // At this time stands what somebody else said.
    public void Retracted_NotTheNewest_ChangesNothing(double taken, double value)
    {
        var ward = new TestWard(Low).Read(10, ("a", 80)).Tick(16);
        ByHand(ward, taken, written: 17, Quality.Retracted, ("a", value));

        Assert.Equal(80, ward.Engine.LatestValues("p1").Single().Value);
    }

    [Fact]
    public void Retracted_Monitored_IsMissingAsIfItHadNeverCome()
    {
        var ward = ByHand(new TestWard(Missing, "a"), taken: 50, written: 50, Quality.Valid, ("a", 80)).Tick(55);
        ByHand(ward, taken: 50, written: 56, Quality.Retracted, ("a", 80)).Tick(70);

        Assert.Equal(["60 X active"], ward.Said());
    }

    [Fact]
    public void Retracted_SavedAndRestored_IsStillUnknown()
    {
        var ward = ByHand(new TestWard(Low), taken: 0, written: 0, Quality.Valid, ("a", 80));
        ByHand(ward, taken: 0, written: 1, Quality.Retracted, ("a", 80)).SaveAndRestore();

        Assert.Empty(ward.Engine.LatestValues("p1"));
    }

    [Fact]
    public void SignalsOfScores_RulesThatApply_NameWhatTheyAreMadeOf()
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            derive:
              a_points: { name: A points, score: { a: { "<= 5": 3, "> 5": 0 } } }
              c_points: { name: C points, score: { c: { "<= 5": 3, "> 5": 0 } } }
              sum: { name: Sum, add: [a_points, c_points] }
            rules:
              - { alert: X, only in: { ward: ICU }, when: sum > 5, priority: low, message: "{sum}" }
              - { alert: Y, when: a_points > 2 and b < 3, priority: low, message: "{a_points}" }
            """);

        Assert.Equal(["a", "c"], rules.SignalsOfScores(new PatientProfile("p1", "ICU", [], [])).Select(signal => signal.Id));
        Assert.Equal(["a"], rules.SignalsOfScores(new PatientProfile("p1", "Dialysis", [], [])).Select(signal => signal.Id));
    }

    private static TestWard ByHand(TestWard ward, double taken, double written, Quality quality, params (string Signal, double Value)[] values)
    {
        var reading = ward.Reading(taken, written, [], values);
        reading.IsTakenByHand = true;
        for (var index = 0; index < reading.Values.Count; index++)
        {
            reading.Values[index] = reading.Values[index] with { Quality = quality };
        }

        ward.Ingest(reading);
        return ward;
    }
}
