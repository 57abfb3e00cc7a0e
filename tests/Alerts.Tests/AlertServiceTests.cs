using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Census;
using IoTGateway.Alerts.Observations;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Readings.Observations;
using IoTGateway.Rules;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Alerts.Tests;

/// <summary>The service as the gateway wires it: threads and all, on a clock that the test moves.</summary>
public sealed class AlertServiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new(TestGateway.Start);
    private readonly RetainedTopics _topics = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_ReadingToAlertToAcknowledgement_AllTheWay()
    {
        var disk = new MemoryDisk();
        using var log = Open(disk, out var projections);
        await using var service = Create(log, projections);
        Assert.NotNull(service.ProposeRules(TestRules.Standard));
        Assert.NotNull(service.ProposeCensus(new WardCensus([TestGateway.Bed("ICU-1", "p1", devices: ["m1"])])));
        await service.StartAsync(_topics, Cancellation);

        Publish(log, "\"hr\":30");
        await Eventually.HoldsAsync("the alert is retained", Patience, () => _topics.Published.Any(line => line.StartsWith("R alerts/ICU/p1/heart-rate-very-low {", StringComparison.Ordinal)), Cancellation);
        var alert = Assert.Single(service.Snapshot().Tiles[0].Alerts);

        Assert.Equal(AcknowledgeResult.Stale, await service.AcknowledgeAsync(alert.Id, "0-1", seen: null, "nurse-1", "", Cancellation));
        Assert.Equal(AcknowledgeResult.Unknown, await service.AcknowledgeAsync("p1:nothing", "0-1", seen: null, "nurse-1", "", Cancellation));
        Assert.Equal(AcknowledgeResult.Unknown, await service.AcknowledgeAsync("nothing", "0-1", seen: null, "nurse-1", "", Cancellation));
        Assert.Equal(AcknowledgeResult.Acknowledged, await service.AcknowledgeAsync(alert.Id, alert.Episode, seen: null, "nurse-1", "on my way\n", Cancellation));

        // It is durable: a copy of the disk at this moment knows of it.
        using (var crashed = Open(disk.Copy(), out var recovered))
        {
            Assert.Equal(new Acknowledgement("nurse-1", Instant.From(TestGateway.Start), "on my way"), recovered.Ledger.Alerts.Single().Acknowledgement);
        }

        Assert.Equal(AcknowledgeResult.AlreadyAcknowledged, await service.AcknowledgeAsync(alert.Id, alert.Episode, seen: null, "nurse-2", "", Cancellation));
        Assert.Null(service.Failure);
    }

    [Fact]
    public async Task Service_ManyAcknowledgeAtOnce_OneIsTheFirst()
    {
        using var log = Open(new MemoryDisk(), out var projections);
        await using var service = Create(log, projections);
        service.ProposeRules(TestRules.Standard);
        await service.StartAsync(null, Cancellation);
        Publish(log, "\"hr\":30");
        await Eventually.HoldsAsync("the alert stands", Patience, () => service.RecentTransitions(1).Count == 1, Cancellation);
        var alert = service.RecentTransitions(1)[0];

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => service.AcknowledgeAsync(alert.Id, alert.Episode, seen: null, $"nurse-{number}", "", Cancellation)));

        Assert.Single(results, AcknowledgeResult.Acknowledged);
        Assert.Equal(99, results.Count(result => result == AcknowledgeResult.AlreadyAcknowledged));
    }

    [Fact]
    public async Task Service_Orders_AreAnsweredWhenTheyAreDurable()
    {
        var disk = new MemoryDisk();
        using var log = Open(disk, out var projections);
        await using var service = Create(log, projections);
        service.ProposeRules(TestRules.Standard);
        service.ProposeCensus(new WardCensus([TestGateway.Bed("ICU-1", "p1", devices: ["m1"])]));
        await service.StartAsync(null, Cancellation);
        Publish(log, "\"hr\":30");
        await Eventually.HoldsAsync("the alert stands", Patience, () => service.RecentTransitions(1).Count == 1, Cancellation);
        var alert = service.RecentTransitions(1)[0];

        // Of what is not there is no record: it could fill the log with topics.
        var end = log.End;
        Assert.Equal(OrderOutcome.Unknown, (await service.GiveAsync(new PausePatient("nobody", TimeSpan.FromMinutes(2)), "nurse-1", Cancellation)).Outcome);
        Assert.Equal(OrderOutcome.Unknown, (await service.GiveAsync(new SilenceWard("Moon", AlertKind.Technical, TimeSpan.FromMinutes(2), "x"), "nurse-1", Cancellation)).Outcome);
        Assert.Equal(OrderOutcome.Unknown, (await service.GiveAsync(new EndSilence("p1:nothing", "0-1"), "nurse-1", Cancellation)).Outcome);
        Assert.Equal(OrderOutcome.Stale, (await service.GiveAsync(new SilenceAlert(alert.Id, "0-1", TimeSpan.FromMinutes(1), "x"), "nurse-1", Cancellation)).Outcome);
        Assert.Equal(OrderOutcome.Refused, (await service.GiveAsync(new SetLimit("p1", "x", double.NaN, TimeSpan.FromHours(1), "x"), "nurse-1", Cancellation)).Outcome);
        Assert.Equal(OrderOutcome.Unknown, (await service.GiveAsync(new SetLimit("p1", new string('x', 10_000), 1, TimeSpan.FromHours(1), "x"), "nurse-1", Cancellation)).Outcome);
        Assert.Equal(end, log.End);

        var version = service.Snapshot().AlertVersion;
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number =>
            service.GiveAsync(new PausePatient("p1", TimeSpan.FromMinutes(2)), $"nurse-{number}", Cancellation)));
        Assert.All(answers, answer => Assert.Equal(OrderOutcome.Done, answer.Outcome));
        await service.WaitForAlertChangeAsync(version, Cancellation);
        Assert.NotNull(service.Snapshot().Tiles[0].Care.Pause);
        Assert.Equal(OrderOutcome.Done, (await service.GiveAsync(new SilenceAlert(alert.Id, alert.Episode, TimeSpan.FromMinutes(1), new string('x', 2_000_000)), "nurse-1", Cancellation)).Outcome);

        // It is durable: a copy of the disk at this moment knows of it.
        using var crashed = Open(disk.Copy(), out var recovered);
        Assert.Equal(new CarePause("nurse-1", Instant.From(TestGateway.Start), Instant.From(TestGateway.Start) + TimeSpan.FromMinutes(2)), recovered.Care.Of("p1").Pause! with { By = "nurse-1" });
        Assert.Equal(("nurse-1", 500), (recovered.Ledger.Alerts.Single().Silence!.By, recovered.Ledger.Alerts.Single().Silence!.Reason.Length));
    }

    [Fact]
    public async Task Service_TimePasses_TicksFireTimers()
    {
        using var log = Open(new MemoryDisk(), out var projections);
        await using var service = Create(log, projections);
        service.ProposeRules(TestRules.Standard);
        await service.StartAsync(null, Cancellation);
        Publish(log, "\"spo2\":80");

        await Eventually.HoldsAsync(
            "the alert is raised by a tick",
            Patience,
            () =>
            {
                _clock.Advance(TimeSpan.FromMilliseconds(500));
                return service.RecentTransitions(1).Any(status => status is { Slug: "spo2-low", State: AlertState.Active });
            },
            Cancellation);
        Assert.Equal(Instant.From(TestGateway.Start) + TimeSpan.FromSeconds(5), service.RecentTransitions(1)[0].Changed);
    }

    [Fact]
    public async Task Propose_SameAgain_WritesNothingAlsoAfterARestart()
    {
        var disk = new MemoryDisk();
        var census = new WardCensus([TestGateway.Bed("ICU-1", "p1", devices: ["m1"])]);
        using (var log = Open(disk, out var projections))
        {
            await using var service = Create(log, projections);
            Assert.NotNull(service.ProposeRules(TestRules.Standard));
            Assert.NotNull(service.ProposeCensus(census));
            Assert.Null(service.ProposeRules(TestRules.Standard));
            Assert.Null(service.ProposeCensus(new WardCensus([TestGateway.Bed("ICU-1", "p1", devices: ["m1"])])));
            await service.StartAsync(null, Cancellation);
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        using var again = Open(disk, out var recovered);
        Assert.Equal(TestRules.Standard.Version, recovered.RuleSets.Last!.RuleSetVersion);
        await using var restarted = Create(again, recovered);
        Assert.Null(restarted.ProposeRules(TestRules.Standard));
        Assert.Null(restarted.ProposeCensus(census));
        Assert.NotNull(restarted.ProposeCensus(WardCensus.Empty));
    }

    [Fact]
    public async Task Stop_Clean_NothingIsReadAgainAndTheAlertStands()
    {
        var disk = new MemoryDisk();
        using (var log = Open(disk, out var projections))
        {
            await using var service = Create(log, projections);
            service.ProposeRules(TestRules.Standard);
            await service.StartAsync(_topics, Cancellation);
            Publish(log, "\"hr\":30");
            await Eventually.HoldsAsync("the alert stands", Patience, () => service.RecentTransitions(1).Count == 1, Cancellation);
        }

        using var again = Open(disk, out var recovered);
        Assert.Equal("m1:heart-rate-very-low", recovered.Ledger.Alerts.Single().Id);
        await using var restarted = Create(again, recovered);
        var events = recovered.Ledger.Version;
        await restarted.StartAsync(_topics, Cancellation);
        Publish(again, "\"hr\":31");
        await Eventually.HoldsAsync("the rules have caught up", Patience, () => restarted.Failure is { } failure ? throw failure : restarted.Snapshot().AlertsComplete, Cancellation);
        Assert.Equal(events, restarted.Snapshot().AlertVersion);
    }

    [Fact]
    public async Task Failure_OfTheRules_IsToldEverywhere()
    {
        using var log = Open(new MemoryDisk(), out var projections);
        await using var service = Create(log, projections);
        service.ProposeRules(TestRules.Standard);
        await service.StartAsync(null, Cancellation);
        Publish(log, "\"hr\":30");
        await Eventually.HoldsAsync("the alert stands", Patience, () => service.RecentTransitions(1).Count == 1, Cancellation);
        var alert = service.RecentTransitions(1)[0];

        // Only the gateway writes rule sets, so this is an error of the gateway: it stops rather than go on with other rules than it should.
        log.Append(RecordKind.RuleSet, null, "no rules"u8);
        await Eventually.HoldsAsync("the rules have stopped", Patience, () => service.Failed.IsCancellationRequested, Cancellation);

        Assert.IsType<InvalidDataException>(service.Failure);
        Assert.Same(service.Failure, service.RulesFailure);
        Assert.Null(service.PublishingFailure);
        Assert.All(service.Snapshot().Tiles, tile => Assert.Equal("The rules have stopped because of an error. Call the operator.", tile.NotMonitored));
        await Assert.ThrowsAsync<InvalidOperationException>(() => service.AcknowledgeAsync(alert.Id, alert.Episode, seen: null, "nurse-1", "", Cancellation));
    }

    [Fact]
    public async Task Failure_OfTheBroker_LeavesTheRulesRunning()
    {
        using var log = Open(new MemoryDisk(), out var projections);
        await using var service = Create(log, projections);
        service.ProposeRules(TestRules.Standard);
        _topics.Failure = new IOException("The broker has stopped.");
        await service.StartAsync(_topics, Cancellation);
        Publish(log, "\"hr\":30");

        await Eventually.HoldsAsync("publishing has stopped", Patience, () => service.Failed.IsCancellationRequested, Cancellation);
        Assert.Same(_topics.Failure, service.Failure);
        Assert.Same(_topics.Failure, service.PublishingFailure);
        Assert.Null(service.RulesFailure);

        Publish(log, "\"hr\":60");
        await Eventually.HoldsAsync("the rules go on", Patience, () => service.RecentTransitions(1) is [{ State: AlertState.Latched }], Cancellation);
    }

    [Fact]
    public async Task Service_ObservationAndTransfer_AreAnsweredWhenTheRulesHaveFollowed()
    {
        var disk = new MemoryDisk();
        using var log = Open(disk, out var projections);
        await using var service = Create(log, projections);
        service.ProposeRules(TestRules.Standard);
        Assert.NotNull(service.ImportCensus(new WardCensus([TestGateway.Bed("ICU-1", "p1", devices: ["m1"]), TestGateway.Bed("ICU-2", null)]), "hash-1", default));
        await service.StartAsync(_topics, Cancellation);

        await Eventually.HoldsAsync(
            "the rules know the patient",
            Patience,
            () =>
            {
                _clock.Advance(TimeSpan.FromMilliseconds(300)); // A view is made anew four times a second.
                return service.Snapshot().Tiles is [{ Patient: "p1" }, ..];
            },
            Cancellation);

        var observed = await service.Observations.RecordAsync(new ObservationEntry("p1", Instant.Now(_clock), [new ObservedValue("hr", 30)], ""), "nurse-1", Cancellation);
        Assert.Equal(AlertState.Active, Assert.Single(service.Snapshot().Tiles[0].Alerts).State);
        var moved = await service.Census.ChangeAsync(new TransferPatient("p1", "ICU", "ICU-2"), "nurse-1", Cancellation);

        Assert.Equal((OrderOutcome.Done, OrderOutcome.Done), (observed.Outcome, moved.Outcome));
        Assert.Equal("ICU-2", Assert.Single(service.Snapshot().Tiles[1].Alerts).Bed);

        // It is durable: a copy of the disk at this moment knows of it.
        using var crashed = Open(disk.Copy(), out var recovered);
        Assert.Equal("p1", recovered.Census.History.Current.Beds[1].Patient);
        await using var again = Create(crashed, recovered);
        Assert.Single(again.Observations.Of("p1"));
    }

    [Fact]
    public async Task Snapshot_RightAfterAnAnswer_ShowsWhatWasDone()
    {
        using var log = Open(new MemoryDisk(), out var projections);
        await using var service = Create(log, projections);
        service.ProposeRules(TestRules.Standard);
        service.ImportCensus(new WardCensus([TestGateway.Bed("ICU-1", null, devices: ["m1"]), TestGateway.Bed("ICU-2", null)]), "hash-1", default);
        await service.StartAsync(_topics, Cancellation);

        // The clock stands still: no view gets too old by itself.
        for (var round = 1; round <= 20; round++)
        {
            _ = service.Snapshot();
            await service.Census.ChangeAsync(new AdmitPatient("ICU", "ICU-1", "p1", [], ""), "nurse-1", Cancellation);
            Assert.Equal("p1", service.Snapshot().Tiles[0].Patient);

            await service.Observations.RecordAsync(new ObservationEntry("p1", null, [new ObservedValue("temp", 36 + (round / 10.0))], null), "nurse-1", Cancellation);
            Assert.Equal(36 + (round / 10.0), Assert.Single(service.Snapshot().Tiles[0].Values).Value);

            await service.GiveAsync(new StandBy("p1", TimeSpan.FromMinutes(30), "theatre"), "nurse-1", Cancellation);
            Assert.Equal("theatre", service.Snapshot().Tiles[0].Care.Standby?.Reason);

            await service.Census.ChangeAsync(new DischargePatient("p1", "home"), "nurse-1", Cancellation);
            Assert.Null(service.Snapshot().Tiles[0].Patient);
        }
    }

    [Fact]
    public async Task Service_ManyChangeTheCensusAtOnce_EachIsAnsweredAndNoneIsLost()
    {
        using var log = Open(new MemoryDisk(), out var projections);
        await using var service = Create(log, projections);
        service.ProposeRules(TestRules.Standard);
        service.ImportCensus(new WardCensus([.. Enumerable.Range(0, 50).Select(bed => TestGateway.Bed($"ICU-{bed}", null))]), "hash-1", default);
        await service.StartAsync(_topics, Cancellation);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(bed => Task.Run(() => service.Census.ChangeAsync(new AdmitPatient("ICU", $"ICU-{bed}", $"p{bed}", [], ""), "nurse-1", Cancellation))));

        Assert.All(answers, answer => Assert.Equal(OrderOutcome.Done, answer.Outcome));
        Assert.All(service.Snapshot().Tiles, tile => Assert.NotNull(tile.Patient));
        Assert.Equal(51, service.Census.Recent.Count);
    }

    [Fact]
    public async Task Service_RulesStandStill_ChangeIsRecordedAndWaitingCanEnd()
    {
        using var log = Open(new MemoryDisk(), out var projections);
        await using var service = Create(log, projections);
        service.ImportCensus(new WardCensus([TestGateway.Bed("ICU-1", "p1")]), "hash-1", default);

        var discharged = service.Census.ChangeAsync(new DischargePatient("p1", "home"), "nurse-1", Cancellation);
        using var impatient = new CancellationTokenSource();
        var admitted = service.Census.ChangeAsync(new AdmitPatient("ICU", "ICU-1", "p2", [], ""), "nurse-1", impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => admitted);
        Assert.False(discharged.IsCompleted);

        await service.StartAsync(_topics, Cancellation);
        Assert.Equal(OrderOutcome.Done, (await discharged).Outcome);
        await Eventually.HoldsAsync("the other change is done all the same", Patience, () => service.Census.Recent[0].Words == "p2 admitted to ICU-1", Cancellation);
    }

    [Fact]
    public async Task Service_Stops_WhoWaitsIsTold()
    {
        using var log = Open(new MemoryDisk(), out var projections);
        var service = Create(log, projections);
        service.ImportCensus(new WardCensus([TestGateway.Bed("ICU-1", "p1")]), "hash-1", default);
        var discharged = service.Census.ChangeAsync(new DischargePatient("p1", "home"), "nurse-1", Cancellation);

        await service.DisposeAsync();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => discharged);
        Assert.Equal("The gateway is shutting down; the change is recorded, but was not answered.", failure.Message);
    }

    private void Publish(DurableLog log, string values) => log.Append(
        RecordKind.Reading,
        DeviceTopic.Vitals("m1"),
        TestGateway.PublishBody("m1", $$$"""{"ts":{{{Instant.Now(_clock).UnixMilliseconds}}},"values":{{{{values}}}}}"""));

    private DurableLog Open(MemoryDisk disk, out Projections projections)
    {
        projections = new Projections(
            new AlertLedger(), new CareLedger(), new RuleSetProjection(), new CensusProjection(), new ClockOffsetProjection(), new ObservationProjection());
        return DurableLog.Open(
            new LogOptions { Directory = "/log" },
            disk,
            _clock,
            [projections.Ledger, projections.Care, projections.RuleSets, projections.Census, projections.ClockOffsets, projections.Observations]);
    }

    private static AlertService Create(DurableLog log, Projections projections) => new(
        log,
        projections.Ledger,
        projections.Care,
        projections.RuleSets,
        projections.Census,
        projections.ClockOffsets,
        projections.Observations,
        () => new RuleEngine(),
        new AlertServiceOptions(),
        NullLogger<AlertService>.Instance);

    private sealed record Projections(
        AlertLedger Ledger, CareLedger Care, RuleSetProjection RuleSets, CensusProjection Census, ClockOffsetProjection ClockOffsets, ObservationProjection Observations);
}
