using IoTGateway.Alerts.Observations;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Readings;
using IoTGateway.Readings.Observations;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Observations;

/// <summary>What observations are to the rules: with the shipped rules, a monitor and a nurse.</summary>
public sealed class ObservationTests
{
    private static readonly RuleSet Shipped = RuleSetLoader.Load([.. ShippedRules.Files]).Rules!;

    private readonly List<RuleEngine> _engines = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Record_WhatNoDeviceSends_CompletesNews2()
    {
        using var gateway = Ward();
        Assert.Equal("0 to 11", Score());

        Record(gateway, gateway.Now, ("avpu", 'A'), ("temp", 37.0), ("o2", 0), ("sbp", 120));

        Assert.Equal("0", Score());
        Assert.Empty(gateway.Ledger.AlertsOf("p1"));
    }

    [Fact]
    public void Correct_AnotherValue_ChangesTheScore()
    {
        using var gateway = Ward();
        var observation = Record(gateway, gateway.Now, ("avpu", 'A'), ("temp", 37.0), ("o2", 0), ("sbp", 120));

        var corrected = Correct(gateway, observation, observation.Taken, ("avpu", 'A'), ("temp", 37.0), ("o2", 2), ("sbp", 95));

        Assert.Equal(OrderOutcome.Done, corrected.Outcome);
        Assert.Equal("4", Score()); // 2 of the oxygen, 2 of the pressure.
    }

    [Fact]
    public void Correct_ValueLeftOut_IsKnownNoMore()
    {
        using var gateway = Ward();
        var observation = Record(gateway, gateway.Now, ("avpu", 'A'), ("temp", 37.0), ("o2", 0), ("sbp", 120));

        Correct(gateway, observation, observation.Taken, ("avpu", 'A'), ("temp", 37.0), ("o2", 0));

        Assert.Equal("0 to 3", Score());
    }

    [Fact]
    public void Correct_AnotherTime_CountsFromThereOn()
    {
        using var gateway = Ward();
        gateway.Clock.Advance(TimeSpan.FromHours(1));
        Monitor(gateway);
        var observation = Record(gateway, gateway.Now, ("avpu", 'A'), ("temp", 37.0), ("o2", 0), ("sbp", 120));

        Correct(gateway, observation, gateway.Now - TimeSpan.FromMinutes(239), ("avpu", 'A'), ("temp", 37.0), ("o2", 0), ("sbp", 120));
        Assert.Equal("0", Score());

        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        Monitor(gateway);
        gateway.Pass(1);
        Assert.Equal("0 to 11", Score());
    }

    [Fact]
    public void Retract_MakesTheScoreIncompleteAgain()
    {
        using var gateway = Ward();
        var observation = Record(gateway, gateway.Now, ("avpu", 'A'), ("temp", 37.0), ("o2", 0), ("sbp", 120));

        var answer = gateway.Answer(gateway.Observations.RetractAsync(observation.Id, 1, "wrong patient", "nurse-2", Cancellation));

        Assert.Equal("Taken back: AVPU A, Temperature 37 °C, Oxygen off, BP systolic 120 mmHg.", answer.Sentence);
        Assert.Equal("0 to 11", Score());
        Assert.DoesNotContain(Tile(gateway).Values, value => value.Signal.Id == "temp");
    }

    [Fact]
    public void Retract_OlderObservationStands_CountsAgain()
    {
        using var gateway = Ward();
        Record(gateway, gateway.Now, ("avpu", 'A'), ("temp", 37.0), ("o2", 0), ("sbp", 120));
        gateway.Pass(60);
        Monitor(gateway);
        var second = Record(gateway, gateway.Now, ("avpu", 'P'), ("temp", 34.0));
        Assert.Equal("6", Score());

        gateway.Answer(gateway.Observations.RetractAsync(second.Id, 1, "wrong patient", "nurse-1", Cancellation));

        Assert.Equal("0", Score());
    }

    [Fact]
    public void Correct_ToBeforeAnOlderOne_TheOtherOneCounts()
    {
        using var gateway = Ward();
        gateway.Pass(60);
        Record(gateway, gateway.Now, ("temp", 37.0));
        gateway.Pass(60);
        var second = Record(gateway, gateway.Now, ("temp", 34.0));

        Correct(gateway, second, gateway.Now - TimeSpan.FromSeconds(100), ("temp", 34.0));

        Assert.Equal(37.0, Assert.Single(Tile(gateway).Values, value => value.Signal.Id == "temp").Value);
    }

    [Fact]
    public void Record_ValidForIsOver_ScoreIsIncomplete()
    {
        using var gateway = Ward();
        Record(gateway, gateway.Now, ("avpu", 'A'), ("temp", 37.0), ("o2", 0), ("sbp", 120));

        gateway.Clock.Advance(TimeSpan.FromHours(4) - TimeSpan.FromSeconds(30));
        Monitor(gateway);
        Assert.Equal("0", Score());
        gateway.Pass(31);

        Assert.Equal("0 to 11", Score());
    }

    [Fact]
    public void Record_TakenAWhileAgo_IsNeverLateAndRaisesFromWhenItIsWrittenDown()
    {
        using var gateway = Ward();
        gateway.Pass(30);
        Monitor(gateway);

        Record(gateway, gateway.Now - TimeSpan.FromMinutes(20), ("avpu", 'P'));
        gateway.Pass(1);

        var alert = Assert.Single(gateway.Ledger.AlertsOf("p1"), alert => alert is { Slug: "not-alert", State: AlertState.Active });
        Assert.True(alert.Since >= gateway.Now - TimeSpan.FromSeconds(2), $"raised at {alert.Since}, now {gateway.Now}");
        Assert.Null(Tile(gateway).Late);
    }

    [Fact]
    public void Record_DeviceSendsTheSameSignal_NewerTimeWins()
    {
        using var gateway = Ward();
        gateway.Pass(60).Read("m1", "\"hr\":70,\"spo2\":97,\"rr\":16,\"temp\":36.5");

        Record(gateway, gateway.Now - TimeSpan.FromSeconds(30), ("temp", 39.5));
        Assert.Equal(36.5, Temperature(gateway));

        gateway.Pass(5);
        Record(gateway, gateway.Now - TimeSpan.FromSeconds(1), ("temp", 38.5));
        Assert.Equal(38.5, Temperature(gateway));

        gateway.Read("m1", "\"hr\":70,\"spo2\":97,\"rr\":16,\"temp\":36.6");
        Assert.Equal(36.6, Temperature(gateway));
        Assert.Equal(2, gateway.Observations.Of("p1").Count);
    }

    [Fact]
    public void Record_OnlyObservations_TileSaysNotMonitoredAndShowsThem()
    {
        using var gateway = new TestGateway().Load(Shipped).Admit(Bed("ICU-1", "p1"), Bed("ICU-2", "p2", "m2"));

        Record(gateway, gateway.Now, ("hr", 72));
        gateway.Answer(gateway.Observations.RecordAsync(Entry("p2", gateway.Now, ("hr", 71)), "nurse-1", Cancellation));

        Assert.Equal(["No device stands at this bed.", "No reading has come yet."], gateway.View.Snapshot().Tiles.Select(tile => tile.NotMonitored));
        Assert.Equal([72, 71], gateway.View.Snapshot().Tiles.Select(tile => tile.Values.Single().Value));
    }

    [Fact]
    public void Record_DeviceIsSilent_StaysSilentAndItsSignalMissing()
    {
        using var gateway = Ward();
        gateway.Pass(100);
        var before = gateway.Ledger.AlertsOf("p1").Select(alert => (alert.Slug, alert.State)).ToList();
        Assert.NotEmpty(before);
        var silence = Tile(gateway).Values.Single(value => value.Signal.Id == "silence").Value;

        Record(gateway, gateway.Now, ("hr", 70), ("rr", 15), ("spo2", 98));

        Assert.Equal(before, gateway.Ledger.AlertsOf("p1").Select(alert => (alert.Slug, alert.State)));
        Assert.Equal(silence, Tile(gateway).Values.Single(value => value.Signal.Id == "silence").Value);
        Assert.StartsWith("No live reading for", Tile(gateway).NotMonitored, StringComparison.Ordinal);
    }

    [Fact]
    public void Due_WhatNoDeviceSends_IsListedUntilItIsObserved()
    {
        using var gateway = Ward();
        Assert.Equal(["sbp", "temp", "o2", "avpu"], gateway.Observations.Due("p1").Select(due => due.Signal.Id));
        Assert.All(gateway.Observations.Due("p1"), due => Assert.Null(due.LastTaken));

        Record(gateway, gateway.Now, ("avpu", 'A'));

        var consciousness = gateway.Observations.Due("p1").Single(due => due.Signal.Id == "avpu");
        Assert.Equal((gateway.Now, gateway.Now + TimeSpan.FromHours(4)), (consciousness.LastTaken, consciousness.DueAt));
        gateway.Read("m1", "\"sbp\":120");
        Assert.DoesNotContain(gateway.Observations.Due("p1"), due => due.Signal.Id == "sbp");
        Assert.Empty(gateway.Observations.Due("nobody"));
    }

    [Fact]
    public void AnotherDevice_TakesOver_ObservationsStay()
    {
        using var gateway = Ward();
        Record(gateway, gateway.Now, ("avpu", 'A'), ("temp", 37.0), ("o2", 0), ("sbp", 120));

        gateway.Admit(Bed("ICU-1", "p1", "m9"));
        gateway.Pass(1).Read("m9", "\"hr\":70,\"spo2\":97,\"rr\":16");

        Assert.Equal("0", Score());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Restart_Anytime_KnowsWhatWasObservedAndWhatCountsAgain(bool hasCheckpoint)
    {
        using var gateway = Ward();
        Record(gateway, gateway.Now, ("avpu", 'A'), ("temp", 37.0), ("o2", 0), ("sbp", 120));
        gateway.Pass(10);
        var second = Record(gateway, gateway.Now, ("avpu", 'P'));
        if (hasCheckpoint)
        {
            gateway.Processor.SaveCheckpoint();
        }

        gateway.Settle();
        using var again = gateway.Crash(engine: NewEngine).Consume();
        Monitor(again);
        Assert.Equal("3", Score());
        Assert.Equal(["avpu", "avpu,temp,o2,sbp"], again.Observations.Of("p1").Select(observation => string.Join(',', observation.Values.Select(value => value.Signal))));

        again.Answer(again.Observations.RetractAsync(second.Id, 1, "wrong patient", "nurse-1", Cancellation));

        Assert.Equal("0", Score());
    }

    [Fact]
    public void Restart_StateOfTheRulesIsLost_WhatWasObservedIsNot()
    {
        using var gateway = Ward();
        Record(gateway, gateway.Now, ("avpu", 'A'), ("temp", 37.0), ("o2", 0), ("sbp", 120));
        gateway.Processor.SaveCheckpoint();
        gateway.Settle();
        var disk = gateway.Disk.Copy();
        foreach (var checkpoint in disk.ListFiles("/log/checkpoints").Where(file => file.StartsWith("rules-engine.", StringComparison.Ordinal)))
        {
            disk.DeleteFile("/log/checkpoints/" + checkpoint);
        }

        using var again = new TestGateway(disk, gateway.Clock.GetUtcNow(), engine: NewEngine).Consume();
        Monitor(again);

        Assert.Equal("0", Score());
    }

    private static double Temperature(TestGateway gateway) => Tile(gateway).Values.Single(value => value.Signal.Id == "temp").Value;

    private static TileView Tile(TestGateway gateway)
    {
        gateway.Clock.Advance(TimeSpan.FromMilliseconds(300)); // A view is made anew four times a second.
        return gateway.View.Snapshot().Tiles[0];
    }

    private string Score() => _engines[^1].ExplainValue("p1", "news2")!.Value.Split(',')[0];

    private IRuleEngine NewEngine()
    {
        _engines.Add(new RuleEngine());
        return _engines[^1];
    }

    /// <summary>A grown-up in a bed with a monitor that sends what monitors send.</summary>
    private TestGateway Ward()
    {
        var gateway = new TestGateway(engine: NewEngine).Load(Shipped).Admit(Bed("ICU-1", "p1", "m1"));
        Monitor(gateway);
        return gateway;
    }

    private static void Monitor(TestGateway gateway) => gateway.Read("m1", "\"hr\":70,\"spo2\":97,\"rr\":16");

    private static Readings.Census.Bed Bed(string id, string patient, params string[] devices) =>
        TestGateway.Bed(id, patient, devices: devices, monitored: ["hr", "spo2"]) with { Population = "adults" };

    private static ObservationEntry Entry(string patient, Instant taken, params (string Signal, double Value)[] values) =>
        new(patient, taken, [.. values.Select(value => new ObservedValue(value.Signal, value.Value))], "");

    private static Observation Record(TestGateway gateway, Instant taken, params (string Signal, double Value)[] values)
    {
        var answer = gateway.Answer(gateway.Observations.RecordAsync(Entry("p1", taken, values), "nurse-1", Cancellation));
        Assert.Equal(OrderOutcome.Done, answer.Outcome);
        return answer.Observation!;
    }

    private static ObservationAnswer Correct(TestGateway gateway, Observation observation, Instant taken, params (string Signal, double Value)[] values) =>
        gateway.Answer(gateway.Observations.CorrectAsync(observation.Id, observation.Revision, Entry("p1", taken, values), "nurse-2", Cancellation));
}
