using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Processing;

/// <summary>From records of the log to alert events in the log, with the real engine.</summary>
public sealed class AlertProcessorTests
{
    [Fact]
    public void Reading_LowThenRecovered_IsRaisedAndEnds()
    {
        using var gateway = Ward();
        gateway.Read("m1", "\"spo2\":86").Pass(6).Read("m1", "\"spo2\":95").Pass(4);

        Assert.Equal(["p1 spo2-low pending", "p1 spo2-low active", "p1 spo2-low clearing", "p1 spo2-low ended"], gateway.Story());
        var active = gateway.Events()[1];
        Assert.Equal(("ICU", "ICU-1", "86 %", "88 %", TestRules.Standard.Version), (active.Status.Ward, active.Status.Bed, active.Status.Value, active.Status.Limit, active.Status.RuleSet));
        Assert.Single(gateway.Events().Select(happened => happened.Status.Episode).Distinct());
    }

    [Fact]
    public void Tick_TimerDue_FiresAtItsOwnInstantAndSharesTheAppendWithItsRecord()
    {
        using var gateway = Ward();
        var start = gateway.Now;
        gateway.Read("m1", "\"spo2\":86");

        // The rules' time stays half a second behind the clock.
        gateway.Pass(5);
        Assert.Equal(["p1 spo2-low pending"], gateway.Story());
        gateway.Pass(1);

        var raised = gateway.Events()[1];
        Assert.Equal((AlertState.Active, start + TimeSpan.FromSeconds(5)), (raised.Status.State, raised.Time));
        var tick = Assert.Single(gateway.Ticks());
        Assert.Equal(start + TimeSpan.FromSeconds(5.5), tick.Time);
        Assert.Equal((tick.Time, tick.Input), (raised.Recorded, raised.Input));
    }

    [Fact]
    public void Tick_NothingDue_WritesNothing()
    {
        using var gateway = Ward().Read("m1", "\"spo2\":95");
        gateway.Pass(3);
        gateway.Settle();
        var end = gateway.Log.End;

        gateway.Pass(20);

        Assert.Equal(end, gateway.Log.End);
    }

    [Fact]
    public void Reading_CommittedBeforeTheTick_IsConsumedFirst()
    {
        using var gateway = Ward().Read("m1", "\"spo2\":86");
        gateway.Clock.Advance(TimeSpan.FromSeconds(4));

        // Recovers a second before the alert would be raised; nobody has looked at the log since.
        gateway.Append(Queue.RecordKind.Reading, DeviceTopic.Vitals("m1"), TestGateway.PublishBody("m1", $$"""{"ts":{{gateway.Now.UnixMilliseconds}},"spo2":95}"""));
        gateway.Clock.Advance(TimeSpan.FromSeconds(30));
        gateway.Consume();

        Assert.Equal(["p1 spo2-low pending", "p1 spo2-low ended"], gateway.Story());
        Assert.All(gateway.Events(), happened => Assert.False(happened.IsShown));
    }

    [Fact]
    public void Latch_EndsUnacknowledged_StaysUntilAPersonAcknowledges()
    {
        using var gateway = Ward().Read("m1", "\"hr\":30").Pass(1).Read("m1", "\"hr\":60").Pass(1);
        Assert.Equal(AlertState.Latched, gateway.Ledger.Find("p1", "heart-rate-very-low")!.State);

        gateway.Acknowledge("p1", "heart-rate-very-low");

        Assert.Null(gateway.Ledger.Find("p1", "heart-rate-very-low"));
        Assert.Equal(
            ["p1 heart-rate-very-low active", "p1 heart-rate-very-low latched", "p1 heart-rate-very-low ended acknowledged"], gateway.Story());
    }

    [Fact]
    public void Acknowledgement_StaleOrSecond_ChangesNothing()
    {
        using var gateway = Ward().Read("m1", "\"hr\":30");
        gateway.Acknowledge("p1", "heart-rate-very-low", """{"episode":"0-1"}""");
        Assert.Null(gateway.Ledger.Find("p1", "heart-rate-very-low")!.Acknowledgement);

        gateway.Acknowledge("p1", "heart-rate-very-low").Acknowledge("p1", "heart-rate-very-low");

        Assert.Equal(["p1 heart-rate-very-low active", "p1 heart-rate-very-low active acknowledged"], gateway.Story());
        Assert.Equal(new Acknowledgement("nurse-1", gateway.Now, "seen"), gateway.Ledger.Find("p1", "heart-rate-very-low")!.Acknowledgement);
    }

    [Fact]
    public void Undecodable_AnyKind_IsADeadLetterOnce()
    {
        using var gateway = Ward()
            .Publish("m1", "no json")
            .Status("m1", "[]")
            .Acknowledge("p1", "spo2-low", "seen");
        gateway.Append(Queue.RecordKind.Reading, "somewhere/else", TestGateway.PublishBody("m1", "{}"));
        gateway.Append(Queue.RecordKind.Reading, DeviceTopic.Vitals("m1"), [9]);
        gateway.Consume();

        var letters = gateway.DeadLetters();
        Assert.Equal(5, letters.Count);
        Assert.All(letters, letter => Assert.NotEmpty(letter.Reason));
        Assert.Equal("devices/m1/vitals", letters[0].Topic);
        Assert.Equal(TestGateway.PublishBody("m1", "no json"), letters[0].Body.ToArray());

        using var restarted = gateway.Crash();
        restarted.Consume();
        Assert.Equal(5, restarted.DeadLetters().Count);
        Assert.NotNull(restarted.Processor.Host.Rules);
    }

    [Fact]
    public void Undecodable_OneReadingOfABatch_OthersCountAndThePayloadIsADeadLetter()
    {
        using var gateway = Ward().Publish("m1", """[{"hr":30},{"ts":"yesterday","hr":31}]""");
        gateway.Consume();

        Assert.Equal(["p1 heart-rate-very-low active"], gateway.Story());
        Assert.StartsWith("1 of 2 readings were not understood.", Assert.Single(gateway.DeadLetters()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void DeadLetters_OfOneCommit_AreBounded()
    {
        using var gateway = new TestGateway(options: new AlertServiceOptions { DeadLetterBytesAtMost = 2_000 });
        var commits = Enumerable.Range(0, 10)
            .Select(_ => gateway.Log.Append(Queue.RecordKind.Reading, DeviceTopic.Vitals("m1"), TestGateway.PublishBody("m1", new string('x', 900)), Queue.Urgency.RideAlong))
            .ToList();
        gateway.Settle();
        Assert.All(commits, commit => Assert.True(commit.IsDurable));
        gateway.Consume();

        var letters = gateway.DeadLetters();
        Assert.Equal(10, letters.Count);
        Assert.Equal(2, letters.Count(letter => letter.Body.Length > 0));
        Assert.Contains("left out", letters[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void EngineFault_OnePatient_IsQuarantinedAndTheOthersGoOn()
    {
        using var gateway = Ward(engine: () => new FaultyEngine());
        gateway.Read("m1", "\"hr\":30").Read("m1", "\"hr\":66").Read("m1", "\"hr\":30,\"spo2\":80").Read("m2", "\"hr\":30").Pass(6);

        Assert.Equal(
            [
                "p1 heart-rate-very-low active",
                "p1 heart-rate-very-low active updated",
                "p1 rules-stopped-for-this-patient active",
                "p2 heart-rate-very-low active",
            ],
            gateway.Story());
        Assert.True(gateway.Ledger.Find("p1", "heart-rate-very-low")!.Unverified);
        var stopped = gateway.Ledger.Find("p1", "rules-stopped-for-this-patient")!;
        Assert.Equal((AlertPriority.High, AlertKind.Technical), (stopped.Priority, stopped.Kind));

        using var restarted = gateway.Crash(engine: () => new FaultyEngine());
        restarted.Consume().Read("m1", "\"spo2\":80").Pass(6);
        Assert.Equal(4, restarted.Events().Count);
        Assert.NotNull(restarted.Processor.Host.FindPatient("p1")!.Quarantine);

        // Other rules may not meet the error: it is tried again, and what stood is taken up.
        restarted.Load(TestRules.WithMissing).Read("m1", "\"hr\":30").Pass(1).Read("m1", "\"hr\":50").Pass(1);
        Assert.Null(restarted.Ledger.Find("p1", "rules-stopped-for-this-patient"));
        Assert.Equal((AlertState.Latched, false), (restarted.Ledger.Find("p1", "heart-rate-very-low")!.State, restarted.Ledger.Find("p1", "heart-rate-very-low")!.Orphaned));
    }

    [Fact]
    public void Rules_RemovedRule_EndsItsAlertWithTheReason()
    {
        using var gateway = Ward().Read("m1", "\"hr\":30");
        var before = gateway.Events().Count;

        gateway.Load(TestRules.Compile("""
            version: 1
            population: adults
            rules:
              - alert: SpO2 low
                when: spo2 < 88
                priority: medium
                message: "SpO2 {spo2} %"
            """));

        var last = Assert.Single(gateway.Events().Skip(before));
        Assert.Equal("heart-rate-very-low", last.Status.Slug);
        Assert.NotEqual(AlertState.Active, last.Status.State);
    }

    [Fact]
    public void Rules_NotAcceptedByThisVersion_LeaveTheLastGoodOnesInForce()
    {
        using var gateway = Ward();
        gateway.Append(Queue.RecordKind.RuleSet, null, new RuleSetRecord("x", [new RuleFile("bad.yaml", "rules: [")]).Write());
        gateway.Consume();

        Assert.Equal(TestRules.Standard.Version, gateway.Processor.Host.Rules!.Version);
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("bad.yaml", Assert.Single(gateway.View.Snapshot().RuleErrors), StringComparison.Ordinal);
    }

    [Fact]
    public void LateReading_AbnormalValue_RaisesNothing()
    {
        using var gateway = Ward();
        var measured = gateway.Now - TimeSpan.FromMinutes(5);
        gateway.Publish("m1", $$"""{"ts":{{measured.UnixMilliseconds}},"hr":30,"spo2":82}""").Pass(10);

        Assert.Empty(gateway.Story());
    }

    /// <summary>Two patients with a monitor each, and the standard rules.</summary>
    internal static TestGateway Ward(Func<IRuleEngine>? engine = null, AlertServiceOptions? options = null) => new TestGateway(engine: engine, options: options)
        .Load(TestRules.Standard)
        .Admit(
            TestGateway.Bed("ICU-1", "p1", devices: ["m1"], monitored: ["hr", "spo2"]),
            TestGateway.Bed("ICU-2", "p2", devices: ["m2"], monitored: ["hr", "spo2"]),
            TestGateway.Bed("ICU-3", null, devices: ["m3"]));
}
