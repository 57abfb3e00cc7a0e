using IoTGateway.Alerts.Census;
using IoTGateway.Alerts.Orders;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Census;

public sealed class CensusEditorTests
{
    private static readonly WardCensus Ward = new(
    [
        new Bed("1", "ICU", "p1", ["m1"], ["spo2-scale-2"], ["hr", "spo2"]) { Population = "adults" },
        new Bed("2", "ICU", null, ["m2"], [], ["hr"]) { Population = "adults" },
        new Bed("3", "ICU", "p3", [], [], ["hr"]) { Population = "adults" },
        new Bed("1", "Dialysis", null, ["m4"], [], ["sbp"]),
    ]);

    [Fact]
    public void Admit_FreeBed_PatientLiesThereWithWhatIsUsual()
    {
        var edit = Apply(new AdmitPatient("ICU", "2", "p9", ["fall-risk"], ""));

        Assert.Equal((OrderOutcome.Done, "p9 admitted to 2", CensusNoteKind.Admit), (edit.Outcome, edit.Words, edit.Kind));
        Assert.Equal(Ward.Beds[1] with { Patient = "p9", Tags = ["fall-risk"] }, edit.Census!.Beds[1]);
        Assert.Equal("children", Apply(new AdmitPatient("ICU", "2", "p9", default, "children")).Census!.Beds[1].Population);
    }

    public static TheoryData<CensusOrder, OrderOutcome, string> Wrong => new()
    {
        { new AdmitPatient("ICU", "3", "p9", [], ""), OrderOutcome.Refused, "3 is not free: p3 lies there." },
        { new AdmitPatient("ICU", "7", "p9", [], ""), OrderOutcome.Unknown, "There is no bed '7' in the ward 'ICU'. There are: 1, 2, 3." },
        { new AdmitPatient("X", "7", "p9", [], ""), OrderOutcome.Unknown, "There is no ward 'X' with beds. Wards and beds come from the census file." },
        { new AdmitPatient("ICU", "2", "p1", [], ""), OrderOutcome.Refused, "p1 lies in 1 (ICU) already. To bring the patient to 2, transfer p1." },
        { new AdmitPatient("ICU", "2", "a/b", [], ""), OrderOutcome.Refused, "The patient's id has a '/', which cannot stand in the level of an MQTT topic." },
        { new AdmitPatient("ICU", "2", "", [], ""), OrderOutcome.Refused, "The patient's id is empty." },
        { new AdmitPatient("ICU", "2", "m1", [], ""), OrderOutcome.Refused, "The patient 'm1' at '2' in 'ICU' has the name of a device, at '1' in 'ICU'." },
        { new AdmitPatient("ICU", "2", "p9", [" x"], ""), OrderOutcome.Refused, "A tag has a blank at its beginning or end." },
        { new AdmitPatient("ICU", "2", "p9", [], "old"), OrderOutcome.Refused, "The population must be one of adults, children, pregnant, or empty where nobody knows." },
        { new TransferPatient("p9", "ICU", "2"), OrderOutcome.Unknown, "There is no patient 'p9' in the census." },
        { new TransferPatient("p1", "ICU", "3"), OrderOutcome.Refused, "3 is not free: p3 lies there." },
        { new TransferPatient("p1", "ICU", "1"), OrderOutcome.Refused, "p1 lies in 1 (ICU) already." },
        { new DischargePatient("p9", "home"), OrderOutcome.Unknown, "There is no patient 'p9' in the census." },
        { new MoveDevice("m9", "", ""), OrderOutcome.Refused, "m9 stands at no bed already." },
        { new MoveDevice("m1", "ICU", "1"), OrderOutcome.Refused, "m1 stands at 1 (ICU) already." },
        { new MoveDevice("m1", "ICU", "9"), OrderOutcome.Unknown, "There is no bed '9' in the ward 'ICU'. There are: 1, 2, 3." },
        { new MoveDevice("a+", "ICU", "2"), OrderOutcome.Refused, "The device's name has a '+', which cannot stand in the level of an MQTT topic." },
        { new MoveDevice("p3", "ICU", "2"), OrderOutcome.Refused, "The patient 'p3' at '3' in 'ICU' has the name of a device, at '2' in 'ICU'." },
        { new ChangePatient("p1", ["nothing"], [], ""), OrderOutcome.Refused, "There is no signal 'nothing'. There are: hr, pulse, spo2" },
        { new ChangePatient("p9", ["hr"], [], ""), OrderOutcome.Unknown, "There is no patient 'p9' in the census." },
        { new ChangePatient("p1", ["spo2", "hr"], [""], ""), OrderOutcome.Refused, "A tag is empty." },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Apply_WhatCannotBe_SaysWhyAndChangesNothing(CensusOrder order, OrderOutcome outcome, string expected)
    {
        var edit = Apply(order);

        Assert.Equal(outcome, edit.Outcome);
        Assert.StartsWith(expected, edit.Words, StringComparison.Ordinal);
        Assert.Null(edit.Census);
    }

    [Fact]
    public void Transfer_ToAnotherWard_WhatWasDecidedGoesAlongAndCustomsStay()
    {
        var edit = Apply(new TransferPatient("p1", "Dialysis", "1"));

        Assert.Equal("p1 moved from 1 (ICU) to 1 (Dialysis)", edit.Words);
        Assert.Equal(new Bed("1", "Dialysis", "p1", ["m4"], ["spo2-scale-2"], ["sbp"]) { Population = "adults" }, edit.Census!.Beds[3]);
        Assert.Equal(new Bed("1", "ICU", null, ["m1"], [], ["hr", "spo2"]) { Population = "adults" }, edit.Census.Beds[0]);
    }

    [Fact]
    public void Transfer_ExpectedSignalsWereChanged_TheyGoAlongAndTheBedIsAsUsual()
    {
        var changed = Apply(new ChangePatient("p1", ["SpO2", "rr", "spo2"], ["spo2-scale-2"], "adults"));
        Assert.Equal("p1: expected spo2, rr (was hr, spo2)", changed.Words);

        var moved = new CensusEditor(changed.Census!, Ward, ShippedRules.SignalCatalogue).Apply(new TransferPatient("p1", "Dialysis", "1"));

        Assert.Equal(["spo2", "rr"], moved.Census!.Beds[3].Monitored);
        Assert.Equal(["hr", "spo2"], moved.Census.Beds[0].Monitored);
    }

    [Fact]
    public void Discharge_Bed_IsEmptyAndAsUsual()
    {
        var edit = Apply(new DischargePatient("p1", "home"));

        Assert.Equal("p1 discharged from 1 (ICU)", edit.Words);
        Assert.Equal(Ward.Beds[0] with { Patient = null, Tags = [] }, edit.Census!.Beds[0]);
    }

    [Fact]
    public void MoveDevice_ToABedOrNone_StandsThere()
    {
        Assert.Equal(["m2", "m1"], Apply(new MoveDevice("m1", "ICU", "2")).Census!.Beds[1].Devices);
        Assert.Equal("m1 moved from 1 (ICU) to 2", Apply(new MoveDevice("m1", "ICU", "2")).Words.Replace(" (ICU) to 2 (ICU)", " (ICU) to 2", StringComparison.Ordinal));
        Assert.Empty(Apply(new MoveDevice("m1", "", "")).Census!.Beds[0].Devices);
        Assert.Equal(["m9"], Apply(new MoveDevice("m9", "ICU", "3")).Census!.Beds[2].Devices);
    }

    [Fact]
    public void Change_NothingNew_ChangesNothing()
    {
        var edit = Apply(new ChangePatient("p1", ["hr", "spo2"], ["spo2-scale-2"], "adults"));

        Assert.Equal((OrderOutcome.Done, "Nothing is new of p1"), (edit.Outcome, edit.Words));
        Assert.Null(edit.Census);
    }

    [Fact]
    public void Change_OneThing_LeavesTheOthers()
    {
        Assert.Equal("p1: expected rr (was hr, spo2)", Apply(new ChangePatient("p1", ["rr"], null, null)).Words);
        Assert.Equal(Ward.Beds[0] with { Tags = [] }, Apply(new ChangePatient("p1", null, [], null)).Census!.Beds[0]);
        Assert.Equal(Ward.Beds[0] with { Population = "pregnant" }, Apply(new ChangePatient("p1", null, null, "pregnant")).Census!.Beds[0]);
    }

    [Fact]
    public void Change_SignalOfTheDevice_IsRefusedAndSaysWhatCanBe()
    {
        var edit = Apply(new ChangePatient("p1", ["hr", "battery"], null, null));

        Assert.Equal((OrderOutcome.Refused, null), (edit.Outcome, edit.Census));
        Assert.StartsWith("Battery tells of the device, not of the patient: it cannot be monitored. What can: hr, pulse, spo2,", edit.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("battery,", edit.Words, StringComparison.Ordinal);

        // One that stands there from before keeps nobody from changing something else.
        var old = new WardCensus([Ward.Beds[0] with { Monitored = ["battery"] }]);
        Assert.Equal(OrderOutcome.Done, new CensusEditor(old, old, ShippedRules.SignalCatalogue).Apply(new ChangePatient("p1", null, ["copd"], null)).Outcome);
    }

    private static CensusEdit Apply(CensusOrder order) => new CensusEditor(Ward, Ward, ShippedRules.SignalCatalogue).Apply(order);
}
