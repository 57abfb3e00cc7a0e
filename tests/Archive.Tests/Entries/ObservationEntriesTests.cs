using IoTGateway.Archive.Entries;
using IoTGateway.Archive.Files;
using IoTGateway.Archive.Tests.Doubles;
using IoTGateway.Queue;
using IoTGateway.Readings.Observations;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests.Entries;

/// <summary>The sentences that tell what people observed.</summary>
public sealed class ObservationEntriesTests
{
    private static readonly Observation Taken = new("o-1", "p1", At(0), "AB", [new ObservedValue("temp", 37.5), new ObservedValue("avpu", 'V'), new ObservedValue("own", 3)], "after the bath") { Recorded = At(60) };

    [Fact]
    public void Make_Entered_StandsAtTheTimeItWasTaken()
    {
        var entry = Make(new ObservationRecord(Taken, "ICU", "ICU-1", Before: null));
        Assert.Equal(new TimelineEntry(At(0), TimelineKind.Observation, "ICU", "ICU-1", "p1", "AB", $"observed: {Values("37.5")} by AB: after the bath", "", ""), entry);
    }

    [Fact]
    public void Make_CorrectedOrTakenBack_StandsAtTheTimeThatWasDone()
    {
        var before = new ObservationVersion(At(0), "ICU", "ICU-1", [new ObservedValue("temp", 73.5)]);
        var corrected = Make(new ObservationRecord(Taken with { Revision = 2, Note = "" }, "ICU", "ICU-1", before));
        Assert.Equal((At(60), $"corrected to {Values("37.5")} (was {Temperature("73.5")}) by AB"), (corrected.Time, corrected.Words));
        var retracted = Make(new ObservationRecord(Taken with { Revision = 3, Retracted = "wrong patient" }, "ICU", "ICU-1", before));
        Assert.Equal((At(60), $"taken back: {Values("37.5")} by AB: wrong patient"), (retracted.Time, retracted.Words));
    }

    /// <summary>A switch that was given a flow is told with its unit; on alone has none.</summary>
    [Theory]
    [InlineData(1, "Oxygen on")]
    [InlineData(0, "Oxygen off")]
    [InlineData(2, "Oxygen 2 L/min")]
    public void Make_Oxygen_HasAUnitWhereItIsAFlow(double value, string expected)
    {
        var entry = Make(new ObservationRecord(Taken with { Values = [new ObservedValue("o2", value)], Note = "" }, "ICU", "ICU-1", Before: null));

        Assert.Equal($"observed: {expected} by AB", entry.Words);
    }

    private static string Values(string temperature) => $"{Temperature(temperature)}, {Rules.ShippedRules.SignalCatalogue.Find("avpu")!.Name} V, own 3";

    private static string Temperature(string value)
    {
        var signal = Rules.ShippedRules.SignalCatalogue.Find("temp")!;
        return $"{signal.Name} {value} {(signal.UnitShown.Length > 0 ? signal.UnitShown : signal.Unit)}";
    }

    private static TimelineEntry Make(ObservationRecord observation) => Assert.Single(
        new ObservationEntries().Make(new ArchiveRecord(new LogPosition(10), RecordKind.Observation, "observations/p1", At(60), observation.Write()), new NoPlaces())).Entry;
}
