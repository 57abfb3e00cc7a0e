using IoTGateway.Alerts.Processing;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Processing;

/// <summary>Devices that say nothing any more: what it costs, and what the rules learn of it.</summary>
public sealed class SilenceTests
{
    private static readonly RuleSet Rules = TestRules.Compile(TestRules.Text + """

          - alert: Device silent
            kind: technical
            when: silence >= 120
            priority: medium
            message: "Nothing for {silence} s"
        """);

    [Fact]
    public void Silence_FallsSilentAndSpeaksAgain_IsRaisedAndEnds()
    {
        using var gateway = AlertProcessorTests.Ward().Load(Rules).Read("m1", "\"spo2\":95").Read("m2", "\"spo2\":95");
        for (var step = 0; step < 16; step++)
        {
            gateway.Pass(10).Read("m2", "\"spo2\":95");
        }

        Assert.Equal(["p1 device-silent active"], gateway.Story());
        Assert.InRange((gateway.Events()[0].Time - new Readings.Instant(TestGateway.Start.ToUnixTimeMilliseconds())).TotalSeconds, 120, 151);

        gateway.Read("m1", "\"spo2\":95");
        Assert.Equal(["p1 device-silent active", "p1 device-silent ended"], gateway.Story());
    }

    [Fact]
    public void Silence_DevicesThatSpeak_CostNoTick()
    {
        using var gateway = AlertProcessorTests.Ward().Load(Rules);
        for (var step = 0; step < 30; step++)
        {
            gateway.Read("m1", "\"spo2\":95").Read("m2", "\"spo2\":95").Pass(10);
        }

        Assert.Empty(gateway.Ticks());
    }

    [Fact]
    public void Silence_ForDays_IsToldInCoarserStepsAndThenNoMore()
    {
        using var gateway = AlertProcessorTests.Ward().Load(Rules).Read("m1", "\"spo2\":95").Read("m2", "\"spo2\":95");
        Pass(gateway, TimeSpan.FromMinutes(11));
        var fine = gateway.Ticks().Count;
        Assert.InRange(fine, 19, 22);

        Pass(gateway, TimeSpan.FromHours(25));
        var day = gateway.Ticks().Count;
        Assert.InRange(day - fine, 45, 50);
        Assert.False(gateway.Ledger.Find("p1", "device-silent")!.State == AlertState.Ended);

        Pass(gateway, TimeSpan.FromHours(10));
        Assert.InRange(gateway.Ticks().Count - day, 0, 2);
        Assert.Equal(AlertState.Active, gateway.Ledger.Find("p1", "device-silent")!.State);
    }

    [Fact]
    public void Silence_RestartAtAnyStep_GivesTheSameStory()
    {
        var cuts = new List<(DateTimeOffset Time, MemoryDisk Disk)>();
        using var whole = AlertProcessorTests.Ward().Load(Rules).Read("m1", "\"spo2\":95");
        for (var step = 0; step < 20; step++)
        {
            whole.Pass(10).Read("m2", "\"spo2\":95");
            whole.Settle();
            cuts.Add((whole.Clock.GetUtcNow(), whole.Disk.Copy()));
        }

        whole.Read("m1", "\"spo2\":95").Pass(1);
        Assert.Equal(["p1 device-silent active", "p1 device-silent ended"], whole.Story());
        for (var index = 14; index < cuts.Count; index++)
        {
            using var restarted = new TestGateway(cuts[index].Disk, cuts[index].Time, whole.Options);
            restarted.Consume();
            Assert.Equal(["p1 device-silent active"], restarted.Story());

            restarted.Read("m1", "\"spo2\":95").Pass(1);
            Assert.Equal(whole.Story(), restarted.Story());
        }
    }

    [Fact]
    public void Silence_DeviceTakenAway_EndsAtThePatientItLeft()
    {
        using var gateway = AlertProcessorTests.Ward().Load(Rules).Read("m1", "\"spo2\":95");
        Pass(gateway, TimeSpan.FromMinutes(3));
        Assert.Equal(AlertState.Active, gateway.Ledger.Find("p1", "device-silent")!.State);

        gateway.Admit(TestGateway.Bed("ICU-1", "p1", monitored: ["hr", "spo2"]));

        Assert.Null(gateway.Ledger.Find("p1", "device-silent"));
    }

    [Fact]
    public void Silence_OtherRulesThenItSpeaksAtOnce_Ends()
    {
        using var gateway = AlertProcessorTests.Ward().Load(Rules).Read("m1", "\"spo2\":95");
        Pass(gateway, TimeSpan.FromMinutes(3));
        gateway.Load(TestRules.Compile(Rules.Files.Single(file => file.Name == "10-test.yaml").Text + "\n# another version\n"));
        Assert.Equal(AlertState.Active, gateway.Ledger.Find("p1", "device-silent")!.State);

        gateway.Read("m1", "\"spo2\":95");

        Assert.Null(gateway.Ledger.Find("p1", "device-silent"));
    }

    [Fact]
    public void Silence_OutageOfTheGateway_DoesNotCount()
    {
        using var gateway = AlertProcessorTests.Ward().Load(Rules).Read("m1", "\"spo2\":95").Pass(1);
        gateway.Settle();

        using var restarted = gateway.Crash(downFor: TimeSpan.FromHours(1));
        restarted.Consume().Pass(20);

        Assert.DoesNotContain("p1 device-silent active", restarted.Story());
        Assert.DoesNotContain(restarted.Ticks(), tick => tick.Kind == TickKind.Silence);
    }

    [Fact]
    public void Tick_OfAKindNobodyKnows_IsRefused()
    {
        var body = new TickRecord(new Readings.Instant(5), new Queue.LogPosition(7), TickKind.Silence).Write();
        Assert.Equal(TickKind.Silence, TickRecord.Read(body).Kind);
        body[1] = 9;

        Assert.Throws<InvalidDataException>(() => TickRecord.Read(body));
    }

    /// <summary>Lets a long time pass in steps of 5 s.</summary>
    private static void Pass(TestGateway gateway, TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromSeconds(5))
        {
            gateway.Clock.Advance(TimeSpan.FromSeconds(5));
            gateway.Consume();
        }
    }
}
