using IoTGateway.Alerts.Census;
using IoTGateway.Readings.Census;

namespace IoTGateway.Alerts.Tests.Census;

public sealed class CensusDifferencesTests
{
    [Fact]
    public void Between_TheSame_IsNothing() => Assert.Empty(CensusDifferences.Between(Of(Bed("ICU-1", "p1", "m1")), Of(Bed("ICU-1", "p1", "m1"))));

    [Fact]
    public void Between_PatientsAndDevicesMoved_SaysEachOnce() => Assert.Equal(
        [
            "ICU-3: p3 discharged",
            "ICU-2: p7 admitted",
            "p1 from ICU-1 to ICU-4",
            "monitor-3 from ICU-1 to ICU-4",
            "monitor-4 away from ICU-4",
            "pump-1 to ICU-2",
        ],
        CensusDifferences.Between(
            Of(Bed("ICU-1", "p1", "monitor-3"), Bed("ICU-2", null), Bed("ICU-3", "p3"), Bed("ICU-4", null, "monitor-4")),
            Of(Bed("ICU-1", null), Bed("ICU-2", "p7", "pump-1"), Bed("ICU-3", null), Bed("ICU-4", "p1", "monitor-3"))));

    [Fact]
    public void Between_SwappedPatients_SaysBoth() => Assert.Equal(
        ["p2 from ICU-2 to ICU-1", "p1 from ICU-1 to ICU-2"],
        CensusDifferences.Between(Of(Bed("ICU-1", "p1"), Bed("ICU-2", "p2")), Of(Bed("ICU-1", "p2"), Bed("ICU-2", "p1"))));

    [Fact]
    public void Between_WardsAndSameNames_NamesTheWard() => Assert.Equal(
        ["p1 from 1 (ICU) to 1 (Dialysis)"],
        CensusDifferences.Between(
            Of(new Bed("1", "ICU", "p1", [], [], []), new Bed("1", "Dialysis", null, [], [], [])), Of(new Bed("1", "ICU", null, [], [], []), new Bed("1", "Dialysis", "p1", [], [], []))));

    [Fact]
    public void Between_BedsThatComeGoOrStandElsewhere_SaysSo() => Assert.Equal(
        ["ICU-4: new bed", "ICU-1: the bed is gone", "the beds stand in another order", "ICU-1: p1 discharged"],
        CensusDifferences.Between(Of(Bed("ICU-1", "p1"), Bed("ICU-2", null), Bed("ICU-3", null)), Of(Bed("ICU-3", null), Bed("ICU-2", null), Bed("ICU-4", null))));

    [Fact]
    public void Between_WhatIsKnownOfAPatient_FollowsThePatient() => Assert.Equal(
        [
            "ICU-2: expected hr (was nothing)",
            "p1 from ICU-1 to ICU-3",
            "p1: expected hr, rr (was hr)",
            "p1: tags nothing (was spo2-scale-2)",
            "p1: counts among adults (was nobody knows whom)",
        ],
        CensusDifferences.Between(
            Of(new Bed("ICU-1", "ICU", "p1", [], ["spo2-scale-2"], ["hr"]), Bed("ICU-2", null), Bed("ICU-3", null)),
            Of(Bed("ICU-1", null), new Bed("ICU-2", "ICU", null, [], [], ["hr"]), new Bed("ICU-3", "ICU", "p1", [], [], ["hr", "rr"]) { Population = "adults" })));

    [Fact]
    public void Between_AnotherOrderOfDevices_SaysWhichIsPreferred() => Assert.Equal(
        ["ICU-1: devices preferred in the order m2, m1 (was m1, m2)"], CensusDifferences.Between(Of(Bed("ICU-1", "p1", "m1", "m2")), Of(Bed("ICU-1", "p1", "m2", "m1"))));

    [Fact]
    public void InShort_Many_TellsTheFirst() => Assert.Equal(
        "ICU-1: new bed; ICU-2: new bed; ICU-3: new bed; and 2 more",
        CensusDifferences.InShort(WardCensus.Empty, Of(Bed("ICU-1", "p1"), Bed("ICU-2", null), Bed("ICU-3", null, "m1"))));

    private static Bed Bed(string id, string? patient, params string[] devices) => new(id, "ICU", patient, [.. devices], [], []);

    private static WardCensus Of(params Bed[] beds) => new([.. beds]);
}
