using IoTGateway.Alerts.Publishing;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Queue;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Processing;

/// <summary>A patient who goes to another bed is the same patient: alerts, timers and windows go along, whatever devices stand there.</summary>
public sealed class TransferTests
{
    private static readonly string[] Expected = ["hr", "spo2"];

    private static readonly RuleSet WithWindow = TestRules.Compile(TestRules.Text + """

          - alert: SpO2 low on average
            when: average(spo2, 60 s) < 90
            clear when: average(spo2, 60 s) >= 92
            priority: low
            message: "{average(spo2, 60 s)}"
        """);

    [Fact]
    public void Transfer_BedWithAnotherMonitor_AlertAndAcknowledgementGoAlong()
    {
        using var gateway = Ward().Read("m1", "\"hr\":30").Acknowledge("p1", "heart-rate-very-low");
        var before = gateway.Ledger.Find("p1", "heart-rate-very-low")!;

        Move(gateway, "p1", "D-1");

        Assert.Equal(before with { Ward = "Dialysis", Bed = "D-1" }, gateway.Ledger.Find("p1", "heart-rate-very-low"));
        gateway.Pass(1).Read("m4", "\"hr\":31");
        Assert.Equal(before.Episode, gateway.Ledger.Find("p1", "heart-rate-very-low")!.Episode);
        gateway.Pass(1).Read("m4", "\"hr\":70");
        Assert.Null(gateway.Ledger.Find("p1", "heart-rate-very-low"));
    }

    [Fact]
    public void Transfer_AlertPending_IsRaisedWhenItWouldHaveBeen()
    {
        using var gateway = Ward().Read("m1", "\"spo2\":80").Pass(3);

        Move(gateway, "p1", "D-1");
        Assert.Equal(AlertState.Pending, gateway.Ledger.Find("p1", "spo2-low")!.State);
        gateway.Read("m4", "\"spo2\":81").Pass(3);

        var alert = gateway.Ledger.Find("p1", "spo2-low")!;
        Assert.Equal((AlertState.Active, "D-1", TestGateway.Start + TimeSpan.FromSeconds(5)), (alert.State, alert.Bed, alert.Changed.ToDateTimeOffset()));
    }

    [Fact]
    public void Transfer_ValuesInAWindow_StayInIt()
    {
        using var gateway = Ward(WithWindow).Read("m1", "\"spo2\":80").Pass(1);
        Assert.NotNull(gateway.Ledger.Find("p1", "spo2-low-on-average"));

        Move(gateway, "p1", "D-1");
        gateway.Read("m4", "\"spo2\":97").Pass(1); // 88.5 on average.

        Assert.NotNull(gateway.Ledger.Find("p1", "spo2-low-on-average"));
    }

    [Fact]
    public async Task Transfer_ToAnotherWard_OldRetainedTopicIsRemoved()
    {
        using var gateway = Ward();
        var topics = new RetainedTopics();
        using var publisher = new MqttAlertPublisher(gateway.Log, topics, gateway.Ledger.Version, []);
        using var stop = new CancellationTokenSource();
        var running = publisher.RunAsync(stop.Token);
        gateway.Read("m1", "\"hr\":30");

        Move(gateway, "p1", "D-1");
        gateway.Settle();

        await IoTGateway.Tests.Support.Eventually.HoldsAsync(
            "the topic has moved",
            TimeSpan.FromSeconds(20),
            () => topics.Published.Any(line => line.StartsWith("R alerts/Dialysis/p1/heart-rate-very-low {", StringComparison.Ordinal))
                && topics.Published.Any(line => line.TrimEnd() == "R alerts/ICU/p1/heart-rate-very-low"),
            TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public void Transfer_TwoPatientsThroughAFreeBed_EachKeepsTheirAlerts()
    {
        using var gateway = Ward().Read("m1", "\"hr\":30").Read("m2", "\"spo2\":80").Pass(6);
        var (first, second) = (gateway.Ledger.Find("p1", "heart-rate-very-low")!, gateway.Ledger.Find("p2", "spo2-low")!);

        Move(gateway, "p1", "D-1");
        Move(gateway, "p2", "ICU-1");
        Move(gateway, "p1", "ICU-2");

        Assert.Equal((first.Episode, "ICU-2", "ICU"), Named(gateway.Ledger.Find("p1", "heart-rate-very-low")!));
        Assert.Equal((second.Episode, "ICU-1", "ICU"), Named(gateway.Ledger.Find("p2", "spo2-low")!));
        gateway.Pass(1).Read("m1", "\"spo2\":95").Pass(4);
        Assert.Null(gateway.Ledger.Find("p2", "spo2-low"));
        Assert.NotNull(gateway.Ledger.Find("p1", "heart-rate-very-low"));
    }

    [Fact]
    public void Transfer_BothBedsAtOnce_IsTheSameAsOneAfterTheOther()
    {
        using var gateway = Ward().Read("m1", "\"hr\":30").Read("m2", "\"spo2\":80").Pass(6);

        gateway.Admit(
            TestGateway.Bed("ICU-1", "p2", devices: ["m1"], monitored: Expected),
            TestGateway.Bed("ICU-2", "p1", devices: ["m2"], monitored: Expected),
            TestGateway.Bed("D-1", null, ward: "Dialysis", devices: ["m4"]));

        Assert.Equal("ICU-2", gateway.Ledger.Find("p1", "heart-rate-very-low")!.Bed);
        Assert.Equal("ICU-1", gateway.Ledger.Find("p2", "spo2-low")!.Bed);
    }

    [Fact]
    public void Transfer_AndATransitionInTheSameInstant_NothingIsLost()
    {
        using var gateway = Ward().Read("m1", "\"spo2\":80");
        gateway.Clock.Advance(TimeSpan.FromSeconds(5)); // Due exactly now.
        var beds = Moved(gateway.Processor.Host.Census, "p1", "D-1");
        gateway.Append(RecordKind.Census, null, new CensusRecord(gateway.Now, beds).Write());
        gateway.Append(
            RecordKind.Reading, Readings.DeviceTopic.Vitals("m4"),
            TestGateway.PublishBody("m4", $$"""{"ts":{{gateway.Now.UnixMilliseconds}},"spo2":79,"hr":30}"""));

        gateway.Consume().Pass(1);

        Assert.Equal(("D-1", AlertState.Active), (gateway.Ledger.Find("p1", "spo2-low")!.Bed, gateway.Ledger.Find("p1", "spo2-low")!.State));
        Assert.Equal("D-1", gateway.Ledger.Find("p1", "heart-rate-very-low")!.Bed);
        Assert.Single(gateway.Events(), happened => happened.Status is { Slug: "spo2-low", State: AlertState.Active } && happened.Change == AlertChange.Entered);
        Assert.Equal(gateway.Events().Count, gateway.Events().Select(happened => happened.Number).Distinct().Count());
    }

    [Fact]
    public void Transfer_BedWithAnotherMonitorThatSaysNothing_IsNotMonitored()
    {
        using var gateway = Ward().Read("m1", "\"hr\":70");

        Move(gateway, "p1", "D-1");
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("No reading has come yet.", gateway.View.Snapshot().Tiles.Single(tile => tile.Patient == "p1").NotMonitored);
    }

    [Fact]
    public void Transfer_WithAnAlert_SurvivesARestart()
    {
        using var gateway = Ward().Read("m1", "\"spo2\":80").Pass(3);
        Move(gateway, "p1", "D-1");
        gateway.Processor.SaveCheckpoint();
        using var again = gateway.Crash().Consume();

        again.Pass(4);

        Assert.Equal((AlertState.Active, "D-1"), (again.Ledger.Find("p1", "spo2-low")!.State, again.Ledger.Find("p1", "spo2-low")!.Bed));
    }

    [Fact]
    public void Device_TakenAwayAndAnotherPut_TakesOverAndOldAlertsEndWithTheReason()
    {
        using var gateway = Ward().Read("m1", "\"hr\":30");
        Put(gateway, "ICU-1");
        Assert.Equal("No device stands at this bed.", gateway.View.Snapshot().Tiles[0].NotMonitored);
        Assert.NotNull(gateway.Ledger.Find("p1", "heart-rate-very-low"));

        Put(gateway, "ICU-1", "m9");

        Assert.Equal(AlertState.Latched, gateway.Ledger.Find("p1", "heart-rate-very-low")!.State);
        Assert.Equal("another device measures this patient now", gateway.Events()[^1].Status.Reason);
        gateway.Pass(1).Read("m9", "\"spo2\":80").Pass(4);
        Assert.Equal(AlertState.Pending, gateway.Ledger.Find("p1", "spo2-low")!.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Device_ComesAlongAfterThePatient_AlertGoesOn(bool restarts)
    {
        using var gateway = Ward().Read("m1", "\"spo2\":80").Pass(3);
        Put(gateway, "D-1");
        Move(gateway, "p1", "D-1");
        gateway.Processor.SaveCheckpoint();
        using var again = restarts ? gateway.Crash().Consume() : gateway;

        Put(again, "ICU-1");
        Put(again, "D-1", "m1");
        again.Pass(4);

        Assert.Equal((AlertState.Active, "D-1"), (again.Ledger.Find("p1", "spo2-low")!.State, again.Ledger.Find("p1", "spo2-low")!.Bed));
    }

    private static void Put(TestGateway gateway, string bed, params string[] devices) =>
        gateway.Admit([.. gateway.Processor.Host.Census.Beds.Select(other => other.Id == bed ? other with { Devices = [.. devices] } : other)]);

    private static (string Episode, string Bed, string Ward) Named(AlertStatus alert) => (alert.Episode, alert.Bed, alert.Ward);

    private static void Move(TestGateway gateway, string patient, string bed) => gateway.Admit([.. Moved(gateway.Processor.Host.Census, patient, bed).Beds]);

    private static WardCensus Moved(WardCensus census, string patient, string to) => new(
        [.. census.Beds.Select(bed => bed.Id == to ? bed with { Patient = patient, Monitored = [.. Expected] } : bed.Patient == patient ? bed with { Patient = null } : bed)]);

    private static TestGateway Ward(RuleSet? rules = null) => new TestGateway().Load(rules ?? TestRules.Standard).Admit(
        TestGateway.Bed("ICU-1", "p1", devices: ["m1"], monitored: Expected),
        TestGateway.Bed("ICU-2", "p2", devices: ["m2"], monitored: Expected),
        TestGateway.Bed("D-1", null, ward: "Dialysis", devices: ["m4"]));
}
