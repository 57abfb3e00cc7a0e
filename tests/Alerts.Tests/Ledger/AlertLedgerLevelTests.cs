using IoTGateway.Alerts.Ledger;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Ledger;

/// <summary>Levels, suppression and rules that are only tried, as the ledger keeps them.</summary>
public sealed class AlertLedgerLevelTests
{
    private readonly LedgerFixture _fixture = new();

    [Fact]
    public void Take_LevelRisesAndFalls_OnlyTheRiseAsksAgain()
    {
        _fixture.Take(AlertState.Active, priority: AlertPriority.Medium);
        _fixture.Acknowledge();

        _fixture.Take(AlertState.Active, time: 10, priority: AlertPriority.High);
        Assert.Equal((AlertPriority.High, null), (_fixture.Status!.Priority, _fixture.Status.Acknowledgement));
        _fixture.Acknowledge(by: "nurse-2");

        _fixture.Take(AlertState.Active, time: 20, priority: AlertPriority.Medium);
        Assert.Equal((AlertPriority.Medium, "nurse-2"), (_fixture.Status!.Priority, _fixture.Status.Acknowledgement!.By));

        _fixture.Take(AlertState.Clearing, time: 30, priority: AlertPriority.Medium).Take(AlertState.Active, time: 40, priority: AlertPriority.High);
        Assert.Null(_fixture.Status!.Acknowledgement);
        Assert.Single(_fixture.Events.Select(happened => happened.Status.Episode).Distinct());
    }

    [Fact]
    public void Take_RisesOutOfLatched_SameEpisodeAsksAgain()
    {
        _fixture.Reach(AlertState.Latched);

        _fixture.Take(AlertState.Active, latch: true, priority: AlertPriority.High);

        Assert.Equal((AlertState.Active, AlertPriority.High), (_fixture.State, _fixture.Status!.Priority));
        Assert.Null(_fixture.Status.Acknowledgement);
    }

    [Fact]
    public void Take_SuppressorEndsWhileActive_IsAnnounced()
    {
        _fixture.Take(AlertState.Active, suppressedBy: "NEWS2 emergency");
        Assert.Equal((true, "NEWS2 emergency"), (_fixture.Status!.Suppressed, _fixture.Status.SuppressedBy));

        _fixture.Take(AlertState.Active, time: 10);

        Assert.Equal((false, ""), (_fixture.Status!.Suppressed, _fixture.Status.SuppressedBy));
        Assert.Equal(AlertChange.Announced, _fixture.Events[^1].Change);
        Assert.True(_fixture.Events[^1].IsShown);
    }

    [Theory]
    [InlineData(true, AlertState.Active)]
    [InlineData(false, AlertState.Clearing)]
    public void Take_SuppressorEndsWhileAcknowledgedOrClearing_IsOnlyAnUpdate(bool acknowledged, AlertState state)
    {
        _fixture.Take(AlertState.Active, suppressedBy: "NEWS2 emergency");
        if (acknowledged)
        {
            _fixture.Acknowledge();
        }

        if (state == AlertState.Clearing)
        {
            _fixture.Take(AlertState.Clearing, time: 5, suppressedBy: "NEWS2 emergency");
        }

        _fixture.Take(state, time: 10);

        Assert.Equal(AlertChange.Updated, _fixture.Events[^1].Change);
        Assert.False(_fixture.Status!.Suppressed);
    }

    [Fact]
    public void Take_SuppressedLatches_CallsUntilAcknowledged()
    {
        _fixture.Take(AlertState.Active, latch: true, suppressedBy: "NEWS2 emergency");

        _fixture.Take(AlertState.Ended, latch: true, suppressedBy: "NEWS2 emergency");

        Assert.Equal((AlertState.Latched, false, ""), (_fixture.State, _fixture.Status!.Suppressed, _fixture.Status.SuppressedBy));
    }

    [Fact]
    public void Orphan_Suppressed_CallsSinceNobodySeesTheSuppressorsEnd()
    {
        _fixture.Take(AlertState.Active, suppressedBy: "NEWS2 emergency");

        _fixture.Ledger.Orphan(LedgerFixture.Patient, new Readings.Instant(30), "begin anew", _fixture.Context(), _fixture.Events);

        Assert.Equal((true, false, ""), (_fixture.Status!.Orphaned, _fixture.Status.Suppressed, _fixture.Status.SuppressedBy));
    }

    [Fact]
    public void Record_Flags_ComeBackAndOlderRecordsAreRead()
    {
        _fixture.Take(AlertState.Active, suppressedBy: "NEWS2 emergency", shadow: true);
        var happened = _fixture.Events[^1];

        Assert.Equal(happened, AlertEventRecord.Read(AlertEventRecord.Write(happened)));
        var older = """
            {"v":1,"number":1,"episodeNumber":1,"change":"entered","previous":"none","time":1,"recorded":2,"input":3,"id":"p1:spo2-low","episode":"1-1","alert":"SpO2 low","slug":"spo2-low","patient":"p1","ward":"ICU","bed":"ICU-1","priority":"medium","kind":"physiological","state":"active","since":1,"changed":1,"value":"86 %","limit":"88 %","message":"m","reason":"r","ruleSet":"v"}
            """u8;
        var read = AlertEventRecord.Read(older).Status;
        Assert.Equal((false, "", false), (read.Suppressed, read.SuppressedBy, read.Shadow));
    }

    [Fact]
    public void Take_Shadow_IsRecordedShownToNobodyAndNeverWaitsForAPerson()
    {
        _fixture.Take(AlertState.Pending, latch: true, shadow: true).Take(AlertState.Active, latch: true, shadow: true);
        Assert.Equal(AcknowledgeResult.Unknown, _fixture.Acknowledge());

        _fixture.Take(AlertState.Ended, latch: true, shadow: true);

        Assert.Equal(AlertState.Unknown, _fixture.State);
        Assert.Equal(3, _fixture.Events.Count);
        Assert.All(_fixture.Events, happened => Assert.True(happened.Status.Shadow && !happened.IsShown));
        Assert.Empty(_fixture.Ledger.RecentEvents);
        Assert.Empty(_fixture.Ledger.PatientsShown);
    }

    [Fact]
    public void Follow_TrialBecomesEarnest_BeginsAsAnAlert()
    {
        _fixture.Take(AlertState.Active, shadow: true);
        var tried = _fixture.Status!.Episode;

        _fixture.Follow(LedgerFixture.Rule());

        Assert.Equal((AlertState.Active, false), (_fixture.State, _fixture.Status!.Shadow));
        Assert.NotEqual(tried, _fixture.Status.Episode);
        Assert.Equal([true, true, false], _fixture.Events.Select(happened => happened.Status.Shadow));
        Assert.True(_fixture.Events[^1].IsShown);
        Assert.Equal("rules-2", _fixture.Status.RuleSet);
    }

    [Fact]
    public void Follow_EarnestBecomesTrial_EndsForPeople()
    {
        _fixture.Take(AlertState.Active).Follow(LedgerFixture.Rule(shadow: true));

        Assert.Equal(AlertState.Ended, _fixture.Events[^2].Status.State);
        Assert.True(_fixture.Events[^2].IsShown);
        Assert.True(_fixture.Status!.Shadow);
    }

    [Fact]
    public void Follow_EarnestLatchedBecomesTrial_StaysUntilAcknowledged()
    {
        _fixture.Reach(AlertState.Latched).Follow(LedgerFixture.Rule(shadow: true, latch: true));
        _fixture.Take(AlertState.Active, latch: true, shadow: true).Take(AlertState.Ended, latch: true, shadow: true);
        Assert.Equal((AlertState.Latched, false), (_fixture.State, _fixture.Status!.Shadow));

        Assert.Equal(AcknowledgeResult.Acknowledged, _fixture.Acknowledge());
        Assert.Equal(AlertState.Unknown, _fixture.State);
    }

    [Fact]
    public void Follow_Renamed_GoesOnAcknowledgedUnderTheNewName()
    {
        _fixture.Take(AlertState.Active);
        _fixture.Acknowledge();

        _fixture.Follow(LedgerFixture.Rule(slug: "low-saturation", name: "Low saturation", was: ["SpO2 low"]));

        Assert.Null(_fixture.Status);
        var renamed = _fixture.Ledger.Find(LedgerFixture.Patient, "low-saturation")!;
        Assert.Equal((AlertState.Active, "Low saturation", "p1:low-saturation", "nurse-1"), (renamed.State, renamed.Alert, renamed.Id, renamed.Acknowledgement!.By));
        Assert.Equal(("spo2-low", AlertState.Ended), (_fixture.Events[^2].Status.Slug, _fixture.Events[^2].Status.State));
    }

    [Fact]
    public void Follow_SameRule_SaysNothing()
    {
        _fixture.Take(AlertState.Active);
        var events = _fixture.Events.Count;

        _fixture.Follow(LedgerFixture.Rule());

        Assert.Equal(events, _fixture.Events.Count);
    }
}
