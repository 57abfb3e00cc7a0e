using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Alerts.Tests.Processing;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.RuleChanges;

/// <summary>What becomes of rule sets: in force at once, waiting for a person, refused, rolled back; each step is in the log.</summary>
public sealed class RuleReviewTests
{
    private static readonly RuleSet LongerDelay = TestRules.Compile(TestRules.Text.Replace("for: 5 s", "for: 10 s", StringComparison.Ordinal));
    private static readonly RuleSet WithoutSaturation = Without("  - alert: SpO2 low", "  - alert: Heart rate very low");
    private static readonly RuleSet EndsHeartRate = TestRules.Compile(
        TestRules.Text.Replace("hr < 40", "hr < 20", StringComparison.Ordinal).Replace("hr >= 45", "hr >= 25", StringComparison.Ordinal));

    [Fact]
    public void Propose_FirstSet_ComesIntoForce()
    {
        using var gateway = new TestGateway();

        Assert.NotNull(gateway.Review.Propose(TestRules.Standard));
        Assert.Null(gateway.Review.Propose(TestRules.Standard));

        Assert.Equal(TestRules.Standard.Version, Consume(gateway).Processor.Host.Rules!.Version);
        Assert.Equal([(RuleSetStep.InForce, "", gateway.Now)], gateway.RuleSteps().Select(step => (step.Step, step.By, step.At)));
        Assert.Empty(gateway.Review.Notes);
    }

    [Fact]
    public void Propose_NumberChanged_ComesIntoForceWithThePlanRecorded()
    {
        using var gateway = Ward();

        gateway.Review.Propose(LongerDelay);

        Assert.Equal(LongerDelay.Version, Consume(gateway).Processor.Host.Rules!.Version);
        var step = gateway.RuleSteps()[^1];
        Assert.Equal(RuleSetStep.InForce, step.Step);
        Assert.Contains("  SpO2 low: for 5 s -> 10 s", step.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Propose_RuleRemoved_WaitsAndIsApproved()
    {
        using var gateway = Ward();
        gateway.Read("m1", "\"spo2\":86").Pass(6);

        gateway.Review.Propose(WithoutSaturation);
        gateway.Review.Propose(WithoutSaturation);
        Consume(gateway);

        Assert.Equal(TestRules.Standard.Version, gateway.Processor.Host.Rules!.Version);
        Assert.Equal(AlertState.Active, gateway.Ledger.Find("p1", "spo2-low")!.State);
        Assert.True(gateway.Review.IsWaiting);
        Assert.Contains("waits for approval", Assert.Single(Snapshot(gateway).RuleNotes), StringComparison.Ordinal);
        var waits = gateway.RuleSteps()[^1];
        Assert.Equal((RuleSetStep.Waits, WithoutSaturation.Version), (waits.Step, waits.RuleSetVersion));
        Assert.Contains("nobody would be warned by 'SpO2 low' any more", waits.Why, StringComparison.Ordinal);
        Assert.Contains("  ICU ICU-1: SpO2 low (medium) would end: rule removed", waits.Why, StringComparison.Ordinal);

        var answer = gateway.Review.Approve("root");
        Consume(gateway);

        Assert.True(answer.Done, answer.Message);
        Assert.Equal(WithoutSaturation.Version, gateway.Processor.Host.Rules!.Version);
        Assert.Null(gateway.Ledger.Find("p1", "spo2-low"));
        Assert.Equal((RuleSetStep.Approved, "root"), (gateway.RuleSteps()[^1].Step, gateway.RuleSteps()[^1].By));
        Assert.Empty(Snapshot(gateway).RuleNotes);
        Assert.False(gateway.Review.Approve("root").Done);
    }

    [Fact]
    public void Propose_WouldEndAnActiveHighAlert_Waits()
    {
        using var gateway = Ward();
        gateway.Read("m1", "\"hr\":30").Pass(1).Acknowledge("p1", "heart-rate-very-low");

        gateway.Review.Propose(EndsHeartRate);
        Consume(gateway);

        Assert.True(gateway.Review.IsWaiting);
        Assert.Contains("the high alert 'Heart rate very low' at ICU ICU-1 would end", gateway.RuleSteps()[^1].Why, StringComparison.Ordinal);
        Assert.Equal(AlertState.Active, gateway.Ledger.Find("p1", "heart-rate-very-low")!.State);
    }

    [Fact]
    public void Propose_SameSetWhileNothingIsActive_ComesIntoForce()
    {
        using var gateway = Ward();

        gateway.Review.Propose(EndsHeartRate);

        Assert.False(gateway.Review.IsWaiting);
        Assert.Equal(EndsHeartRate.Version, Consume(gateway).Processor.Host.Rules!.Version);
    }

    [Fact]
    public void Waiting_OverARestart_StillWaitsAndIsRefusedWhenTheFilesAreBack()
    {
        using var gateway = Ward();
        gateway.Review.Propose(WithoutSaturation);
        gateway.Settle();

        using var restarted = gateway.Crash();
        restarted.Consume();
        Assert.True(restarted.Review.IsWaiting);
        Assert.Equal(TestRules.Standard.Version, restarted.Processor.Host.Rules!.Version);

        restarted.Review.Propose(TestRules.Standard);

        Assert.False(restarted.Review.IsWaiting);
        Assert.Equal((RuleSetStep.Refused, ""), (restarted.RuleSteps()[^1].Step, restarted.RuleSteps()[^1].By));
    }

    [Fact]
    public void Refuse_WhatWaits_IsNotProposedAgainBeforeTheFilesChange()
    {
        using var gateway = Ward();
        gateway.Review.Propose(WithoutSaturation);
        Assert.True(gateway.Review.Refuse("root").Done);
        Assert.Contains("refused by root", Assert.Single(gateway.Review.Notes), StringComparison.Ordinal);
        gateway.Settle();

        using var restarted = gateway.Crash();
        Assert.Null(restarted.Review.Propose(WithoutSaturation));
        Assert.Contains("refused by root", Assert.Single(restarted.Review.Notes), StringComparison.Ordinal);

        Assert.NotNull(restarted.Review.Propose(LongerDelay));
        Assert.Empty(restarted.Review.Notes);
    }

    [Fact]
    public void RollBack_OlderSet_IsInForceUntilTheFilesChangeAlsoOverARestart()
    {
        using var gateway = Ward();
        gateway.Review.Propose(LongerDelay);
        Consume(gateway);

        Assert.False(gateway.Review.RollBack("ffff", "root").Done);
        Assert.False(gateway.Review.RollBack("", "root").Done);
        Assert.False(gateway.Review.RollBack(LongerDelay.Version, "root").Done);
        var answer = gateway.Review.RollBack(TestRules.Standard.Version[..8].ToUpperInvariant(), "root");
        Assert.True(answer.Done, answer.Message);
        Assert.Equal(TestRules.Standard.Version, Consume(gateway).Processor.Host.Rules!.Version);
        Assert.Contains("rolled back by root", Assert.Single(gateway.Review.Notes), StringComparison.Ordinal);
        gateway.Settle();

        using var restarted = gateway.Crash();
        Assert.Null(restarted.Review.Propose(LongerDelay));
        Assert.Equal(TestRules.Standard.Version, Consume(restarted).Processor.Host.Rules!.Version);
        Assert.Contains("not those of the files", Assert.Single(restarted.Review.Notes), StringComparison.Ordinal);

        Assert.NotNull(restarted.Review.Propose(EndsHeartRate));
        Assert.Equal(EndsHeartRate.Version, Consume(restarted).Processor.Host.Rules!.Version);
    }

    [Fact]
    public void RollBack_WouldRemoveARule_WaitsForApproval()
    {
        using var gateway = new TestGateway();
        gateway.Review.Propose(WithoutSaturation);
        gateway.Review.Propose(TestRules.Standard);
        Consume(gateway);

        var answer = gateway.Review.RollBack(WithoutSaturation.Version, "root");

        Assert.Contains("waits for approval", answer.Message, StringComparison.Ordinal);
        Assert.Equal(TestRules.Standard.Version, Consume(gateway).Processor.Host.Rules!.Version);
        Assert.Null(gateway.Review.Propose(TestRules.Standard));
        Assert.True(gateway.Review.Approve("chief").Done);
        Assert.Equal(WithoutSaturation.Version, Consume(gateway).Processor.Host.Rules!.Version);
        Assert.Contains("rolled back by chief", Assert.Single(gateway.Review.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void ReportInvalid_WhileRulesAreInForce_IsAMediumAlertUntilTheyAreGoodAgain()
    {
        using var gateway = Ward();
        gateway.Review.ReportInvalid(["10-test.yaml:3:1: error R040: there is no signal\n  3 | x"]);
        gateway.Review.ReportInvalid(["another"]);
        Consume(gateway);

        var alert = gateway.Ledger.Find("gateway", "rule-files-invalid")!;
        Assert.Equal((AlertPriority.Medium, AlertKind.Technical, AlertState.Active), (alert.Priority, alert.Kind, alert.State));
        Assert.Equal("10-test.yaml:3:1: error R040: there is no signal", alert.Reason);
        Assert.Null(Snapshot(gateway).Tiles.Single(tile => tile.Patient == "gateway").NotMonitored);
        gateway.Settle();

        using var restarted = gateway.Crash();
        restarted.Review.Propose(TestRules.Standard);
        Consume(restarted);
        Assert.Null(restarted.Ledger.Find("gateway", "rule-files-invalid"));
        Assert.Equal(TestRules.Standard.Version, restarted.Processor.Host.Rules!.Version);
    }

    [Fact]
    public void ReportInvalid_WithoutAnyRules_IsAHighAlertAndNobodyIsMonitored()
    {
        using var gateway = new TestGateway();
        gateway.Admit(TestGateway.Bed("ICU-1", "p1", devices: ["m1"]));
        gateway.Review.ReportInvalid(["rules: error R090: there is no rule file"]);
        Consume(gateway);

        Assert.Equal(AlertPriority.High, gateway.Ledger.Find("gateway", "rule-files-invalid")!.Priority);
        Assert.Equal("There are no valid rules.", Snapshot(gateway).Tiles[0].NotMonitored);
    }

    [Fact]
    public void Record_Forms_ComeBackAndForm1IsRead()
    {
        var record = RuleSetRecord.Of(TestRules.Standard) with
        {
            Step = RuleSetStep.RolledBack,
            By = "root",
            InsteadOf = "abc",
            Why = "so",
            At = new Readings.Instant(7),
        };
        var read = RuleSetRecord.Read(record.Write());
        Assert.Equal(record with { Files = [] }, read with { Files = [] });
        Assert.Equal(record.Files, read.Files);

        byte[] older = [1, 2, 0, (byte)'v', (byte)'1', 1, 0, 0, 0, 1, 0, (byte)'a', 2, 0, 0, 0, (byte)'x', (byte)'y'];
        var form1 = RuleSetRecord.Read(older);
        Assert.Equal(("v1", RuleSetStep.InForce, new RuleFile("a", "xy")), (form1.RuleSetVersion, form1.Step, Assert.Single(form1.Files)));
        Assert.Throws<InvalidDataException>(() => RuleSetRecord.Read([3]));
        Assert.Throws<InvalidDataException>(() => RuleSetRecord.Read([2, 9]));
    }

    [Fact]
    public void History_MoreThanAreKept_ForgetsTheOldestOfEachKind()
    {
        var history = new RuleSetHistory();
        for (var index = 0; index < 60; index++)
        {
            history.Add(index * 2, new RuleSetRecord($"v{index}", []));
            history.Add((index * 2) + 1, new RuleSetRecord("", []) { Step = RuleSetStep.FilesValid });
        }

        Assert.Equal(RuleSetHistory.KeptAtMost, history.Versions.Count);
        Assert.Equal(2 * RuleSetHistory.KeptAtMost, history.Records.Count);
        Assert.Equal("v59", history.Last!.RuleSetVersion);
        Assert.Equal("v20", history.Before(new Queue.LogPosition(41))!.RuleSetVersion);
    }

    private static TestGateway Ward()
    {
        var gateway = AlertProcessorTests.Ward();
        gateway.Settle();
        var again = gateway.Crash();
        gateway.Dispose();
        return again.Consume();
    }

    private static TestGateway Consume(TestGateway gateway)
    {
        gateway.Settle();
        return gateway.Consume();
    }

    private static WardSnapshot Snapshot(TestGateway gateway)
    {
        gateway.Clock.Advance(TimeSpan.FromMilliseconds(300));
        return gateway.View.Snapshot();
    }

    private static RuleSet Without(string from, string to)
    {
        var begin = TestRules.Text.IndexOf(from, StringComparison.Ordinal);
        return TestRules.Compile(TestRules.Text.Remove(begin, TestRules.Text.IndexOf(to, StringComparison.Ordinal) - begin));
    }
}
