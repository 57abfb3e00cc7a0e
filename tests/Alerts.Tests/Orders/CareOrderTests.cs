using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Orders;

/// <summary>Pauses, standby and limits at the bedside, from the order to what the rules make of it.</summary>
public sealed class CareOrderTests
{
    private const string Text = """
        version: 1
        population: adults
        limits:
          spo2_low: { value: 88, allowed: 80 to 94 }
          hr_low:   { value: 40, allowed: 30 to 50 }
          fixed:    { value: 200 }
        rules:
          - { alert: SpO2 low, when: spo2 < limit spo2_low, for: 5 s, clear when: spo2 >= limit spo2_low + 2, priority: medium, message: "{spo2}" }
          - { alert: Heart rate very low, when: hr < limit hr_low, latch: true, priority: high, breaks pause: true, message: "{hr}" }
          - { alert: Heart rate low, when: hr < 45, suppressed by: Heart rate very low, priority: medium, message: "{hr}" }
          - { alert: Respiration, when: rr > limit fixed, priority: low, message: "{rr}" }
          - { alert: SpO2 not measured, kind: technical, when: spo2 is missing, for: 2 s, priority: low, message: "none" }
        """;

    [Fact]
    public void Pause_AlertStandsAndAnotherIsRaised_BothCallWhenItIsOver()
    {
        using var gateway = Ward().Read("m1", "\"spo2\":80").Pass(6);

        Assert.Equal(
            new OrderAnswer(OrderOutcome.Done, "The alerts of this patient call nobody for 2 min, but for those that end the pause."),
            gateway.Give(new PausePatient("p1", TimeSpan.FromMinutes(2))));
        gateway.Read("m1", "\"hr\":42,\"spo2\":80");
        Assert.Equal([("heart-rate-low", PatientHold.Pause), ("spo2-low", PatientHold.Pause)], Holds(gateway));
        Assert.Equal("nurse-1", gateway.View.Snapshot().Tiles[0].Care.Pause!.By);
        Assert.Null(gateway.View.Snapshot().Tiles[0].NotMonitored);
        Persist(gateway, 60, "\"hr\":42,\"spo2\":80");

        using var restarted = gateway.Crash();
        restarted.Consume();
        Persist(restarted, 62, "\"hr\":42,\"spo2\":80");

        Assert.All(restarted.Ledger.AlertsOf("p1"), alert => Assert.True(alert.Calls));
        Assert.Equal(
            [("spo2-low", AlertChange.Held), ("heart-rate-low", AlertChange.Announced), ("spo2-low", AlertChange.Announced)],
            restarted.Events().Where(happened => happened.Change != AlertChange.Entered).Select(happened => (happened.Status.Slug, happened.Change)));
        var care = restarted.CareEvents();
        Assert.Equal([CareChange.Paused, CareChange.Resumed], care.Select(happened => happened.Change));
        Assert.Equal(("ICU", "ICU-1", "", "the time of the pause is over"), (care[1].Ward, care[1].Bed, care[1].By, care[1].Why));
        Assert.Equal(care[0].Care.Pause!.Until, care[1].Time);
    }

    [Fact]
    public void Pause_SevereAlertIsRaised_BreaksIt()
    {
        using var gateway = Ward().Read("m1", "\"spo2\":80").Pass(6);
        gateway.Give(new PausePatient("p1", TimeSpan.FromMinutes(10)));

        gateway.Pass(1).Read("m1", "\"hr\":30,\"spo2\":80");

        Assert.Null(gateway.Care.Of("p1").Pause);
        var severe = gateway.Ledger.Find("p1", "heart-rate-very-low")!;
        Assert.True(severe.Calls);
        Assert.True(gateway.Ledger.Find("p1", "spo2-low")!.Calls);
        Assert.Equal(PatientHold.None, Assert.Single(gateway.Events(), happened => happened.Status.Slug == severe.Slug).Status.Hold);
        Assert.Equal($"broken by Heart rate very low: {severe.Reason}", gateway.CareEvents()[^1].Why);

        // And while it stands, there is no other pause.
        var answer = gateway.Give(new PausePatient("p1", TimeSpan.FromMinutes(10)));
        Assert.Equal(new OrderAnswer(OrderOutcome.Refused, "Heart rate very low is active, and ends every care pause. Look after the patient first."), answer);
    }

    [Theory]
    [InlineData(150, AlertChange.Released, AlertChange.Rearmed)]
    [InlineData(180, AlertChange.Released, AlertChange.Rearmed)]
    [InlineData(181, AlertChange.Rearmed, AlertChange.Announced)]
    public void Pause_EndsInTheTickOfAReAlarm_EachHappensAtItsTimeAndItCallsOnce(int pauseEndsAfterSeconds, AlertChange first, AlertChange second)
    {
        using var gateway = Ward().Read("m1", "\"spo2\":80").Pass(6);
        gateway.Acknowledge("p1", "spo2-low");
        gateway.Pass(pauseEndsAfterSeconds - 120);
        gateway.Give(new PausePatient("p1", TimeSpan.FromMinutes(2)));
        var before = gateway.Events().Count;

        // The rules were behind: one tick for both.
        gateway.Clock.Advance(TimeSpan.FromMinutes(4));
        gateway.Consume();

        var events = gateway.Events().Skip(before)
            .Where(happened => happened.Status.Slug == "spo2-low" && happened.Change is AlertChange.Released or AlertChange.Rearmed or AlertChange.Announced).ToList();
        Assert.Equal([first, second], events.Select(happened => happened.Change));
        Assert.Equal([false, true], events.Select(happened => happened.Status.Calls));
        Assert.True(events[0].Time <= events[1].Time, $"{events[0].Time.UnixMilliseconds} and then {events[1].Time.UnixMilliseconds}");
    }

    [Fact]
    public void Pause_EndsInTheTickOfAnEarlierReAlarmOfWhatIsClearing_CallsNobody()
    {
        using var gateway = Ward(Text.Replace("for: 5 s, clear when", "for: 5 s, clear after: 30 s, clear when", StringComparison.Ordinal)).Read("m1", "\"spo2\":80").Pass(6);
        gateway.Acknowledge("p1", "spo2-low");
        gateway.Pass(61);
        gateway.Give(new PausePatient("p1", TimeSpan.FromMinutes(2)));
        gateway.Pass(117).Read("m1", "\"spo2\":97");
        Assert.Equal(AlertState.Clearing, gateway.Ledger.Find("p1", "spo2-low")!.State);
        gateway.Clock.Advance(TimeSpan.FromSeconds(4));
        gateway.Consume();

        // As if each had had a tick of its own: it was called again while nobody was to be called, and is about to be over.
        var last = gateway.Events().Where(happened => happened.Status.Slug == "spo2-low").TakeLast(2);
        Assert.Equal([AlertChange.Rearmed, AlertChange.Released], last.Select(happened => happened.Change));
    }

    [Fact]
    public void Pause_RuleThatStandsBreaksItFromNowOn_IsBrokenByTheReload()
    {
        using var gateway = Ward(Text.Replace("breaks pause: true, ", "", StringComparison.Ordinal)).Read("m1", "\"hr\":30");
        gateway.Give(new PausePatient("p1", TimeSpan.FromMinutes(10)));
        Assert.Equal(PatientHold.Pause, gateway.Ledger.Find("p1", "heart-rate-very-low")!.Hold);

        gateway.Load(TestRules.Compile(Text));

        Assert.Null(gateway.Care.Of("p1").Pause);
        Assert.True(gateway.Ledger.Find("p1", "heart-rate-very-low")!.Calls);
    }

    [Fact]
    public void Pause_Orders_AreAnsweredInWords()
    {
        using var gateway = Ward();
        Assert.Equal(OrderOutcome.Refused, gateway.Give(new PausePatient("p1", TimeSpan.FromMinutes(3))).Outcome);
        Assert.Equal(OrderOutcome.Unknown, gateway.Give(new PausePatient("nobody", TimeSpan.FromMinutes(2))).Outcome);
        Assert.Equal(OrderOutcome.Refused, gateway.Give(new ResumePatient("p1")).Outcome);
        Assert.Equal(OrderOutcome.Done, gateway.Give(new PausePatient("p1", TimeSpan.FromMinutes(2))).Outcome);
        Assert.Equal(new OrderAnswer(OrderOutcome.Done, "The care pause is over."), gateway.Give(new ResumePatient("p1"), "nurse-2"));
        Assert.Equal(("nurse-2", "nurse-2 ended the pause"), (gateway.CareEvents()[^1].By, gateway.CareEvents()[^1].Why));
    }

    [Fact]
    public void StandBy_PatientAway_NothingIsMissingAndNothingCallsUntilItsEnd()
    {
        using var gateway = Ward().Read("m1", "\"spo2\":80").Pass(6);
        gateway.Give(new PausePatient("p1", TimeSpan.FromMinutes(10)));

        Assert.Equal(OrderOutcome.Done, gateway.Give(new StandBy("p1", TimeSpan.FromMinutes(30), "theatre")).Outcome);
        Assert.Null(gateway.Care.Of("p1").Pause);
        Assert.Equal([AlertChange.Held, AlertChange.Held], gateway.Events().TakeLast(2).Select(happened => happened.Change));
        Assert.Equal("Standby by nurse-1: theatre.", gateway.View.Snapshot().Tiles[0].NotMonitored);
        Assert.Equal(OrderOutcome.Refused, gateway.Give(new PausePatient("p1", TimeSpan.FromMinutes(10))).Outcome);
        gateway.Pass(5 * 60);
        Assert.Null(gateway.Ledger.Find("p1", "spo2-not-measured"));

        gateway.Processor.SaveCheckpoint();
        using var restarted = gateway.Crash();
        restarted.Consume().Pass((25 * 60) + 3);

        Assert.Null(restarted.Care.Of("p1").Standby);
        Assert.Equal("the time of the standby is over", restarted.CareEvents()[^1].Why);
        restarted.Pass(120);
        Assert.Equal(AlertState.Active, restarted.Ledger.Find("p1", "spo2-not-measured")!.State);
        Assert.True(restarted.Ledger.Find("p1", "spo2-low")!.Calls);
    }

    [Fact]
    public void StandBy_Orders_AreAnsweredInWords()
    {
        using var gateway = Ward();
        Assert.Equal(OrderOutcome.Refused, gateway.Give(new StandBy("p1", TimeSpan.FromHours(13), "theatre")).Outcome);
        Assert.Equal(OrderOutcome.Refused, gateway.Give(new StandBy("p1", TimeSpan.FromHours(1), "")).Outcome);
        Assert.Equal(OrderOutcome.Refused, gateway.Give(new EndStandby("p1")).Outcome);
        gateway.Give(new StandBy("p1", TimeSpan.FromHours(1), "theatre"));
        Assert.Equal(OrderOutcome.Done, gateway.Give(new EndStandby("p1")).Outcome);
        Assert.Empty(gateway.Care.Patients);
    }

    [Fact]
    public void Census_TransferKeepsAndDischargeEndsWhatWasDecided()
    {
        using var gateway = Ward();
        gateway.Give(new StandBy("p1", TimeSpan.FromHours(1), "theatre"));
        gateway.Give(new SetLimit("p1", "spo2_low", 85, TimeSpan.FromHours(1), "chronic"));

        gateway.Admit(TestGateway.Bed("D-1", "p1", "Dialysis", devices: ["m1"], monitored: ["spo2"]));
        Assert.NotNull(gateway.Care.Of("p1").Standby);
        Assert.Single(gateway.Care.Of("p1").Limits);

        gateway.Admit(TestGateway.Bed("D-1", null, "Dialysis", devices: ["m1"]));
        Assert.Empty(gateway.Care.Patients);
        Assert.Equal((CareChange.Discharged, "the patient is no longer in the census"), (gateway.CareEvents()[^1].Change, gateway.CareEvents()[^1].Why));

        // Who comes again begins anew.
        gateway.Admit(TestGateway.Bed("D-1", "p1", "Dialysis", devices: ["m1"], monitored: ["spo2"]));
        Assert.Equal(PatientHold.None, gateway.Care.Of("p1").Hold);
        Assert.Equal(88, gateway.View.Limits("p1").Single(limit => limit.Limit == "spo2_low").Value);
    }

    [Fact]
    public void SetLimit_WithinAllowed_CountsUntilItsTimeIsOver()
    {
        using var gateway = Ward().Read("m1", "\"spo2\":86").Pass(6);
        Assert.Equal(AlertState.Active, gateway.Ledger.Find("p1", "spo2-low")!.State);

        var answer = gateway.Give(new SetLimit("p1", "spo2_low", 84, TimeSpan.FromHours(1), "chronic"));

        Assert.Equal(new OrderAnswer(OrderOutcome.Done, "spo2_low is 84 in place of 88 for 1 h."), answer);
        gateway.Pass(1).Read("m1", "\"spo2\":86");
        Assert.Null(gateway.Ledger.Find("p1", "spo2-low"));
        var limit = gateway.View.Limits("p1").Single(one => one.Limit == "spo2_low");
        Assert.Equal((84d, 88d, 80d, 94d, "spo2", "chronic"), (limit.Value, limit.FromFiles, limit.Lowest, limit.Highest, Assert.Single(limit.Signals), limit.AtBedside!.Reason));
        Assert.Contains("set at the bedside", gateway.Processor.Host.Explain("p1", "SpO2 low")!.Conditions.SelectMany(Origins));

        gateway.Processor.SaveCheckpoint();
        using var restarted = gateway.Crash();
        restarted.Consume();
        Assert.Equal(84, restarted.View.Limits("p1").Single(one => one.Limit == "spo2_low").Value);
        restarted.Pass(3601);
        Assert.Equal((CareChange.LimitEnded, "spo2_low", "the time for which it was set is over"), (restarted.CareEvents()[^1].Change, restarted.CareEvents()[^1].Limit, restarted.CareEvents()[^1].Why));

        // What ended by its time comes back as a record, too.
        restarted.Consume();
        Assert.Equal(88, restarted.View.Limits("p1").Single(one => one.Limit == "spo2_low").Value);
        restarted.Read("m1", "\"spo2\":86").Pass(6);
        Assert.Equal(AlertState.Active, restarted.Ledger.Find("p1", "spo2-low")!.State);
    }

    [Theory]
    [InlineData("spo2_low", 79, 60, "why", OrderOutcome.Refused, "spo2_low can be set to 80 to 94, not to 79.")]
    [InlineData("spo2_low", 85, 4, "why", OrderOutcome.Refused, "A limit is set for 5 min to 7 d.")]
    [InlineData("spo2_low", 85, 60, "", OrderOutcome.Refused, "Say why the limit is set.")]
    [InlineData("fixed", 100, 60, "why", OrderOutcome.Refused, "fixed cannot be set at the bedside: the rules allow no range for it.")]
    [InlineData("nothing", 100, 60, "why", OrderOutcome.Unknown, "The rules have no such limit.")]
    public void SetLimit_NotAllowed_IsRefusedInWords(string limit, double value, int minutes, string reason, OrderOutcome outcome, string sentence)
    {
        using var gateway = Ward();
        Assert.Equal(new OrderAnswer(outcome, sentence), gateway.Give(new SetLimit("p1", limit, value, TimeSpan.FromMinutes(minutes), reason)));
        Assert.Equal(OrderOutcome.Unknown, gateway.Give(new ClearLimit("p1", limit)).Outcome);
        Assert.Empty(gateway.CareEvents());
    }

    [Fact]
    public void SetLimit_RulesNoLongerAllowIt_IsEndedWithTheReason()
    {
        using var gateway = Ward();
        gateway.Give(new SetLimit("p1", "spo2_low", 82, TimeSpan.FromHours(1), "chronic"));
        gateway.Give(new SetLimit("p1", "hr_low", 35, TimeSpan.FromHours(1), "athlete"));

        gateway.Load(TestRules.Compile(Text.Replace("80 to 94", "85 to 94", StringComparison.Ordinal)));

        Assert.Equal(["hr_low"], gateway.Care.Of("p1").Limits.Select(limit => limit.Limit));
        Assert.Equal("the rules now allow 85 to 94, and it was set to 82", gateway.CareEvents()[^1].Why);
        gateway.Consume();
        Assert.Equal(88, gateway.View.Limits("p1").Single(limit => limit.Limit == "spo2_low").Value);
        Assert.Equal(35, gateway.View.Limits("p1").Single(limit => limit.Limit == "hr_low").Value);
        Assert.Equal(new OrderAnswer(OrderOutcome.Done, "hr_low is again what the rule files say."), gateway.Give(new ClearLimit("p1", "hr_low")));
        Assert.Equal(40, gateway.View.Limits("p1").Single(limit => limit.Limit == "hr_low").Value);
    }

    [Fact]
    public void Restart_StateOfTheRulesUnreadable_CareIsTakenFromTheLedger()
    {
        using var gateway = Ward();
        gateway.Give(new SetLimit("p1", "spo2_low", 82, TimeSpan.FromHours(1), "chronic"));
        gateway.Give(new StandBy("p2", TimeSpan.FromHours(1), "theatre"));
        gateway.Read("x9", "\"hr\":60");
        gateway.Give(new SetLimit("x9", "hr_low", 35, TimeSpan.FromHours(1), "athlete"));
        gateway.Settle();
        var disk = gateway.Disk.Copy();
        foreach (var checkpoint in disk.ListFiles("/log/checkpoints").Where(file => file.StartsWith("rules-engine.", StringComparison.Ordinal)))
        {
            disk.DeleteFile("/log/checkpoints/" + checkpoint);
        }

        using var restarted = new TestGateway(disk, gateway.Clock.GetUtcNow());
        restarted.Consume();
        restarted.Read("x9", "\"hr\":60");

        Assert.Equal(82, restarted.View.Limits("p1").Single(limit => limit.Limit == "spo2_low").Value);
        Assert.Equal(35, restarted.View.Limits("x9").Single(limit => limit.Limit == "hr_low").Value);
        restarted.Pass(120);
        Assert.Null(restarted.Ledger.Find("p2", "spo2-not-measured"));
        Assert.Equal(3, restarted.CareEvents().Count);
    }

    private static TestGateway Ward(string rules = Text) => new TestGateway()
        .Load(TestRules.Compile(rules))
        .Admit(
            TestGateway.Bed("ICU-1", "p1", devices: ["m1"], monitored: ["spo2"]),
            TestGateway.Bed("ICU-2", "p2", devices: ["m2"], monitored: ["spo2"]));

    private static IEnumerable<string> Origins(ExplanationNode node) => node.Parts.SelectMany(Origins).Append(node.Origin);

    private static List<(string, PatientHold)> Holds(TestGateway gateway) => [.. gateway.Ledger.AlertsOf("p1").Select(alert => (alert.Slug, alert.Hold))];

    private static void Persist(TestGateway gateway, int seconds, string values)
    {
        for (; seconds > 0; seconds--)
        {
            gateway.Pass(1).Read("m1", values);
        }
    }
}
