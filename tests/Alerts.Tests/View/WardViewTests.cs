using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Alerts.Tests.Processing;
using IoTGateway.Readings.Census;

namespace IoTGateway.Alerts.Tests.View;

/// <summary>What people see, and that no data is never all clear.</summary>
public sealed class WardViewTests
{
    [Fact]
    public void Snapshot_Ward_HasBedsInOrderThenUnassignedDevices()
    {
        using var gateway = AlertProcessorTests.Ward().Read("x9", "\"hr\":60").Read("x1", "\"hr\":60").Read("m1", "\"hr\":60");

        var snapshot = Look(gateway);

        Assert.Equal(
            [("ICU", "ICU-1", "p1"), ("ICU", "ICU-2", "p2"), ("ICU", "ICU-3", null), ("unassigned", "", "x1"), ("unassigned", "", "x9")],
            snapshot.Tiles.Select(tile => (tile.Ward, tile.Bed, tile.Patient)));
        Assert.Equal(TestRules.Standard.Version, snapshot.RuleSet);
        Assert.Empty(snapshot.RuleErrors);
        Assert.True(snapshot.AlertsComplete);
    }

    [Fact]
    public void Snapshot_MonitoredPatient_ShowsValuesAlertsAndDevices()
    {
        using var gateway = AlertProcessorTests.Ward().Status("m1", """{"state":"online","battery":87}""").Read("m1", "\"hr\":30,\"spo2\":97");

        var tile = Look(gateway).Tiles[0];

        Assert.Null(tile.NotMonitored);
        Assert.Equal([("hr", 30d), ("spo2", 97d)], tile.Values.Select(value => (value.Signal.Id, value.Value)).Order());
        Assert.Equal("heart-rate-very-low", Assert.Single(tile.Alerts).Slug);
        Assert.Equal(new DeviceView("m1", true, Readings.Instant.From(TestGateway.Start)), Assert.Single(tile.Devices));
        Assert.Null(tile.Late);
    }

    [Fact]
    public void ScoresOff_PatientsOfDifferentAges_SaysSoUntilTheCensusDoes()
    {
        var rules = TestRules.Compile(TestRules.Text + """

              - alert: Scored
                only in: { population: adults }
                when: hr > 150
                priority: high
                message: "{hr}"
            """);
        using var gateway = AlertProcessorTests.Ward().Load(rules).Read("x1", "\"hr\":60");

        Assert.Equal(["Scored off: age unknown", "Scored off: age unknown", null, null], Look(gateway).Tiles.Select(tile => tile.ScoresOff));

        gateway.Admit(
            TestGateway.Bed("ICU-1", "p1", devices: ["m1"]) with { Population = PopulationWord.Adults },
            TestGateway.Bed("ICU-2", "p2", devices: ["m2"]) with { Population = PopulationWord.Children });
        Assert.Equal([null, "Scored off: child", null], Look(gateway).Tiles.Select(tile => tile.ScoresOff));
    }

    [Theory]
    [InlineData("""{"state":"online"}""", true)]
    [InlineData("""{"state":"offline"}""", false)]
    [InlineData("""{"state":"sleeping"}""", null)]
    [InlineData("""{"battery":5}""", true)]
    [InlineData("", null)]
    public void Snapshot_DeviceState_IsWhatTheDeviceLastSaid(string payload, bool? online)
    {
        using var gateway = AlertProcessorTests.Ward().Status("m1", """{"state":"online"}""").Status("m1", payload);

        Assert.Equal(online, Look(gateway).Tiles[0].Devices[0].Online);
    }

    [Fact]
    public void NotMonitored_EmptyBed_HasNoReason()
    {
        using var gateway = AlertProcessorTests.Ward();

        Assert.Null(Look(gateway).Tiles[2].NotMonitored);
    }

    [Fact]
    public void NotMonitored_NoRules_SaysSo()
    {
        using var gateway = new TestGateway().Admit(TestGateway.Bed("ICU-1", "p1", devices: ["m1"])).Read("m1", "\"hr\":30");

        Assert.Equal("There are no valid rules.", Look(gateway).Tiles[0].NotMonitored);
        Assert.Empty(gateway.DeadLetters());
    }

    [Fact]
    public void NotMonitored_NeverARead_SaysSo()
    {
        using var gateway = AlertProcessorTests.Ward();

        Assert.Equal("No reading has come yet.", Look(gateway).Tiles[0].NotMonitored);
    }

    [Fact]
    public void NotMonitored_SilentForAMinute_SaysForHowLong()
    {
        using var gateway = AlertProcessorTests.Ward().Read("m1", "\"hr\":60").Pass(59);
        Assert.Null(Look(gateway).Tiles[0].NotMonitored);

        gateway.Pass(2);
        Assert.Equal("No live reading for 61 s.", Look(gateway).Tiles[0].NotMonitored);
        gateway.Pass(120);
        Assert.Equal("No live reading for 3 min.", Look(gateway).Tiles[0].NotMonitored);
    }

    [Fact]
    public void NotMonitored_OnlyLateReadings_AreNoLiveOnes()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Publish("m1", $$"""{"ts":{{(gateway.Now - TimeSpan.FromMinutes(5)).UnixMilliseconds}},"hr":60}""");

        Assert.Equal("Readings come late: the device's clock is wrong, or it sends what it has kept.", Look(gateway).Tiles[0].NotMonitored);
    }

    [Fact]
    public void NotMonitored_RulesBehind_SaysHowFar()
    {
        using var gateway = AlertProcessorTests.Ward().Read("m1", "\"hr\":60");

        gateway.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(gateway.View.Snapshot().Tiles[0].NotMonitored);
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        var snapshot = gateway.View.Snapshot();
        Assert.Equal("The rules are 6 s behind.", snapshot.Tiles[0].NotMonitored);
        Assert.Equal(TimeSpan.FromSeconds(6), snapshot.RulesBehind);

        gateway.Consume();
        Assert.Null(Look(gateway).Tiles[0].NotMonitored);
    }

    [Fact]
    public void NotMonitored_RulesStoppedForThePatient_SaysSoForThatPatientOnly()
    {
        using var gateway = AlertProcessorTests.Ward(engine: () => new FaultyEngine()).Read("m1", "\"hr\":66").Read("m2", "\"hr\":60");

        var tiles = Look(gateway).Tiles;
        Assert.Equal("The rules stopped for this patient because of an error.", tiles[0].NotMonitored);
        Assert.Null(tiles[1].NotMonitored);
    }

    [Fact]
    public void NotMonitored_NoDevice_SaysSo()
    {
        using var gateway = AlertProcessorTests.Ward().Admit(TestGateway.Bed("ICU-1", "p1"));

        Assert.Equal("No device stands at this bed.", Look(gateway).Tiles[0].NotMonitored);
    }

    [Fact]
    public void NotMonitored_Stopped_EveryTileSaysWhy()
    {
        using var gateway = AlertProcessorTests.Ward().Read("m1", "\"hr\":60");

        gateway.View.Stop("The rules have stopped.");

        Assert.Equal("The rules have stopped.", Look(gateway).Tiles[0].NotMonitored);
    }

    [Fact]
    public void Late_BacklogAfterBeingOffline_ShowsTheExtremes()
    {
        using var gateway = AlertProcessorTests.Ward().Read("m1", "\"hr\":60").Pass(600);
        foreach (var (minutes, oxygen, heart) in new[] { (8, 91, 70), (6, 82, 130), (4, 88, 45) })
        {
            gateway.Publish("m1", $$"""{"ts":{{(gateway.Now - TimeSpan.FromMinutes(minutes)).UnixMilliseconds}},"hr":{{heart}},"spo2":{{oxygen}}}""");
        }

        gateway.Read("m1", "\"hr\":60");
        var hr = TestRules.Standard.Catalogue.Find("hr")!;
        Assert.Equal($"while offline: {hr.Name} 45 to 130 {hr.UnitShown}, lowest SpO2 82 %", Look(gateway).Tiles[0].Late);

        // It is state of the rules like any other.
        gateway.Processor.SaveCheckpoint();
        using var restarted = gateway.Crash();
        restarted.Consume();
        Assert.Contains("lowest SpO2 82 %", Look(restarted).Tiles[0].Late, StringComparison.Ordinal);

        restarted.Publish("m1", $$"""{"ts":{{(restarted.Now - TimeSpan.FromMinutes(3)).UnixMilliseconds}},"spo2":90}""");
        restarted.Pass(31 * 60);
        Assert.Contains("lowest SpO2 82 %", Look(restarted).Tiles[0].Late, StringComparison.Ordinal);

        // Until somebody has seen it; what comes later is told anew.
        Assert.Equal(OrderOutcome.Done, restarted.Give(new NoteSeen("p1")).Outcome);
        Assert.Null(Look(restarted).Tiles[0].Late);
        Assert.Equal(OrderOutcome.Unknown, restarted.Give(new NoteSeen("p1")).Outcome);
        restarted.Publish("m1", $$"""{"ts":{{(restarted.Now - TimeSpan.FromMinutes(3)).UnixMilliseconds}},"spo2":90}""");
        using var again = restarted.Crash();
        again.Consume();
        Assert.Equal("while offline: lowest SpO2 90 %", Look(again).Tiles[0].Late);
    }

    [Fact]
    public void Snapshot_AlertOfADeviceThatIsNotKnownAnyMore_IsStillShown()
    {
        using var gateway = AlertProcessorTests.Ward().Read("x9", "\"hr\":30");
        gateway.Settle();
        var disk = gateway.Disk.Copy();
        foreach (var checkpoint in disk.ListFiles("/log/checkpoints").Where(file => file.StartsWith("rules-engine.", StringComparison.Ordinal)))
        {
            disk.DeleteFile("/log/checkpoints/" + checkpoint);
        }

        using var restarted = new TestGateway(disk, gateway.Clock.GetUtcNow());
        restarted.Consume();

        var tile = Assert.Single(Look(restarted).Tiles, tile => tile.Patient == "x9");
        Assert.True(Assert.Single(tile.Alerts).Orphaned);
        Assert.NotNull(tile.NotMonitored);
    }

    [Fact]
    public void Alerts_OfATile_MostUrgentFirst()
    {
        using var gateway = AlertProcessorTests.Ward().Read("m1", "\"spo2\":80").Pass(6).Read("m1", "\"hr\":30,\"spo2\":80");

        Assert.Equal(["heart-rate-very-low", "spo2-low"], Look(gateway).Tiles[0].Alerts.Select(alert => alert.Slug));
    }

    [Fact]
    public async Task WaitForAlertChange_ChangeAfterTheSnapshot_Completes()
    {
        using var gateway = AlertProcessorTests.Ward();
        var snapshot = Look(gateway);
        var waiting = gateway.View.WaitForAlertChangeAsync(snapshot.AlertVersion, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        gateway.Read("m1", "\"hr\":30");
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        // An alert makes a new snapshot at once, whatever the age of the last one.
        Assert.Single(gateway.View.Snapshot().Tiles[0].Alerts);
        Assert.True(gateway.View.WaitForAlertChangeAsync(snapshot.AlertVersion, TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }

    [Fact]
    public void RecentTransitions_ShownOnes_NewestFirst()
    {
        using var gateway = AlertProcessorTests.Ward().Read("m1", "\"spo2\":86").Pass(1).Read("m1", "\"spo2\":95,\"hr\":30").Read("m2", "\"hr\":30");

        Assert.Equal(["p2", "p1"], gateway.View.RecentTransitions(10).Select(status => status.Patient));
        Assert.Single(gateway.View.RecentTransitions(1));
    }

    [Fact]
    public void ReportRuleErrors_Errors_AreShownUntilTheyAreGone()
    {
        using var gateway = AlertProcessorTests.Ward();

        gateway.View.ReportRuleErrors(["10-adult.yaml:3:1: error"]);
        Assert.Equal(["10-adult.yaml:3:1: error"], Look(gateway).RuleErrors);
        gateway.View.ReportRuleErrors([]);
        Assert.Empty(Look(gateway).RuleErrors);
    }

    /// <summary>A new snapshot: one is kept for a quarter of a second.</summary>
    private static WardSnapshot Look(TestGateway gateway)
    {
        gateway.Clock.Advance(TimeSpan.FromMilliseconds(250));
        gateway.Consume();
        return gateway.View.Snapshot();
    }
}
