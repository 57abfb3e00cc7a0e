using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Ledger;

/// <summary>Every state of the ledger against everything the engine can say, and what people can do.</summary>
public sealed class AlertLedgerTransitionTests
{
    /// <summary>Ledger's state, state the engine enters, whether the rule latches; then: state after, events, whether it is the same episode.</summary>
    public static TheoryData<AlertState, AlertState, bool, AlertState, int, bool> Table => new()
    {
        { AlertState.Unknown, AlertState.Pending, false, AlertState.Pending, 1, false },
        { AlertState.Unknown, AlertState.Active, false, AlertState.Active, 1, false },
        { AlertState.Unknown, AlertState.Clearing, false, AlertState.Clearing, 1, false },
        { AlertState.Unknown, AlertState.Ended, false, AlertState.Unknown, 0, false },
        { AlertState.Unknown, AlertState.Ended, true, AlertState.Unknown, 0, false },
        { AlertState.Pending, AlertState.Pending, false, AlertState.Pending, 0, true },
        { AlertState.Pending, AlertState.Active, false, AlertState.Active, 1, true },
        { AlertState.Pending, AlertState.Clearing, false, AlertState.Clearing, 1, true },
        { AlertState.Pending, AlertState.Ended, false, AlertState.Unknown, 1, true },
        { AlertState.Pending, AlertState.Ended, true, AlertState.Unknown, 1, true },
        { AlertState.Active, AlertState.Pending, false, AlertState.Active, 0, true },
        { AlertState.Active, AlertState.Active, false, AlertState.Active, 0, true },
        { AlertState.Active, AlertState.Clearing, false, AlertState.Clearing, 1, true },
        { AlertState.Active, AlertState.Ended, false, AlertState.Unknown, 1, true },
        { AlertState.Active, AlertState.Ended, true, AlertState.Latched, 1, true },
        { AlertState.Clearing, AlertState.Pending, false, AlertState.Clearing, 0, true },
        { AlertState.Clearing, AlertState.Active, false, AlertState.Active, 1, true },
        { AlertState.Clearing, AlertState.Clearing, false, AlertState.Clearing, 0, true },
        { AlertState.Clearing, AlertState.Ended, false, AlertState.Unknown, 1, true },
        { AlertState.Clearing, AlertState.Ended, true, AlertState.Latched, 1, true },
        { AlertState.Latched, AlertState.Pending, true, AlertState.Latched, 0, true },
        { AlertState.Latched, AlertState.Active, true, AlertState.Active, 1, true },
        { AlertState.Latched, AlertState.Clearing, true, AlertState.Clearing, 1, true },
        { AlertState.Latched, AlertState.Ended, true, AlertState.Latched, 0, true },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Take_EveryStateAndTransition_FollowsTheTable(
        AlertState present, AlertState entered, bool latch, AlertState after, int events, bool sameEpisode)
    {
        var fixture = new LedgerFixture().Reach(present);
        var episode = fixture.Status?.Episode;
        var before = fixture.Events.Count;

        fixture.Take(entered, latch: latch);

        Assert.Equal(after, fixture.State);
        Assert.Equal(events, fixture.Events.Count - before);
        if (events > 0)
        {
            var last = fixture.Events[^1];
            Assert.Equal(present, last.Previous);
            Assert.Equal(AlertChange.Entered, last.Change);
            Assert.Equal(after == AlertState.Unknown ? AlertState.Ended : after, last.Status.State);
            Assert.Equal(sameEpisode, episode == last.Status.Episode);
        }
    }

    [Fact]
    public void Table_Pairs_AreComplete()
    {
        var states = new[] { AlertState.Unknown, AlertState.Pending, AlertState.Active, AlertState.Clearing, AlertState.Latched };
        var entered = new[] { AlertState.Pending, AlertState.Active, AlertState.Clearing, AlertState.Ended };
        var pairs = Table.Select(row => (row.Data.Item1, row.Data.Item2)).ToHashSet();

        Assert.All(states.SelectMany(state => entered.Select(next => (state, next))), pair => Assert.Contains(pair, pairs));
    }

    /// <summary>State of the ledger; result and state after an acknowledgement of the present episode.</summary>
    public static TheoryData<AlertState, AcknowledgeResult, AlertState> Acknowledgements => new()
    {
        { AlertState.Pending, AcknowledgeResult.Unknown, AlertState.Pending },
        { AlertState.Active, AcknowledgeResult.Acknowledged, AlertState.Active },
        { AlertState.Clearing, AcknowledgeResult.Acknowledged, AlertState.Clearing },
        { AlertState.Latched, AcknowledgeResult.Acknowledged, AlertState.Unknown },
    };

    [Theory]
    [MemberData(nameof(Acknowledgements))]
    public void Acknowledge_EveryState_GivesResult(AlertState present, AcknowledgeResult result, AlertState after)
    {
        var fixture = new LedgerFixture().Reach(present);
        var before = fixture.Events.Count;

        Assert.Equal(result, fixture.Acknowledge(time: 77, note: "seen"));

        Assert.Equal(after, fixture.State);
        Assert.Equal(result == AcknowledgeResult.Acknowledged ? 1 : 0, fixture.Events.Count - before);
        if (result == AcknowledgeResult.Acknowledged)
        {
            var last = fixture.Events[^1];
            Assert.Equal(AlertChange.Acknowledged, last.Change);
            Assert.Equal("nurse-1", last.By);
            Assert.Equal(new Acknowledgement("nurse-1", new Instant(77), "seen"), last.Status.Acknowledgement);
        }
    }

    [Theory]
    [InlineData(AlertState.Active)]
    [InlineData(AlertState.Clearing)]
    [InlineData(AlertState.Latched)]
    public void Acknowledge_OtherEpisode_IsStale(AlertState present)
    {
        var fixture = new LedgerFixture().Reach(present);
        var before = fixture.Events.Count;

        Assert.Equal(AcknowledgeResult.Stale, fixture.Acknowledge("0-99"));

        Assert.Equal(present, fixture.State);
        Assert.Null(fixture.Status!.Acknowledgement);
        Assert.Equal(before, fixture.Events.Count);
    }

    [Fact]
    public void Acknowledge_Twice_TheFirstStands()
    {
        var fixture = new LedgerFixture().Reach(AlertState.Active);

        Assert.Equal(AcknowledgeResult.Acknowledged, fixture.Acknowledge(by: "nurse-1"));
        Assert.Equal(AcknowledgeResult.AlreadyAcknowledged, fixture.Acknowledge(by: "nurse-2"));

        Assert.Equal("nurse-1", fixture.Status!.Acknowledgement!.By);
    }

    [Fact]
    public void Acknowledge_LatchedTwice_SecondIsToldSo()
    {
        var fixture = new LedgerFixture().Reach(AlertState.Latched);
        var episode = fixture.Status!.Episode;

        Assert.Equal(AcknowledgeResult.Acknowledged, fixture.Acknowledge(episode));
        Assert.Equal(AcknowledgeResult.AlreadyAcknowledged, fixture.Acknowledge(episode));
    }

    [Fact]
    public void Acknowledge_EndedUnacknowledged_IsStale()
    {
        var fixture = new LedgerFixture().Reach(AlertState.Active);
        var episode = fixture.Status!.Episode;
        fixture.Take(AlertState.Ended);

        Assert.Equal(AcknowledgeResult.Stale, fixture.Acknowledge(episode));
    }

    [Fact]
    public void Acknowledge_NeverRaised_IsUnknown() =>
        Assert.Equal(AcknowledgeResult.Unknown, new LedgerFixture().Acknowledge("0-1"));

    [Fact]
    public void Take_AcknowledgedLatchingAlertEnds_IsNotLatched()
    {
        var fixture = new LedgerFixture().Take(AlertState.Active, latch: true);
        fixture.Acknowledge();

        fixture.Take(AlertState.Ended, latch: true);

        Assert.Equal(AlertState.Unknown, fixture.State);
        Assert.Equal(AlertState.Ended, fixture.Events[^1].Status.State);
    }

    [Fact]
    public void Take_LatchedComesBack_SameEpisodeUnacknowledgedUntilSeen()
    {
        var fixture = new LedgerFixture().Reach(AlertState.Latched);
        var episode = fixture.Status!.Episode;

        fixture.Take(AlertState.Pending, latch: true).Take(AlertState.Active, latch: true);
        Assert.Equal((AlertState.Active, episode), (fixture.State, fixture.Status!.Episode));
        Assert.Null(fixture.Status.Acknowledgement);

        fixture.Take(AlertState.Ended, latch: true);
        Assert.Equal((AlertState.Latched, episode), (fixture.State, fixture.Status!.Episode));

        fixture.Acknowledge();
        Assert.Equal(AlertState.Unknown, fixture.State);

        fixture.Take(AlertState.Active, latch: true);
        Assert.NotEqual(episode, fixture.Status!.Episode);
    }

    [Fact]
    public void Take_PriorityRaised_AsksAgain()
    {
        var fixture = new LedgerFixture().Take(AlertState.Active, priority: AlertPriority.Medium);
        fixture.Acknowledge();

        fixture.Take(AlertState.Active, priority: AlertPriority.High);
        Assert.Null(fixture.Status!.Acknowledgement);
        Assert.Equal(AlertChange.Updated, fixture.Events[^1].Change);

        fixture.Acknowledge();
        fixture.Take(AlertState.Active, priority: AlertPriority.Low);
        Assert.NotNull(fixture.Status!.Acknowledgement);
    }

    [Fact]
    public void Take_SameStateOtherFlag_IsAnUpdateThatKeepsWhenItWasEntered()
    {
        var fixture = new LedgerFixture().Take(AlertState.Active, time: 10);

        fixture.Take(AlertState.Active, time: 20, unverified: true);

        var last = fixture.Events[^1];
        Assert.Equal(AlertChange.Updated, last.Change);
        Assert.True(last.Status.Unverified);
        Assert.Equal(new Instant(10), last.Status.Changed);
        Assert.Equal(new Instant(20), last.Time);
    }

    [Fact]
    public void Take_OrphanedThenPending_TheRulesKnowItAgain()
    {
        var fixture = new LedgerFixture().Reach(AlertState.Clearing);
        fixture.Ledger.Orphan(LedgerFixture.Patient, new Instant(30), "begin anew", fixture.Context(), fixture.Events);
        Assert.Equal((AlertState.Active, true, true), (fixture.State, fixture.Status!.Orphaned, fixture.Status.Unverified));
        var episode = fixture.Status.Episode;

        fixture.Take(AlertState.Pending);

        Assert.Equal((AlertState.Active, false, false, episode), (fixture.State, fixture.Status!.Orphaned, fixture.Status.Unverified, fixture.Status.Episode));
        fixture.Take(AlertState.Ended);
        Assert.Equal(AlertState.Unknown, fixture.State);
    }

    [Fact]
    public void Orphan_Twice_IsOneEvent()
    {
        var fixture = new LedgerFixture().Reach(AlertState.Active);
        fixture.Ledger.Orphan(LedgerFixture.Patient, new Instant(30), "begin anew", fixture.Context(), fixture.Events);
        var events = fixture.Events.Count;

        fixture.Ledger.Orphan(LedgerFixture.Patient, new Instant(40), "begin anew", fixture.Context(), fixture.Events);

        Assert.Equal(events, fixture.Events.Count);
    }

    [Fact]
    public void Orphan_PendingAndLatched_DroppedAndKept()
    {
        var pending = new LedgerFixture().Reach(AlertState.Pending);
        pending.Ledger.Orphan(LedgerFixture.Patient, new Instant(30), "begin anew", pending.Context(), pending.Events);
        Assert.Equal(AlertState.Unknown, pending.State);
        Assert.False(pending.Events[^1].IsShown);

        var latched = new LedgerFixture().Reach(AlertState.Latched);
        latched.Ledger.Orphan(LedgerFixture.Patient, new Instant(30), "begin anew", latched.Context(), latched.Events);
        Assert.Equal((AlertState.Latched, false), (latched.State, latched.Status!.Orphaned));
    }

    [Fact]
    public void Acknowledge_Orphaned_EndsIt()
    {
        var fixture = new LedgerFixture().Reach(AlertState.Active);
        fixture.Ledger.Orphan(LedgerFixture.Patient, new Instant(30), "begin anew", fixture.Context(), fixture.Events);

        Assert.Equal(AcknowledgeResult.Acknowledged, fixture.Acknowledge());

        Assert.Equal(AlertState.Unknown, fixture.State);
        Assert.Equal(AlertState.Ended, fixture.Events[^1].Status.State);
    }

    [Theory]
    [InlineData(AlertState.Pending)]
    [InlineData(AlertState.Active)]
    [InlineData(AlertState.Clearing)]
    [InlineData(AlertState.Latched)]
    public void EndAll_EveryState_EndsWithTheReason(AlertState present)
    {
        var fixture = new LedgerFixture().Reach(present);

        fixture.Ledger.EndAll(LedgerFixture.Patient, new Instant(50), "discharged", fixture.Context(), fixture.Events);

        Assert.Equal(AlertState.Unknown, fixture.State);
        Assert.Equal("discharged", fixture.Events[^1].Status.Reason);
    }

    [Fact]
    public void Move_OtherWard_CarriesEpisodeAndAcknowledgementAlong()
    {
        var fixture = new LedgerFixture().Reach(AlertState.Active);
        fixture.Acknowledge();
        var before = fixture.Status!;

        fixture.Ledger.Move(LedgerFixture.Patient, new IoTGateway.Alerts.Ledger.AlertPlace("Dialysis", "D-4"), new Instant(50), fixture.Context(), fixture.Events);

        Assert.Equal(before with { Ward = "Dialysis", Bed = "D-4" }, fixture.Status);
        Assert.Equal((AlertChange.Moved, "ICU"), (fixture.Events[^1].Change, fixture.Events[^1].PreviousWard));
    }
}
