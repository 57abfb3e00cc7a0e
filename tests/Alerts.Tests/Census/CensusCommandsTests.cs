using IoTGateway.Alerts.Census;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Census;

/// <summary>Who is where, as people change it: what is recorded, what it does to alerts, and how it is undone.</summary>
public sealed class CensusCommandsTests : IDisposable
{
    private const string Severe = "heart-rate-very-low";

    private static readonly WardCensus Ward = new(
    [
        TestGateway.Bed("ICU-1", "p1", devices: ["m1"], monitored: ["hr", "spo2"]),
        TestGateway.Bed("ICU-2", null, devices: ["m2"], monitored: ["hr"]),
        TestGateway.Bed("ICU-3", "p3", devices: ["m3"]),
        TestGateway.Bed("D-1", null, ward: "Dialysis", devices: ["m4"]),
    ]);

    private TestGateway _gateway = Loaded(new TestGateway());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public void Change_Transfer_IsRecordedAndKnownAfterARestart()
    {
        var answer = Change(new TransferPatient("p1", "Dialysis", "D-1"));

        Assert.Equal(new OrderAnswer(OrderOutcome.Done, "p1 moved from ICU-1 (ICU) to D-1 (Dialysis)."), answer);
        var steps = _gateway.Beds.Recent;
        Assert.Equal(("p1 moved from ICU-1 (ICU) to D-1 (Dialysis)", "nurse-1", true), (steps[0].Words, steps[0].By, steps[0].MayBeUndone));
        Assert.Equal(("census file: ICU-1: new bed; ICU-2: new bed; ICU-3: new bed; and 7 more", "", false), (steps[1].Words, steps[1].By, steps[1].MayBeUndone));
        _gateway.Settle();
        using var again = _gateway.Crash().Consume();
        Assert.Equal(steps, again.Beds.Recent);
        Assert.Null(again.Beds.Import(Ward, "hash-1"));
    }

    [Fact]
    public void Change_Wrong_IsRefusedAndNothingIsRecorded()
    {
        Assert.Equal(new OrderAnswer(OrderOutcome.Refused, "ICU-3 is not free: p3 lies there."), Change(new TransferPatient("p1", "ICU", "ICU-3")));
        Assert.Single(_gateway.Beds.Recent);
    }

    [Fact]
    public async Task Change_ManyAtOnce_EachSeesTheOneBefore()
    {
        var asked = Enumerable.Range(0, 20).Select(number => _gateway.Beds.ChangeAsync(new AdmitPatient("ICU", "ICU-2", $"n{number}", [], ""), $"nurse-{number}", Cancellation)).ToList();
        _gateway.Answer(asked[0]);

        var answers = await Task.WhenAll(asked);

        Assert.Single(answers, answer => answer.Outcome == OrderOutcome.Done);
        Assert.All(answers.Skip(1), answer => Assert.Equal("ICU-2 is not free: n0 lies there.", answer.Sentence));
    }

    [Fact]
    public void Discharge_AlertStands_NeedsAReasonThatTheAlertEndsWith()
    {
        _gateway.Read("m1", "\"hr\":30");

        var refused = Change(new DischargePatient("p1", " "));
        Assert.Equal(new OrderAnswer(OrderOutcome.Refused, "An alert stands: Heart rate very low. It ends with the discharge, so say why the patient is discharged."), refused);
        Assert.Equal(OrderOutcome.Done, Change(new DischargePatient("p1", "gone home")).Outcome);

        Assert.Null(_gateway.Ledger.Find("p1", Severe));
        Assert.Equal("discharged by nurse-1: gone home", _gateway.Events()[^1].Status.Reason);
        Assert.Equal("gone home", _gateway.Beds.Recent[0].Reason);
    }

    [Fact]
    public void Discharge_NoAlert_NeedsNoReason() => Assert.Equal(new OrderAnswer(OrderOutcome.Done, "p1 discharged from ICU-1."), Change(new DischargePatient("p1", "")));

    [Fact]
    public void Undo_Transfer_AlertsGoBackAndSoDoesWhatTheDeviceSaid()
    {
        _gateway.Read("m1", "\"hr\":30").Acknowledge("p1", Severe);
        var before = _gateway.Ledger.Find("p1", Severe)!;
        _gateway.Pass(5);
        var moved = _gateway.Now;
        Change(new TransferPatient("p1", "Dialysis", "D-1"));
        _gateway.Pass(5);
        var history = _gateway.Processor.Host.CensusBefore(_gateway.Log.End);
        Assert.Equal("m1", history.AssignmentOf("m1", moved + TimeSpan.FromSeconds(2)).Patient);
        Assert.Equal("p1", history.AssignmentOf("m4", moved + TimeSpan.FromSeconds(2)).Patient);

        var answer = Change(new UndoChange(_gateway.Beds.Recent[0].Id, "wrong bed"), "nurse-2");

        Assert.Equal(new OrderAnswer(OrderOutcome.Done, "undone: p1 moved from ICU-1 (ICU) to D-1 (Dialysis)."), answer);
        Assert.Equal(before, _gateway.Ledger.Find("p1", Severe));
        history = _gateway.Processor.Host.CensusBefore(_gateway.Log.End);
        Assert.Equal("p1", history.AssignmentOf("m1", moved + TimeSpan.FromSeconds(2)).Patient);
        Assert.Equal("m4", history.AssignmentOf("m4", moved + TimeSpan.FromSeconds(2)).Patient);
        Assert.Equal(("wrong bed", moved, true), (_gateway.Beds.Recent[0].Reason, _gateway.Beds.Recent[0].From, _gateway.Beds.Recent[0].MayBeUndone));
        Assert.False(_gateway.Beds.Recent[1].MayBeUndone);
        Assert.Equal(3, _gateway.Beds.Recent.Count);
    }

    [Fact]
    public void Undo_WhatElseHappenedMeanwhile_StaysWhenItHappened()
    {
        Change(new TransferPatient("p1", "Dialysis", "D-1"));
        var wrong = _gateway.Beds.Recent[0];
        _gateway.Pass(10);
        var admitted = _gateway.Now;
        Change(new DischargePatient("p3", "home"));
        _gateway.Pass(10);

        Change(new UndoChange(wrong.Id, "wrong bed"));

        var history = _gateway.Processor.Host.CensusBefore(_gateway.Log.End);
        Assert.Equal("p3", history.AssignmentOf("m3", admitted - TimeSpan.FromSeconds(1)).Patient);
        Assert.Equal("m3", history.AssignmentOf("m3", admitted).Patient);
        Assert.Equal([null, "p1"], _gateway.Processor.Host.Census.Beds.Where(bed => bed.Id is "ICU-3" or "ICU-1").Select(bed => bed.Patient).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Undo_SomethingLaterTouchedTheBed_IsRefusedUntilThatIsUndone()
    {
        Change(new TransferPatient("p1", "ICU", "ICU-2"));
        var first = _gateway.Beds.Recent[0];
        Change(new AdmitPatient("ICU", "ICU-1", "p9", [], ""));
        var second = _gateway.Beds.Recent[0];
        Assert.Equal([true, false, false], _gateway.Beds.Recent.Select(step => step.MayBeUndone));

        var refused = Change(new UndoChange(first.Id, "wrong bed"));
        Assert.Equal(new OrderAnswer(OrderOutcome.Refused, "It cannot be undone any more, since this came after it: p9 admitted to ICU-1. Undo that first."), refused);
        Assert.Equal(OrderOutcome.Done, Change(new UndoChange(second.Id, "never came")).Outcome);
        Assert.Null(_gateway.Processor.Host.FindPatient("p9"));
        Assert.Equal("It was undone already.", Change(new UndoChange(second.Id, "never came")).Sentence);
        Assert.Equal([true, false, true, false], _gateway.Beds.Recent.Select(step => step.MayBeUndone));

        Assert.Equal(OrderOutcome.Done, Change(new UndoChange(first.Id, "wrong bed")).Outcome);
        Assert.Equal("p1", _gateway.Processor.Host.Census.Beds[0].Patient);
    }

    [Fact]
    public void Undo_AnUndo_DoesItAgain()
    {
        Change(new TransferPatient("p1", "ICU", "ICU-2"));
        Change(new UndoChange(_gateway.Beds.Recent[0].Id, "wrong bed"));

        Assert.Equal(OrderOutcome.Done, Change(new UndoChange(_gateway.Beds.Recent[0].Id, "it was right")).Outcome);

        Assert.Equal("p1", _gateway.Processor.Host.Census.Beds[1].Patient);
    }

    [Fact]
    public void Undo_Discharge_PatientIsBackAndMonitoredAnew()
    {
        _gateway.Read("m1", "\"hr\":30");
        Change(new DischargePatient("p1", "home"));
        Assert.Equal(OrderOutcome.Done, Change(new UndoChange(_gateway.Beds.Recent[0].Id, "is still here")).Outcome);

        _gateway.Pass(1).Read("m1", "\"hr\":31");

        Assert.Equal(AlertState.Active, _gateway.Ledger.Find("p1", Severe)!.State);
    }

    [Fact]
    public void Undo_Admission_EndsAlertsWithTheReason()
    {
        Change(new AdmitPatient("ICU", "ICU-2", "p9", [], ""));
        _gateway.Read("m2", "\"hr\":30");

        Change(new UndoChange(_gateway.Beds.Recent[0].Id, "another ward"));

        Assert.Equal("the admission was undone by nurse-1: another ward", _gateway.Events()[^1].Status.Reason);
    }

    [Fact]
    public void Undo_WhatCannotBe_IsRefused()
    {
        Assert.Equal(OrderOutcome.Unknown, Change(new UndoChange(1, "x")).Outcome);
        Assert.Equal("Say why it is undone.", Change(new UndoChange(_gateway.Beds.Recent[0].Id, "")).Sentence);
        Assert.Equal("It was not made at the board. Change the census file instead, or move the patients.", Change(new UndoChange(_gateway.Beds.Recent[0].Id, "x")).Sentence);
    }

    [Fact]
    public void Import_NobodyHasChangedAnything_ComesIntoForceAtOnceAndOnce()
    {
        var other = Without("p3");

        Assert.NotNull(_gateway.Beds.Import(other, "hash-2"));
        Assert.Null(_gateway.Beds.Import(other, "hash-2"));
        _gateway.Settle();
        _gateway.Consume();

        Assert.Null(_gateway.Processor.Host.FindPatient("p3"));
        Assert.Null(_gateway.Beds.Waiting);
    }

    [Fact]
    public void Import_PeopleHaveChangedTheCensus_WaitsInWordsAndIsApplied()
    {
        Change(new TransferPatient("p1", "ICU", "ICU-2"));
        Assert.Null(_gateway.Beds.Import(Ward, "hash-1")); // The file that was imported before: not news, also at a restart.
        Assert.Null(_gateway.Beds.Waiting);

        Assert.Null(_gateway.Beds.Import(Without("p3"), "hash-2"));

        var waiting = _gateway.Beds.Waiting!;
        Assert.Equal(["ICU-3: p3 discharged", "p1 from ICU-2 to ICU-1", "p1: expected hr, spo2 (was hr)"], waiting.Differences);
        Assert.Equal(_gateway.Now, waiting.Since);
        var answer = _gateway.Answer(_gateway.Beds.DecideImportAsync(apply: true, "nurse-1", Cancellation));
        Assert.Equal(new OrderAnswer(OrderOutcome.Done, "census file: ICU-3: p3 discharged; p1 from ICU-2 to ICU-1; p1: expected hr, spo2 (was hr)."), answer);
        Assert.Null(_gateway.Beds.Waiting);
        Assert.Equal("p1", _gateway.Processor.Host.Census.Beds[0].Patient);
        Assert.Equal(OrderOutcome.Unknown, _gateway.Answer(_gateway.Beds.DecideImportAsync(apply: true, "nurse-1", Cancellation)).Outcome);
        Assert.NotNull(_gateway.Beds.Import(Ward, "hash-3")); // From now on nobody has changed anything.
    }

    [Fact]
    public void Import_Dropped_IsNotProposedAgainAlsoAfterARestart()
    {
        Change(new TransferPatient("p1", "ICU", "ICU-2"));
        _gateway.Beds.Import(Without("p3"), "hash-2");

        Assert.Equal(OrderOutcome.Done, _gateway.Answer(_gateway.Beds.DecideImportAsync(apply: false, "nurse-1", Cancellation)).Outcome);

        Assert.Null(_gateway.Beds.Import(Without("p3"), "hash-2"));
        Assert.Null(_gateway.Beds.Waiting);
        Assert.NotNull(_gateway.Processor.Host.FindPatient("p3"));
        _gateway.Settle();
        _gateway = _gateway.Crash().Consume();
        Assert.Null(_gateway.Beds.Import(Without("p3"), "hash-2"));
        Assert.Null(_gateway.Beds.Waiting);
        _gateway.Beds.Import(Without("p1"), "hash-3");
        Assert.NotNull(_gateway.Beds.Waiting);
    }

    [Fact]
    public void Import_WaitedAndTheGatewayRestarts_WaitsAgain()
    {
        Change(new TransferPatient("p1", "ICU", "ICU-2"));
        _gateway.Beds.Import(Without("p3"), "hash-2");
        _gateway.Settle();
        _gateway = _gateway.Crash().Consume();

        Assert.Null(_gateway.Beds.Waiting);
        Assert.Null(_gateway.Beds.Import(Without("p3"), "hash-2"));
        Assert.NotNull(_gateway.Beds.Waiting);
    }

    [Fact]
    public void Import_WaitedAndTheFileBecameInvalid_CannotBePutIntoForceAnyMore()
    {
        Change(new TransferPatient("p1", "ICU", "ICU-2"));
        _gateway.Beds.Import(Without("p3"), "hash-2");

        _gateway.Beds.ImportIsInvalid();

        Assert.Null(_gateway.Beds.Waiting);
        Assert.Equal(OrderOutcome.Unknown, _gateway.Answer(_gateway.Beds.DecideImportAsync(apply: true, "nurse-1", Cancellation)).Outcome);
        Assert.NotNull(_gateway.Processor.Host.FindPatient("p3"));
    }

    [Fact]
    public void Import_WaitsAndTheGatewayRestarts_WaitsSinceTheFileWasWritten()
    {
        Change(new TransferPatient("p1", "ICU", "ICU-2"));
        var written = _gateway.Now - TimeSpan.FromMinutes(5);
        _gateway.Beds.Import(Without("p3"), "hash-2", written);
        Assert.Equal(written, _gateway.Beds.Waiting!.Since);
        _gateway.Settle();
        _gateway = _gateway.Crash().Consume().Pass(3_600);

        _gateway.Beds.Import(Without("p3"), "hash-2", written);

        Assert.Equal(written, _gateway.Beds.Waiting!.Since);
    }

    [Fact]
    public void Import_WrittenInTheFuture_WaitsSinceNow()
    {
        Change(new TransferPatient("p1", "ICU", "ICU-2"));

        _gateway.Beds.Import(Without("p3"), "hash-2", _gateway.Now + TimeSpan.FromDays(1));

        Assert.Equal(_gateway.Now, _gateway.Beds.Waiting!.Since);
    }

    [Fact]
    public void Import_OnlyItsWordsAreOthers_DoesNotWait()
    {
        Change(new TransferPatient("p1", "ICU", "ICU-2"));

        Assert.Null(_gateway.Beds.Import(Ward, "hash-of-other-comments"));

        Assert.Null(_gateway.Beds.Waiting);
    }

    [Fact]
    public void Import_FileSaysWhatPeopleDid_IsTakenAndBothAgree()
    {
        Change(new DischargePatient("p3", "home"));

        Assert.NotNull(_gateway.Beds.Import(Without("p3"), "hash-2"));
        Assert.Null(_gateway.Beds.Waiting);
        Assert.NotNull(_gateway.Beds.Import(Ward, "hash-3"));
    }

    private static WardCensus Without(string patient) => new([.. Ward.Beds.Select(bed => bed.Patient == patient ? bed with { Patient = null } : bed)]);

    private static TestGateway Loaded(TestGateway gateway)
    {
        Assert.NotNull(gateway.Beds.Import(Ward, "hash-1"));
        return gateway.Load(TestRules.Standard);
    }

    private OrderAnswer Change(CensusOrder order, string by = "nurse-1") => _gateway.Answer(_gateway.Beds.ChangeAsync(order, by, Cancellation));
}
