using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Processing;

/// <summary>Who is where, and what a change of it does to alerts.</summary>
public sealed class CensusTests
{
    private static readonly string[] Expected = ["hr", "spo2"];

    [Fact]
    public void Census_PatientMovesWard_AlertAndAcknowledgementGoAlong()
    {
        using var gateway = AlertProcessorTests.Ward().Read("m1", "\"hr\":30").Acknowledge("p1", "heart-rate-very-low");
        var before = gateway.Ledger.Find("p1", "heart-rate-very-low")!;

        gateway.Admit(TestGateway.Bed("D-4", "p1", ward: "Dialysis", devices: ["m1"], monitored: Expected));

        Assert.Equal(before with { Ward = "Dialysis", Bed = "D-4" }, gateway.Ledger.Find("p1", "heart-rate-very-low"));
        Assert.Equal("ICU", gateway.Events()[^1].PreviousWard);
        gateway.Read("m1", "\"hr\":60");
        Assert.Null(gateway.Ledger.Find("p1", "heart-rate-very-low"));
    }

    [Fact]
    public void Census_PatientGone_EndsEverythingEvenWhatIsLatched()
    {
        using var gateway = AlertProcessorTests.Ward().Read("m1", "\"hr\":30").Read("m1", "\"hr\":60,\"spo2\":80");
        Assert.Equal(AlertState.Latched, gateway.Ledger.Find("p1", "heart-rate-very-low")!.State);

        gateway.Admit(TestGateway.Bed("ICU-2", "p2", devices: ["m2"]));

        Assert.Empty(gateway.Ledger.Alerts);
        Assert.All(gateway.Events().TakeLast(2), happened => Assert.Contains("census", happened.Status.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Census_AnotherDeviceTakesOver_EndsOldAlertsAndRestartsTimers()
    {
        using var gateway = AlertProcessorTests.Ward().Read("m1", "\"spo2\":80").Pass(6);
        Assert.Equal(AlertState.Active, gateway.Ledger.Find("p1", "spo2-low")!.State);

        gateway.Admit(TestGateway.Bed("ICU-1", "p1", devices: ["m7"], monitored: Expected));
        Assert.Null(gateway.Ledger.Find("p1", "spo2-low"));
        Assert.Contains("another device", gateway.Events()[^1].Status.Reason, StringComparison.Ordinal);

        gateway.Pass(1).Read("m7", "\"spo2\":80");
        Assert.Equal(AlertState.Pending, gateway.Ledger.Find("p1", "spo2-low")!.State);
    }

    [Fact]
    public void Census_DeviceAdded_LeavesAlertsAlone()
    {
        using var gateway = AlertProcessorTests.Ward().Read("m1", "\"spo2\":80").Pass(6);

        gateway.Admit(TestGateway.Bed("ICU-1", "p1", devices: ["m1", "m7"], monitored: Expected));

        Assert.Equal(AlertState.Active, gateway.Ledger.Find("p1", "spo2-low")!.State);
    }

    [Fact]
    public void Reading_MeasuredBeforeTheChange_BelongsToWhoHadTheDevice()
    {
        using var gateway = AlertProcessorTests.Ward();
        var measured = gateway.Now;
        gateway.Pass(2);
        gateway.Admit(
            TestGateway.Bed("ICU-1", "p1", devices: ["m2"]),
            TestGateway.Bed("ICU-2", "p2", devices: ["m1"]));

        gateway.Publish("m1", $$"""{"ts":{{measured.UnixMilliseconds}},"hr":30}""");

        Assert.Equal(["p1 heart-rate-very-low active"], gateway.Story());
    }

    [Fact]
    public void UnassignedDevice_Readings_AreAPatientOfTheirOwnInWardUnassigned()
    {
        using var gateway = AlertProcessorTests.Ward().Read("x9", "\"hr\":30");

        var alert = gateway.Ledger.Find("x9", "heart-rate-very-low")!;
        Assert.Equal(("unassigned", ""), (alert.Ward, alert.Bed));
        Assert.Equal(["hr"], gateway.Processor.Host.FindPatient("x9")!.Monitored);

        gateway.Read("x9", "\"spo2\":95");
        Assert.Equal(["hr", "spo2"], gateway.Processor.Host.FindPatient("x9")!.Monitored);
    }

    [Fact]
    public void UnassignedDevice_ComesToABed_ItsAlertsEndWithTheReason()
    {
        using var gateway = AlertProcessorTests.Ward().Read("x9", "\"hr\":30");

        gateway.Admit(TestGateway.Bed("ICU-1", "p1", devices: ["x9"]));

        Assert.Empty(gateway.Ledger.Alerts);
        Assert.Contains("ICU-1", gateway.Events()[^1].Status.Reason, StringComparison.Ordinal);
        gateway.Read("x9", "\"hr\":30");
        Assert.NotNull(gateway.Ledger.Find("p1", "heart-rate-very-low"));
    }

    [Fact]
    public void UnassignedDevice_NamedAsAPatient_IsNeverTakenForThatPatient()
    {
        using var gateway = AlertProcessorTests.Ward().Read("p1", "\"hr\":30");

        Assert.Null(gateway.Ledger.Find("p1", "heart-rate-very-low"));
        Assert.Equal("unassigned", gateway.Ledger.Find("device:p1", "heart-rate-very-low")!.Ward);
    }

    [Fact]
    public void Patient_NamedAsTheDevice_IsTheOneInTheBed()
    {
        using var gateway = AlertProcessorTests.Ward().Admit(TestGateway.Bed("ICU-1", "m1", devices: ["m1"])).Read("m1", "\"hr\":30");

        Assert.Equal("ICU-1", gateway.Ledger.Find("m1", "heart-rate-very-low")!.Bed);
    }

    [Fact]
    public void DeviceAtAnEmptyBed_Readings_AreEvaluatedInThatBedAndNothingIsExpected()
    {
        using var gateway = AlertProcessorTests.Ward().Read("m3", "\"hr\":30");

        Assert.Equal("ICU-3", gateway.Ledger.Find("m3", "heart-rate-very-low")!.Bed);
        Assert.Empty(gateway.Processor.Host.FindPatient("m3")!.Monitored);
    }

    [Fact]
    public void UnassignedDevices_MoreThanAllowed_AreNotEvaluated()
    {
        using var gateway = AlertProcessorTests.Ward(options: new AlertServiceOptions { UnassignedDevicesAtMost = 1 }).Read("x1", "\"hr\":30").Read("x2", "\"hr\":30");

        Assert.Equal(["x1 heart-rate-very-low active"], gateway.Story());

        gateway.Read("x3", "\"hr\":30").Pass(40);
        var alert = gateway.Ledger.Find("gateway", "devices-are-in-no-census")!;
        Assert.Equal((AlertState.Active, AlertPriority.Medium, AlertKind.Technical, "2 devices"), (alert.State, alert.Priority, alert.Kind, alert.Value));
        Assert.Equal(1, gateway.Events().Count(happened => happened.Status.Patient == "gateway" && happened.Change == AlertChange.Entered));

        // One at a bed is followed all the same, and a start neither ends nor repeats it.
        gateway.Read("m3", "\"hr\":30").Settle();
        Assert.NotNull(gateway.Ledger.Find("m3", "heart-rate-very-low"));
        using var restarted = gateway.Crash();
        restarted.Pass(40);
        Assert.Equal("2 devices", restarted.Ledger.Find("gateway", "devices-are-in-no-census")?.Value);

        restarted.Admit(TestGateway.Bed("ICU-1", "p1", devices: ["x1", "m3"]), TestGateway.Bed("ICU-2", "p2", devices: ["x2", "x3"]));
        restarted.Pass(2);
        Assert.Null(restarted.Ledger.Find("gateway", "devices-are-in-no-census"));
    }

    [Fact]
    public void TwoDevicesOfOnePatient_SameSignal_ThePreferredOneIsHeard()
    {
        using var gateway = AlertProcessorTests.Ward().Admit(TestGateway.Bed("ICU-1", "p1", devices: ["m1", "m7"]));
        gateway.Read("m1", "\"hr\":60").Pass(1).Read("m7", "\"hr\":30");
        Assert.Empty(gateway.Story());

        var silence = TestRules.Standard.Catalogue.Find("hr")!.MissingAfter ?? TimeSpan.FromSeconds(60);
        gateway.Pass((int)silence.TotalSeconds + 1).Read("m7", "\"hr\":30");
        Assert.Equal(["p1 heart-rate-very-low active"], gateway.Story());
    }
}
