using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Notifications.Escalation;
using IoTGateway.Notifications.Tests.Doubles;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Tests.Escalation;

/// <summary>Who is told when: what docs/rules.md says of `escalate`, with a clock that stands still.</summary>
public sealed class EscalationLedgerTests
{
    private readonly LedgerFixture _ward = new();

    private bool NobodyReached => EscalationView.NobodyReached(_ward.Ledger.Find("e1")!);

    [Fact]
    public void Raise_OfHighPriority_GoesByTheRoutesAndThenByTheStagesUntilNobodyIsReached()
    {
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now)).Pass(9 * 60 + 1);

        Assert.Equal(
            [
                "0 Raise 0 n1", "120 Stage 1 c1", "300 Stage 2 d1",
                "420 NobodyReached 2 c1", "420 NobodyReached 2 d1", "540 NobodyReached 2 c1", "540 NobodyReached 2 d1",
            ],
            _ward.Story);
        Assert.True(NobodyReached);
    }

    [Fact]
    public void Stage_TheLastOneCannotBeReached_IsNobodyReachedAtOnceUntilAPageIsTaken()
    {
        _ward.ChannelsWork = false;
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now));
        _ward.Receive(_ward.Pages[0], PageState.Sent);
        _ward.Pass(121);
        _ward.Receive(_ward.Pages[1], PageState.Failed);
        _ward.Pass(1);
        Assert.Equal(["0 Raise 0 n1", "120 Stage 1 c1", "122 Stage 2 d1"], _ward.Story);
        Assert.False(NobodyReached);

        _ward.Receive(_ward.Pages[2], PageState.Failed);
        Assert.True(NobodyReached);
        _ward.Receive(_ward.Pages[2], PageState.Sent);
        Assert.False(NobodyReached);
    }

    [Fact]
    public void Raise_InAWardWhereNobodyHasARole_ShowsAtOnceThatNobodyIsReached()
    {
        _ward.Plan = TestPlan.Make(roster: TestPlan.Roster.Replace("ward: ICU", "ward: Dialysis", StringComparison.Ordinal));
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now)).Pass(1);

        Assert.Empty(_ward.Pages);
        Assert.True(EscalationView.NobodyReached(_ward.Ledger.Find("e1")!));
    }

    [Fact]
    public void Raise_WhoseRoleNobodyHas_GoesToTheFirstStageAtOnce()
    {
        _ward.Plan = TestPlan.Make(roster: TestPlan.Roster.Replace("nurse: n1, charge", "porter: n1, charge", StringComparison.Ordinal)
            .Replace("charge nurse: c1, on-call physician: d1 } }", "charge nurse: c1, on-call physician: d1 } }\n  - { ward: W2, shifts: [{ from: 00:00, to: 24:00, roles: { nurse: n1 } }] }", StringComparison.Ordinal));
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now)).Pass(5 * 60);
        Assert.Equal(["0 Stage 1 c1", "300 Stage 2 d1"], _ward.Story);
    }

    [Fact]
    public void Stages_AreReachedButNotRepeated_DoNotYetShowThatNobodyIsReached()
    {
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now)).Pass(6 * 60);
        Assert.False(EscalationView.NobodyReached(_ward.Ledger.Find("e1")!));
    }

    [Fact]
    public void Raise_OfMediumPriorityWithoutEscalate_IsToldOnce()
    {
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now, AlertPriority.Medium)).Pass(20 * 60);
        Assert.Equal(["0 Raise 0 n1"], _ward.Story);
    }

    [Fact]
    public void Raise_WithStagesOfItsRule_UsesThoseAndKeepsThemWhenTheFilesChange()
    {
        _ward.Rules = _ => [new EscalationStage(TimeSpan.FromSeconds(60), "on-call physician")];
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now, AlertPriority.Medium));
        _ward.Rules = _ => [];
        _ward.Pass(61);
        Assert.Equal(["0 Raise 0 n1", "60 Stage 1 d1"], _ward.Story);
    }

    [Fact]
    public void Acknowledge_AtTheMomentOfAStage_StopsIt()
    {
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now)).Pass(119);
        _ward.Ledger.Apply(_ward.Alerts.Acknowledge("e1", _ward.Now));
        _ward.Pass(10 * 60);
        Assert.Equal(["0 Raise 0 n1"], _ward.Story);
    }

    [Fact]
    public void End_AfterARaiseWasSent_IsToldToThoseWhoWereTold()
    {
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now)).Pass(130);
        _ward.Happens(_ward.Alerts.End("e1", _ward.Now)).Pass(10 * 60);
        Assert.Equal(["0 Raise 0 n1", "120 Stage 1 c1", "130 Over 0 n1", "130 Over 1 c1"], _ward.Story);
        Assert.Empty(_ward.Ledger.Calls);
        Assert.Empty(_ward.Ledger.Pages);
    }

    [Fact]
    public void End_BeforeAnythingWasDecided_IsToldToNobody()
    {
        _ward.Ledger.Apply(_ward.Alerts.Raise("e1", _ward.Now));
        _ward.Happens(_ward.Alerts.End("e1", _ward.Now)).Pass(10);
        Assert.Empty(_ward.Story);
        Assert.Empty(_ward.Ledger.Calls);
    }

    [Fact]
    public void End_WhileTheRaiseStillWaits_DropsBothWhenTheirTurnComes()
    {
        _ward.ChannelsWork = false;
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now));
        _ward.Happens(_ward.Alerts.End("e1", _ward.Now));
        Assert.Equal(["0 Raise 0 n1", "0 Over 0 n1"], _ward.Story);

        var raise = _ward.Ledger.Look(_ward.Pages[0]);
        Assert.Empty(raise.Items);
        Assert.Equal("the alert is over", raise.Reason);
        _ward.Receive(_ward.Pages[0], PageState.Dropped, raise.Reason);
        Assert.Equal("the alert itself had not been told", _ward.Ledger.Look(_ward.Pages[1]).Reason);
        _ward.Receive(_ward.Pages[1], PageState.Dropped);
        Assert.Empty(_ward.Ledger.Calls);
    }

    [Fact]
    public void Silence_OverAStage_LetsItWaitForItsEnd()
    {
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now)).Pass(100);
        _ward.Happens(_ward.Alerts.Silence("e1", _ward.Now, _ward.Now + TimeSpan.FromSeconds(60))).Pass(60);
        Assert.Equal(["0 Raise 0 n1"], _ward.Story);
        Assert.Equal(new EscalationNext(_ward.Now, "charge nurse", EscalationWait.Silence), Assert.Single(_ward.Standing()).Next);

        _ward.Happens(_ward.Alerts.Speak("e1", _ward.Now)).Pass(200);
        Assert.Equal(["0 Raise 0 n1", "160 Stage 1 c1", "300 Stage 2 d1"], _ward.Story);
    }

    [Fact]
    public void Silence_ThatDroppedThePage_HasItToldAgainAtItsEnd()
    {
        _ward.ChannelsWork = false;
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now, AlertPriority.Medium));
        _ward.Happens(_ward.Alerts.Silence("e1", _ward.Now, _ward.Now + TimeSpan.FromSeconds(60)));
        Assert.Equal("nurse-1 has silenced the alert", _ward.Ledger.Look(_ward.Pages[0]).Reason);
        _ward.Receive(_ward.Pages[0], PageState.Dropped);
        _ward.ChannelsWork = true;
        _ward.Pass(60).Happens(_ward.Alerts.Speak("e1", _ward.Now)).Pass(60);
        Assert.Equal(["0 Raise 0 n1", "60 Raise 0 n1"], _ward.Story);
    }

    [Fact]
    public void Silence_ThatIsOverBeforeItsDropIsOnRecord_HasItToldAgain()
    {
        _ward.ChannelsWork = false;
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now));
        _ward.Happens(_ward.Alerts.Silence("e1", _ward.Now, _ward.Now + TimeSpan.FromSeconds(5)));
        Assert.Empty(_ward.Ledger.Look(_ward.Pages[0]).Items);
        _ward.Pass(5).Happens(_ward.Alerts.Speak("e1", _ward.Now));
        _ward.Receive(_ward.Pages[0], PageState.Dropped);
        _ward.ChannelsWork = true;
        _ward.Pass(60);
        Assert.Equal(["0 Raise 0 n1", "6 Raise 0 n1"], _ward.Story);
    }

    [Fact]
    public void Silence_AfterADroppedPageWasToldAgain_TellsNothingTwice()
    {
        _ward.ChannelsWork = false;
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now, AlertPriority.Medium));
        _ward.Happens(_ward.Alerts.Silence("e1", _ward.Now, _ward.Now + TimeSpan.FromSeconds(10)));
        _ward.Receive(_ward.Pages[0], PageState.Dropped);
        _ward.ChannelsWork = true;
        _ward.Pass(10).Happens(_ward.Alerts.Speak("e1", _ward.Now)).Pass(10);
        _ward.Happens(_ward.Alerts.Silence("e1", _ward.Now, _ward.Now + TimeSpan.FromSeconds(10))).Pass(10);
        _ward.Happens(_ward.Alerts.Speak("e1", _ward.Now)).Pass(60);
        Assert.Equal(["0 Raise 0 n1", "10 Raise 0 n1"], _ward.Story);
    }

    [Fact]
    public void Hold_FromTheBeginning_IsToldWhenItIsAnnounced()
    {
        var raised = _ward.Alerts.Raise("e1", _ward.Now);
        _ward.Happens(raised with { Status = raised.Status with { Hold = PatientHold.Pause } }).Pass(300);
        Assert.Empty(_ward.Story);
        _ward.Happens(_ward.Alerts.Announce("e1", _ward.Now)).Pass(121);
        Assert.Equal(["300 Raise 0 n1", "420 Stage 1 c1"], _ward.Story);
    }

    [Fact]
    public void Hold_OfAnAlertThatCalls_StopsItsStages()
    {
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now)).Pass(60);
        _ward.Happens(_ward.Alerts.Hold("e1", _ward.Now, PatientHold.Standby)).Pass(600);
        Assert.Equal(["0 Raise 0 n1"], _ward.Story);
    }

    [Theory]
    [InlineData(PatientHold.Pause, EscalationWait.Pause)]
    [InlineData(PatientHold.Standby, EscalationWait.Standby)]
    public void Standing_HeldBack_SaysWhoIsToldWhenThatIsOver(PatientHold hold, EscalationWait wait)
    {
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now)).Pass(60);
        _ward.Happens(_ward.Alerts.Hold("e1", _ward.Now, hold)).Pass(1);
        var raised = _ward.Alerts.Raise("e2", _ward.Now, AlertPriority.Medium, alert: "HR high");
        _ward.Happens(raised with { Status = raised.Status with { Hold = hold } });
        var low = _ward.Alerts.Raise("e3", _ward.Now, AlertPriority.Low, alert: "RR high");
        _ward.Happens(low with { Status = low.Status with { Hold = hold } });

        var next = new EscalationNext(null, "nurse", wait);
        Assert.Equal([("e1", next), ("e2", next)], _ward.Standing().Select(status => (status.Episode, status.Next)));

        _ward.Happens(_ward.Alerts.Announce("e1", _ward.Now)).Pass(1);
        Assert.Equal((EscalationWait.Nothing, "charge nurse"), (_ward.Standing()[0].Next!.WaitsFor, _ward.Standing()[0].Next!.Role));
    }

    [Fact]
    public void Standing_HeldBackAndCallingNobodyAfterwards_SaysNothingComes()
    {
        foreach (var (episode, alert) in new[] { ("e1", "clearing"), ("e2", "acknowledged"), ("e3", "suppressed") })
        {
            _ward.Happens(_ward.Alerts.Raise(episode, _ward.Now, alert: alert));
        }

        _ward.Pass(1);
        _ward.Happens(_ward.Alerts.Change("e1", _ward.Now, AlertChange.Entered, status => status with { State = AlertState.Clearing, Hold = PatientHold.Pause }));
        _ward.Happens(_ward.Alerts.Acknowledge("e2", _ward.Now)).Happens(_ward.Alerts.Hold("e2", _ward.Now, PatientHold.Pause));
        _ward.Happens(_ward.Alerts.Change("e3", _ward.Now, AlertChange.Updated, status => status with { Suppressed = true, SuppressedBy = "other", Hold = PatientHold.Pause }));
        Assert.Equal([("e1", null), ("e2", null), ("e3", null)], _ward.Standing().Select(status => (status.Episode, status.Next)));
    }

    [Fact]
    public void Standing_HeldBackAndNoRoute_SaysTheFirstStage()
    {
        _ward.Plan = TestPlan.Make(TestPlan.Notifications.Replace("priority: [high, medium]", "priority: medium", StringComparison.Ordinal));
        var raised = _ward.Alerts.Raise("e1", _ward.Now);
        _ward.Happens(raised with { Status = raised.Status with { Hold = PatientHold.Pause } });
        Assert.Equal(new EscalationNext(null, "charge nurse", EscalationWait.Pause), Assert.Single(_ward.Standing()).Next);
    }

    [Fact]
    public void StepUp_OfAnAcknowledgedAlert_CountsFromTheStep()
    {
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now, AlertPriority.Medium)).Pass(30);
        _ward.Happens(_ward.Alerts.Acknowledge("e1", _ward.Now)).Pass(60);
        _ward.Happens(_ward.Alerts.Step("e1", _ward.Now, AlertPriority.High)).Pass(121);
        Assert.Equal(["0 Raise 0 n1", "90 Raise 0 n1", "210 Stage 1 c1"], _ward.Story);
    }

    [Fact]
    public void StepUp_OfAnUnacknowledgedAlert_TellsAgainAndTheStagesGoOnCounting()
    {
        _ward.Rules = _ => [new EscalationStage(TimeSpan.FromSeconds(120), "charge nurse")];
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now, AlertPriority.Medium)).Pass(60);
        _ward.Happens(_ward.Alerts.Step("e1", _ward.Now, AlertPriority.High)).Pass(61);
        Assert.Equal(["0 Raise 0 n1", "60 Raise 0 n1", "120 Stage 1 c1"], _ward.Story);
    }

    [Fact]
    public void Rearmed_AfterAnAcknowledgement_StartsAnew()
    {
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now)).Pass(10);
        _ward.Happens(_ward.Alerts.Acknowledge("e1", _ward.Now)).Pass(180);
        _ward.Happens(_ward.Alerts.Announce("e1", _ward.Now)).Pass(121);
        Assert.Equal(["0 Raise 0 n1", "190 Raise 0 n1", "310 Stage 1 c1"], _ward.Story);
    }

    [Fact]
    public void Raise_ThatCouldOnlyBeToldLate_CountsFromTheTelling()
    {
        var raised = _ward.Alerts.Raise("e1", _ward.Now);
        _ward.Pass(600).Happens(raised).Pass(121);
        Assert.Equal(["600 Raise 0 n1", "720 Stage 1 c1"], _ward.Story);
    }

    [Fact]
    public void FailedTry_GoesToTheBackupAtOnceAndOnlyOnce()
    {
        _ward.ChannelsWork = false;
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now));
        _ward.Receive(_ward.Pages[0], PageState.Failed, "cannot be reached");
        _ward.Pass(1);
        _ward.Receive(_ward.Pages[1], PageState.Sent);
        _ward.Receive(_ward.Pages[0], PageState.Failed, "cannot be reached");
        _ward.Pass(60);
        Assert.Equal(["0 Raise 0 n1", "1 Raise 0 n2"], _ward.Story);
    }

    [Fact]
    public void FailedTries_OfPersonAndBackup_ReachTheNextStageAtOnce()
    {
        _ward.ChannelsWork = false;
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now));
        _ward.Receive(_ward.Pages[0], PageState.Failed);
        _ward.Pass(1);
        _ward.Receive(_ward.Pages[1], PageState.Failed);
        _ward.Pass(1);
        _ward.Receive(_ward.Pages[2], PageState.Failed);
        _ward.Pass(1);
        Assert.Equal(["0 Raise 0 n1", "1 Raise 0 n2", "2 Raise 0 n2 by mail", "3 Stage 1 c1"], _ward.Story);
    }

    [Fact]
    public void PageThatNobodyTakes_GoesOnAfterTheChannelsTime()
    {
        _ward.ChannelsWork = false;
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now)).Pass(10);
        Assert.Equal(["0 Raise 0 n1", "10 Raise 0 n2"], _ward.Story);
    }

    [Fact]
    public void RoleWithoutAnybody_LetsTheNextStageFollowAtOnce()
    {
        _ward.Plan = TestPlan.Make(roster: TestPlan.Roster.Replace("charge nurse: c1, ", "", StringComparison.Ordinal).Replace("on-call physician: d1", "on-call physician: d1 } }\n      - { from: 00:00, to: 00:01, roles: { charge nurse: c1", StringComparison.Ordinal));
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now)).Pass(121);
        Assert.Equal(["0 Raise 0 n1", "120 Stage 2 d1"], _ward.Story);
    }

    [Fact]
    public void Grouping_OfOnePatient_MakesOneMessageAndNeverDelaysHigh()
    {
        _ward.Plan = TestPlan.Make(TestPlan.Notifications + "\ngrouping: { within: 20 s }");
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now, AlertPriority.Medium)).Pass(5);
        _ward.Happens(_ward.Alerts.Raise("e2", _ward.Now, AlertPriority.Medium, alert: "HR high")).Pass(5);
        _ward.Happens(_ward.Alerts.Raise("e3", _ward.Now, AlertPriority.Medium, patient: "p2")).Pass(5);
        _ward.Happens(_ward.Alerts.Raise("e4", _ward.Now, AlertPriority.High, patient: "p3")).Pass(20);

        Assert.Equal(["15 Raise 0 n1", "20 Raise 0 n1", "30 Raise 0 n1"], _ward.Story);
        Assert.Equal([["e4"], ["e1", "e2"], ["e3"]], _ward.Pages.Select(page => page.Items.Select(item => item.Episode).ToArray()));
    }

    [Fact]
    public void FloodGuard_GathersWhatIsNotHighByPatientAndMinute()
    {
        _ward.Plan = TestPlan.Make(TestPlan.Notifications + "\nflood guard: { pages a minute: 2 }");
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now, AlertPriority.Medium));
        _ward.Happens(_ward.Alerts.Raise("e2", _ward.Now, AlertPriority.Medium, alert: "HR high"));
        for (var number = 3; number <= 7; number++)
        {
            _ward.Happens(_ward.Alerts.Raise($"e{number}", _ward.Now, AlertPriority.Medium, alert: $"A{number}")).Pass(1);
        }

        _ward.Happens(_ward.Alerts.Raise("e8", _ward.Now, AlertPriority.High, patient: "p2")).Pass(60);
        Assert.Equal(["0 Raise 0 n1", "0 Raise 0 n1", "5 Raise 0 n1", "60 Raise 0 n1"], _ward.Story);
        Assert.Equal("p2", _ward.Pages[2].Patient);
        Assert.Equal(5, _ward.Pages[3].Items.Length);
    }

    [Fact]
    public void FloodGuard_HighComes_TakesWithItWhatWaits()
    {
        _ward.Plan = TestPlan.Make(TestPlan.Notifications + "\nflood guard: { pages a minute: 1 }");
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now, AlertPriority.Medium)).Pass(10);
        _ward.Happens(_ward.Alerts.Raise("e2", _ward.Now, AlertPriority.Medium, alert: "RR high")).Pass(20);
        Assert.DoesNotContain(_ward.Pages, page => page.Items.Any(item => item.Episode == "e2"));

        _ward.Happens(_ward.Alerts.Raise("e3", _ward.Now, AlertPriority.High, alert: "Asystole"));

        Assert.Contains(_ward.Pages, page => page.Items.Any(item => item.Episode == "e2"));
    }

    [Fact]
    public void FloodGuard_PagesOfThePatientGoOn_HoldsNothingBackLongerThanAMinute()
    {
        _ward.Plan = TestPlan.Make(TestPlan.Notifications + "\nflood guard: { pages a minute: 1 }");
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now, AlertPriority.High)).Pass(100);
        _ward.Happens(_ward.Alerts.Raise("e2", _ward.Now, AlertPriority.High, alert: "Asystole")).Pass(10);

        // At 120 s the first stage of e1 comes over the same channel; the minute of the guard begins anew.
        _ward.Happens(_ward.Alerts.Raise("e3", _ward.Now, AlertPriority.Medium, alert: "RR high")).Pass(59);
        Assert.Contains("120 Stage 1 c1", _ward.Story);
        Assert.DoesNotContain(_ward.Pages, page => page.Items.Any(item => item.Episode == "e3"));
        _ward.Pass(1);

        Assert.Contains(_ward.Pages, page => page.Items.Any(item => item.Episode == "e3"));
    }

    [Fact]
    public void Checkpoint_SavedAndLoaded_GoesOnTheSame()
    {
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now)).Pass(130);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        _ward.Ledger.Save(buffer);
        var other = new EscalationLedger();
        other.Load(buffer.WrittenSpan);
        var again = new System.Buffers.ArrayBufferWriter<byte>();
        other.Save(again);

        Assert.Equal(buffer.WrittenSpan.ToArray(), again.WrittenSpan.ToArray());
        _ward.Ledger = other;
        _ward.Pass(171);
        Assert.Equal(["0 Raise 0 n1", "120 Stage 1 c1", "300 Stage 2 d1"], _ward.Story);
    }

    [Fact]
    public void Look_AfterATryWithoutItsEnd_SaysRepeat()
    {
        _ward.ChannelsWork = false;
        _ward.Happens(_ward.Alerts.Raise("e1", _ward.Now));
        Assert.False(_ward.Ledger.Look(_ward.Pages[0]).IsRepeat);
        _ward.Receive(_ward.Pages[0], PageState.Sending);
        Assert.True(_ward.Ledger.Look(_ward.Pages[0]).IsRepeat);
        _ward.Receive(_ward.Pages[0], PageState.Failed);
        Assert.False(_ward.Ledger.Look(_ward.Pages[0]).IsRepeat);
        _ward.Receive(_ward.Pages[0], PageState.Failed, mayHaveArrived: true);
        Assert.True(_ward.Ledger.Look(_ward.Pages[0]).IsRepeat);
    }
}
