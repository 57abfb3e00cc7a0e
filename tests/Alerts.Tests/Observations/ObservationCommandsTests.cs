using IoTGateway.Alerts.Observations;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Alerts.Tests.Observations;

/// <summary>What is recorded, what is refused, and what the person is told.</summary>
public sealed class ObservationCommandsTests : IDisposable
{
    private readonly TestGateway _gateway = new TestGateway().Load(TestRules.Standard).Admit(TestGateway.Bed("ICU-1", "p1", devices: ["m1"]));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public void Record_GoodEntry_StandsInTheLogWithPlaceAndAuthor()
    {
        var answer = Record(new ObservationEntry("p1", _gateway.Now, [new("TEMPERATURE", 37.25), new("o2", 2)], " after\nthe bath "));

        Assert.Equal((OrderOutcome.Done, "Recorded: Temperature 37.25 °C, Oxygen 2 L/min."), (answer.Outcome, answer.Sentence));
        var record = Assert.Single(Records());
        Assert.Equivalent(record.Observation, answer.Observation, strict: true);
        Assert.Equal(("ICU", "ICU-1", "nurse-1", "after the bath", 1), (record.Ward, record.Bed, record.Observation.By, record.Observation.Note, record.Observation.Revision));
        Assert.Equal([new ObservedValue("temp", 37.25), new ObservedValue("o2", 2)], record.Observation.Values);
        Assert.Same(answer.Observation, Assert.Single(_gateway.Observations.Of("p1")));
    }

    [Fact]
    public void Record_ImplausibleValue_IsTakenAndSaid() =>
        Assert.Equal("Recorded: Temperature 51 °C (not plausible).", Record(Entry(_gateway.Now, ("temp", 51))).Sentence);

    public static TheoryData<string, int, string, double, string> Wrong => new()
    {
        { "p1", 61, "temp", 37, "It cannot be taken in the future: that is 61 s ahead." },
        { "p1", -86_401, "temp", 37, "It was taken more than 24 h ago: that is too old to be entered." },
        { "p1", 0, "nothing", 37, "There is no signal 'nothing'. There are: hr, pulse," },
        { "p1", 0, "battery", 37, "Battery tells of the device, not of the patient; it cannot be entered." },
        { "p1", 0, "avpu", 'Q', "AVPU must be one of A, C, V, P, U." },
        { "p1", 0, "gcs", 7.5, "GCS counts whole points; it cannot be 7.5." },
        { "p1", 61, "avpu", 'Q', "It cannot be taken in the future: that is 61 s ahead. AVPU must be one of A, C, V, P, U." },
        { "p9", 0, "temp", 37, "There is no patient 'p9' in the census." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Record_WrongEntry_IsRefusedWithTheSentenceAndNothingIsRecorded(string patient, int secondsAhead, string signal, double value, string expected)
    {
        var answer = Record(Entry(_gateway.Now + TimeSpan.FromSeconds(secondsAhead), (signal, value)) with { Patient = patient });

        Assert.Equal(patient == "p9" ? OrderOutcome.Unknown : OrderOutcome.Refused, answer.Outcome);
        Assert.StartsWith(expected, answer.Sentence, StringComparison.Ordinal);
        Assert.Empty(Records());
    }

    [Fact]
    public void Record_NoValueOrOneTwice_IsRefused()
    {
        Assert.Equal("It has no value. Enter at least one.", Record(Entry(_gateway.Now)).Sentence);
        Assert.Equal("It has no value. Enter at least one.", Record(new ObservationEntry("p1", _gateway.Now, default, "")).Sentence);
        Assert.Equal("Temperature stands there twice. Enter it once.", Record(Entry(_gateway.Now, ("temp", 37), ("temperature", 38))).Sentence);
        Assert.Empty(Records());
    }

    [Fact]
    public void Record_ALittleAheadOrAtTheSameMinute_GetsATimeOfItsOwn()
    {
        var times = Enumerable.Range(0, 3).Select(_ => Record(Entry(_gateway.Now + TimeSpan.FromSeconds(59), ("temp", 37))).Observation!.Taken.UnixMilliseconds - _gateway.Now.UnixMilliseconds);

        Assert.Equal([0, 1, 2], times);
    }

    [Fact]
    public void Correct_ToATimeThatWasOnceTaken_GetsAnotherOne()
    {
        var first = Record(Entry(_gateway.Now, ("temp", 37))).Observation!;
        var moved = Correct(first, Entry(_gateway.Now - TimeSpan.FromMinutes(5), ("temp", 37))).Observation!;

        Assert.Equal(first.Taken + TimeSpan.FromMilliseconds(1), Correct(moved, Entry(first.Taken, ("temp", 37))).Observation!.Taken);
        Assert.Equal(first.Taken + TimeSpan.FromMilliseconds(2), Record(Entry(first.Taken, ("temp", 38))).Observation!.Taken);
    }

    [Fact]
    public async Task Correct_TwoAtOnce_TheSecondIsStaleAndSeesTheFirst()
    {
        var first = Record(Entry(_gateway.Now, ("temp", 37))).Observation!;

        var one = _gateway.Observations.CorrectAsync(first.Id, 1, Entry(first.Taken, ("temp", 38)), "nurse-2", Cancellation);
        var two = await _gateway.Observations.CorrectAsync(first.Id, 1, Entry(first.Taken, ("temp", 39)), "nurse-3", Cancellation);
        var done = _gateway.Answer(one);

        Assert.Equal((OrderOutcome.Done, 2), (done.Outcome, done.Observation!.Revision));
        Assert.Equal((OrderOutcome.Stale, "nurse-2 has changed it meanwhile. Look at it again."), (two.Outcome, two.Sentence));
        Assert.Same(done.Observation, two.Observation);
        Assert.Equal([1, 2], Records().Select(record => record.Observation.Revision));
    }

    [Fact]
    public void Correct_WhatCannotBe_IsRefused()
    {
        var first = Record(Entry(_gateway.Now, ("temp", 37))).Observation!;

        Assert.Equal(OrderOutcome.Unknown, _gateway.Answer(_gateway.Observations.CorrectAsync("o-none", 1, Entry(_gateway.Now, ("temp", 38)), "nurse-1", Cancellation)).Outcome);
        Assert.Equal("The observation is of p1. Take it back, and enter it for p2.", Correct(first, Entry(_gateway.Now, ("temp", 38)) with { Patient = "p2" }).Sentence);
        Assert.Equal("AVPU must be one of A, C, V, P, U.", Correct(first, Entry(_gateway.Now, ("avpu", 1))).Sentence);
        Assert.Equal("Say why it is taken back.", Retract(first, " \n").Sentence);
        var gone = Retract(first, "wrong patient");
        Assert.Equal((OrderOutcome.Done, "wrong patient", "nurse-2"), (gone.Outcome, gone.Observation!.Retracted, gone.Observation.By));
        Assert.Equal(OrderOutcome.Stale, Correct(first, Entry(_gateway.Now, ("temp", 38))).Outcome);
        Assert.Equal("It was taken back by nurse-2. Enter it anew.", Correct(gone.Observation, Entry(_gateway.Now, ("temp", 38))).Sentence);
        Assert.Equal("It was taken back by nurse-2. Enter it anew.", Retract(gone.Observation, "again").Sentence);
        Assert.Equal(2, Records().Count);
    }

    [Fact]
    public void Correct_AfterADay_MayKeepItsTimeButNotTakeAnotherOldOne()
    {
        var first = Record(Entry(_gateway.Now - TimeSpan.FromHours(20), ("temp", 37))).Observation!;
        _gateway.Clock.Advance(TimeSpan.FromHours(6));

        Assert.Equal(OrderOutcome.Done, Correct(first, Entry(first.Taken, ("temp", 38))).Outcome);
        Assert.Equal(OrderOutcome.Refused, Correct(_gateway.Observations.Of("p1")[0], Entry(first.Taken - TimeSpan.FromSeconds(1), ("temp", 38))).Outcome);
    }

    [Fact]
    public void Correct_ValueLeftOut_IsRememberedWithEachVersionAtThatTime()
    {
        var first = Record(Entry(_gateway.Now, ("temp", 37), ("avpu", 'A'))).Observation!;
        var second = Correct(first, Entry(first.Taken, ("temp", 38))).Observation!;
        var third = Correct(second, Entry(first.Taken, ("temp", 39))).Observation!;
        Correct(third, Entry(first.Taken - TimeSpan.FromMinutes(1), ("temp", 39)));

        Assert.Equal(["", "avpu", "avpu", ""], Records().Select(record => string.Join(',', record.Dropped)));
        Assert.Equal(["", "", "avpu", "avpu"], Records().Select(record => string.Join(',', record.Before?.Dropped ?? [])));
    }

    [Fact]
    public void Restart_History_IsKnownAndIdsAreNew()
    {
        var first = Record(Entry(_gateway.Now, ("temp", 37))).Observation!;
        using var again = _gateway.Crash(TimeSpan.FromSeconds(1)).Consume();

        Assert.Equivalent(first, Assert.Single(again.Observations.Of("p1")), strict: true);
        var second = again.Answer(again.Observations.RecordAsync(Entry(again.Now, ("temp", 37)), "nurse-1", Cancellation)).Observation!;
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(2, again.Answer(again.Observations.RetractAsync(first.Id, 1, "wrong", "nurse-1", Cancellation)).Observation!.Revision);
    }

    [Fact]
    public void Correct_NeitherTimeNorNoteNorPatientSaid_KeepsThem()
    {
        var first = Record(Entry(_gateway.Now - TimeSpan.FromMinutes(40), ("temp", 37)) with { Note = "in the ear" }).Observation!;

        var second = Correct(first, new ObservationEntry(null, null, [new("temp", 38)], null)).Observation!;

        Assert.Equal((first.Taken, "p1", "in the ear", 2), (second.Taken, second.Patient, second.Note, second.Revision));
        Assert.Equal("", Correct(second, new ObservationEntry(null, null, [new("temp", 38)], "")).Observation!.Note);
    }

    [Fact]
    public void CorrectAndRetract_PatientHasLeft_StandInTheRecordWithTheOldPlace()
    {
        var wrong = Record(Entry(_gateway.Now, ("temp", 73))).Observation!;
        var other = Record(Entry(_gateway.Now, ("temp", 38))).Observation!;
        _gateway.Admit(TestGateway.Bed("ICU-1", null, devices: ["m1"]));
        _gateway.Consume();

        var corrected = Correct(wrong, Entry(wrong.Taken, ("temp", 37)));
        var retracted = Retract(other, "wrong patient");

        Assert.Equal(("Corrected: Temperature 37 °C.", "Taken back: Temperature 38 °C."), (corrected.Sentence, retracted.Sentence));
        Assert.All(Records(), record => Assert.Equal(("ICU", "ICU-1"), (record.Ward, record.Bed)));
        Assert.Equal(OrderOutcome.Unknown, Record(Entry(_gateway.Now, ("temp", 37))).Outcome);
    }

    private ObservationAnswer Record(ObservationEntry entry) => _gateway.Answer(_gateway.Observations.RecordAsync(entry, "nurse-1", Cancellation));

    private ObservationAnswer Correct(Observation observation, ObservationEntry entry) =>
        _gateway.Answer(_gateway.Observations.CorrectAsync(observation.Id, observation.Revision, entry, "nurse-2", Cancellation));

    private ObservationAnswer Retract(Observation observation, string reason) =>
        _gateway.Answer(_gateway.Observations.RetractAsync(observation.Id, observation.Revision, reason, "nurse-2", Cancellation));

    private List<ObservationRecord> Records() => _gateway.ReadLog(RecordKind.Observation, (in LogRecord record) => ObservationRecord.Read(record.Body));

    private static ObservationEntry Entry(Instant taken, params (string Signal, double Value)[] values) =>
        new("p1", taken, [.. values.Select(value => new ObservedValue(value.Signal, value.Value))], "");
}
