using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Orders;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Ledger;

/// <summary>
/// What keeps an alert from calling although it stands. First the table of what its end is called; then every state with every overlay meets every input,
/// and what holds of all of them is checked.
/// </summary>
public sealed class AlertLedgerOverlayTests
{
    private const long Now = 1000;

    /// <summary>What can lie over an alert.</summary>
    public enum Overlay
    {
        Nothing,
        Acknowledged,
        Silenced,
        Paused,
        Standby,
        Suppressed,
        Orphaned,
        Shadow,
        SilencedAndPaused,
        AcknowledgedAndSilenced,
    }

    /// <summary>What can happen to an alert.</summary>
    public enum Input
    {
        Again,
        Active,
        Clearing,
        Ended,
        EndedLatching,
        Rise,
        Fall,
        Suppressor,
        SuppressorEnds,
        Acknowledge,
        Silence,
        SilenceEnds,
        PauseBegins,
        StandbyBegins,
        HoldEnds,
        TimeRunsOut,
        Orphan,
        Move,
        OnlyTried,
        EndAll,
    }

    [Theory]
    [InlineData(Overlay.Silenced, AlertState.Active, Input.SilenceEnds, AlertChange.Announced)]
    [InlineData(Overlay.Silenced, AlertState.Latched, Input.SilenceEnds, AlertChange.Announced)]
    [InlineData(Overlay.Silenced, AlertState.Clearing, Input.SilenceEnds, AlertChange.SilenceEnded)]
    [InlineData(Overlay.Silenced, AlertState.Active, Input.TimeRunsOut, AlertChange.Announced)]
    [InlineData(Overlay.Silenced, AlertState.Active, Input.Rise, AlertChange.Announced)]
    [InlineData(Overlay.Silenced, AlertState.Active, Input.Fall, AlertChange.Updated)]
    [InlineData(Overlay.Silenced, AlertState.Clearing, Input.Active, AlertChange.Entered)]
    [InlineData(Overlay.AcknowledgedAndSilenced, AlertState.Active, Input.SilenceEnds, AlertChange.SilenceEnded)]
    [InlineData(Overlay.SilencedAndPaused, AlertState.Active, Input.SilenceEnds, AlertChange.SilenceEnded)]
    [InlineData(Overlay.SilencedAndPaused, AlertState.Active, Input.HoldEnds, AlertChange.Released)]
    [InlineData(Overlay.Paused, AlertState.Active, Input.HoldEnds, AlertChange.Announced)]
    [InlineData(Overlay.Paused, AlertState.Latched, Input.HoldEnds, AlertChange.Announced)]
    [InlineData(Overlay.Paused, AlertState.Clearing, Input.HoldEnds, AlertChange.Released)]
    [InlineData(Overlay.Paused, AlertState.Active, Input.StandbyBegins, AlertChange.Held)]
    [InlineData(Overlay.Paused, AlertState.Active, Input.Rise, AlertChange.Updated)]
    [InlineData(Overlay.Standby, AlertState.Active, Input.HoldEnds, AlertChange.Announced)]
    [InlineData(Overlay.Acknowledged, AlertState.Active, Input.PauseBegins, AlertChange.Held)]
    [InlineData(Overlay.Acknowledged, AlertState.Active, Input.TimeRunsOut, AlertChange.Rearmed)]
    [InlineData(Overlay.Acknowledged, AlertState.Clearing, Input.TimeRunsOut, AlertChange.Rearmed)]
    [InlineData(Overlay.Suppressed, AlertState.Active, Input.SuppressorEnds, AlertChange.Announced)]
    [InlineData(Overlay.Suppressed, AlertState.Active, Input.Orphan, AlertChange.Announced)]
    [InlineData(Overlay.Orphaned, AlertState.Active, Input.PauseBegins, AlertChange.Held)]
    public void Overlay_MeetsAnInput_IsCalledSo(Overlay overlay, AlertState state, Input input, AlertChange change)
    {
        var fixture = Reach(state, overlay);
        Assert.NotNull(fixture);
        var before = fixture.Events.Count;
        Feed(fixture, input);
        Assert.Equal(change, fixture.Events[before].Change);
        Assert.True(change != AlertChange.Announced || fixture.Events[before].Status.Calls);
    }

    [Fact]
    public void Inputs_EveryStateWithEveryOverlay_KeepWhatAlwaysHolds()
    {
        var met = 0;
        foreach (var state in new[] { AlertState.Pending, AlertState.Active, AlertState.Clearing, AlertState.Latched })
        {
            foreach (var overlay in Enum.GetValues<Overlay>())
            {
                foreach (var first in Enum.GetValues<Input>())
                {
                    foreach (var second in Enum.GetValues<Input>())
                    {
                        if (Reach(state, overlay) is not { } fixture)
                        {
                            continue;
                        }

                        met++;
                        Feed(fixture, first);
                        Feed(fixture, second);
                        CheckAll(fixture, $"{state}, {overlay}, then {first} and {second}");
                    }
                }
            }
        }

        Assert.True(met > 8000, $"{met} combinations");
    }

    [Fact]
    public void Silence_StepsDown_KeepsItsTimeButNeverMoreThanAllowed()
    {
        var fixture = Reach(AlertState.Active, Overlay.Silenced)!;
        Feed(fixture, Input.Fall);
        Assert.True(fixture.Status!.Silenced);

        // A technical alert may be silenced for hours; one that is the patient's from now on may not.
        var technical = new LedgerFixture().Reach(AlertState.Active);
        technical.Ledger.Silence(
            LedgerFixture.Patient, LedgerFixture.Slug, new Silence("nurse-1", "why", new Instant(Now), new Instant(Now) + TimeSpan.FromHours(4)), "", technical.Context(), technical.Events);
        technical.Take(AlertState.Active, Now + 1, value: "85 %");
        Assert.Equal(TimeSpan.FromMinutes(15), technical.Status!.Silence!.Until - technical.Status.Silence.At);
    }

    [Theory]
    [InlineData(AlertState.Active, AlertPriority.Medium, AcknowledgeResult.Acknowledged)]
    [InlineData(AlertState.Active, AlertPriority.High, AcknowledgeResult.Acknowledged)]
    [InlineData(AlertState.Active, AlertPriority.Low, AcknowledgeResult.Stale)]
    [InlineData(AlertState.Clearing, AlertPriority.Medium, AcknowledgeResult.Stale)]
    [InlineData(AlertState.Latched, AlertPriority.Medium, AcknowledgeResult.Stale)]
    [InlineData(AlertState.Pending, AlertPriority.Medium, AcknowledgeResult.Stale)]
    public void Acknowledge_SeenState_IsStaleOnlyIfItBecameMoreUrgent(AlertState state, AlertPriority priority, AcknowledgeResult result)
    {
        var fixture = new LedgerFixture().Reach(AlertState.Active);
        Assert.Equal(result, fixture.Acknowledge(seen: new SeenState(state, priority)));
    }

    [Fact]
    public void FollowRules_AnotherReAlarm_CallsAgainByThat()
    {
        var fixture = new LedgerFixture().Reach(AlertState.Active);
        fixture.Acknowledge(time: Now);
        Assert.Equal(new Instant(Now) + TimeSpan.FromMinutes(3), fixture.Status!.ReAlarmAt);

        var rule = LedgerFixture.Rule();
        fixture.Policies.Follow([With(rule, TimeSpan.FromHours(1))]);
        fixture.Follow(rule);
        Assert.Equal(new Instant(Now) + TimeSpan.FromHours(1), fixture.Status!.ReAlarmAt);

        fixture.Policies.Follow([With(rule, null)]);
        fixture.Follow(rule);
        Assert.Null(fixture.Status!.ReAlarmAt);
        fixture.Ledger.FireDue(new Instant(Now) + TimeSpan.FromDays(2), fixture.Context(), fixture.Events);
        Assert.NotNull(fixture.Status!.Acknowledgement);
    }

    private static AlertRule With(AlertRule rule, TimeSpan? again) => new()
    {
        Index = rule.Index,
        Name = rule.Name,
        Slug = rule.Slug,
        Priority = rule.Priority,
        Kind = rule.Kind,
        ReAlarmAfter = again,
    };

    /// <summary>An alert in a state with an overlay; null where the two do not go together.</summary>
    private static LedgerFixture? Reach(AlertState state, Overlay overlay)
    {
        var fixture = new LedgerFixture();
        var latch = state == AlertState.Latched;
        switch (overlay)
        {
            case Overlay.Acknowledged or Overlay.AcknowledgedAndSilenced when state is AlertState.Pending or AlertState.Latched:
            case Overlay.Silenced or Overlay.SilencedAndPaused or Overlay.Orphaned when state == AlertState.Pending:
            case Overlay.Suppressed or Overlay.Shadow when state == AlertState.Latched:
            case Overlay.Orphaned when state != AlertState.Active:
                return null;
            case Overlay.Shadow:
                fixture.Take(AlertState.Pending, shadow: true);
                return state == AlertState.Pending ? fixture
                    : state == AlertState.Active ? fixture.Take(AlertState.Active, shadow: true)
                    : fixture.Take(AlertState.Active, shadow: true).Take(AlertState.Clearing, shadow: true);
            case Overlay.Suppressed:
                fixture.Reach(state).Take(state, suppressedBy: "Other");
                break;
            default:
                fixture.Reach(state);
                break;
        }

        Assert.Equal(latch, fixture.State == AlertState.Latched);
        if (overlay is Overlay.Acknowledged or Overlay.AcknowledgedAndSilenced)
        {
            Feed(fixture, Input.Acknowledge);
        }

        if (overlay is Overlay.Silenced or Overlay.SilencedAndPaused or Overlay.AcknowledgedAndSilenced)
        {
            Feed(fixture, Input.Silence);
        }

        if (overlay is Overlay.Paused or Overlay.SilencedAndPaused)
        {
            Feed(fixture, Input.PauseBegins);
        }

        if (overlay == Overlay.Standby)
        {
            Feed(fixture, Input.StandbyBegins);
        }

        if (overlay == Overlay.Orphaned)
        {
            Feed(fixture, Input.Orphan);
        }

        return fixture;
    }

    private static void Feed(LedgerFixture fixture, Input input)
    {
        var (ledger, status) = (fixture.Ledger, fixture.Status);
        var (state, shadow) = (fixture.State, status?.Shadow ?? false);
        var stands = status is { Shadow: false, State: not AlertState.Pending };
        switch (input)
        {
            case Input.Again when state is AlertState.Active or AlertState.Clearing or AlertState.Pending:
                fixture.Take(state, Now, value: "85 %", shadow: shadow);
                break;
            case Input.Active or Input.Clearing or Input.Ended or Input.EndedLatching:
                fixture.Take(
                    input == Input.Active ? AlertState.Active : input == Input.Clearing ? AlertState.Clearing : AlertState.Ended, Now, latch: input == Input.EndedLatching, shadow: shadow);
                break;
            case Input.Rise or Input.Fall when state is AlertState.Active or AlertState.Clearing:
                fixture.Take(state, Now, priority: input == Input.Rise ? AlertPriority.High : AlertPriority.Low, shadow: shadow);
                break;
            case Input.Suppressor or Input.SuppressorEnds when state is AlertState.Active or AlertState.Clearing:
                fixture.Take(state, Now, suppressedBy: input == Input.Suppressor ? "Other" : "", shadow: shadow);
                break;
            case Input.Acknowledge when status is not null:
                fixture.Acknowledge(time: Now);
                break;
            case Input.Silence when stands:
                var until = new Instant(Now) + SilenceLimits.AtMost(status!.Priority, status.Kind);
                ledger.Silence(LedgerFixture.Patient, LedgerFixture.Slug, new Silence("nurse-1", "why", new Instant(Now), until), "silenced", fixture.Context(), fixture.Events);
                break;
            case Input.SilenceEnds when stands:
                ledger.EndSilence(LedgerFixture.Patient, LedgerFixture.Slug, new Instant(Now), "nurse-1", "ended", fixture.Context(), fixture.Events);
                break;
            case Input.PauseBegins or Input.StandbyBegins or Input.HoldEnds:
                fixture.Hold = input == Input.PauseBegins ? PatientHold.Pause : input == Input.StandbyBegins ? PatientHold.Standby : PatientHold.None;
                ledger.Hold(LedgerFixture.Patient, fixture.Hold, new Instant(Now), "nurse-1", "held", fixture.Context(), fixture.Events);
                break;
            case Input.TimeRunsOut:
                ledger.FireDue(new Instant(Now) + TimeSpan.FromDays(1), fixture.Context(), fixture.Events);
                Assert.Null(ledger.NextDue);
                break;
            case Input.Orphan:
                ledger.Orphan(LedgerFixture.Patient, new Instant(Now), "orphaned", fixture.Context(), fixture.Events);
                break;
            case Input.Move:
                ledger.Move(LedgerFixture.Patient, new("D", "D-1"), new Instant(Now), fixture.Context(), fixture.Events);
                break;
            case Input.OnlyTried:
                fixture.Follow(LedgerFixture.Rule(shadow: !shadow), Now);
                break;
            case Input.EndAll:
                ledger.EndAll(LedgerFixture.Patient, new Instant(Now), "gone", fixture.Context(), fixture.Events);
                break;
        }
    }

    /// <summary>What holds of every event, and of the ledger that follows from them.</summary>
    private static void CheckAll(LedgerFixture fixture, string where)
    {
        var follower = new AlertLedger();
        var last = new Dictionary<long, AlertStatus>();
        foreach (var happened in fixture.Events)
        {
            var (status, before) = (happened.Status, last.GetValueOrDefault(happened.EpisodeNumber));
            var shown = !status.Shadow && status.State is AlertState.Active or AlertState.Clearing or AlertState.Latched;
            Assert.True(status.State != AlertState.Ended || status is { Silence: null, Hold: PatientHold.None, ReAlarmAt: null, Suppressed: false }, where);
            Assert.True(shown || status.Hold == PatientHold.None, where);
            Assert.True(status.ReAlarmAt is null || status.Acknowledgement is not null, where);
            Assert.True(status.State != AlertState.Latched || status is { Acknowledgement: null, Suppressed: false }, where);
            Assert.True(status.Silence is null || status.Silence.Until - status.Silence.At <= SilenceLimits.AtMost(status.Priority, status.Kind), where);
            Assert.True(happened.Change != AlertChange.Announced || status.Calls, where);
            if (before is not null && status.Priority > before.Priority)
            {
                Assert.True(status is { Acknowledgement: null, Silence: null, ReAlarmAt: null }, where);
            }

            if (before is not null && before.State == status.State && !before.Calls && status.Calls && before.Acknowledgement is null && status.State != AlertState.Clearing)
            {
                Assert.True(happened.Change == AlertChange.Announced, $"{where}: {happened.Change}");
            }

            last[happened.EpisodeNumber] = status;
            follower.Apply(Alerts.Ledger.AlertEventRecord.Read(Alerts.Ledger.AlertEventRecord.Write(happened)));
        }

        if (fixture.Status is { } present && !present.Shadow && present.State != AlertState.Pending)
        {
            Assert.True(present.Hold == fixture.Hold, $"{where}: held by {present.Hold}");
        }

        Assert.Equal(LedgerFixture.Saved(fixture.Ledger), LedgerFixture.Saved(follower));
    }
}
