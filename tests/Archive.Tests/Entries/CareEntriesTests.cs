using IoTGateway.Alerts.Care;
using IoTGateway.Archive.Entries;
using IoTGateway.Archive.Files;
using IoTGateway.Archive.Tests.Doubles;
using IoTGateway.Queue;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests.Entries;

/// <summary>The sentences that tell of pauses, standby and limits.</summary>
public sealed class CareEntriesTests
{
    private static readonly PatientCare Paused = PatientCare.Ordinary with { Pause = new CarePause("AB", At(0), At(300)) };
    private static readonly PatientCare Away = PatientCare.Ordinary with { Standby = new Standby("AB", "CT", At(0), At(3_600)) };

    [Fact]
    public void Make_EachChange_SaysWhatByWhomAndWhy()
    {
        Assert.Equal((TimelineKind.Pause, "care pause of 5 min by AB"), Told(CareChange.Paused, "care pause of 5 min", "AB", Paused));
        Assert.Equal((TimelineKind.Pause, "care pause ended: the time of the pause is over"), Told(CareChange.Resumed, "the time of the pause is over"));
        Assert.Equal((TimelineKind.Standby, "standby for 1 h by AB: CT"), Told(CareChange.StoodBy, "standby for 1 h: CT", "AB", Away));
        Assert.Equal((TimelineKind.Standby, "standby ended: AB ended the standby"), Told(CareChange.StandbyEnded, "AB ended the standby", "AB"));
        Assert.Equal(
            (TimelineKind.Limit, "limit set at the bedside by AB: spo2_low is 85 in place of 88 for 4 h: COPD"), Told(CareChange.LimitSet, "spo2_low is 85 in place of 88 for 4 h: COPD", "AB"));
        Assert.Equal((TimelineKind.Limit, "limit spo2_low of the bedside ended: the time for which it was set is over"), Told(CareChange.LimitEnded, "the time for which it was set is over"));
        Assert.Equal((TimelineKind.Acknowledgement, "AB has seen what came late"), Told(CareChange.NoteSeen, "AB has seen what came late", "AB"));
        Assert.Empty(Make(CareChange.Discharged, "discharged", "", PatientCare.Ordinary)); // The census tells it.
        Assert.Equal(9, Enum.GetValues<CareChange>().Length); // Each stands above, but for the one that never stands in a record.
    }

    private static (TimelineKind Kind, string Words) Told(CareChange change, string why, string by = "", PatientCare? care = null)
    {
        var entry = Assert.Single(Make(change, why, by, care ?? PatientCare.Ordinary)).Entry;
        Assert.Equal((At(7), "ICU", "ICU-1", "p1", by), (entry.Time, entry.Ward, entry.Bed, entry.Patient, entry.By));
        return (entry.Kind, entry.Words);
    }

    private static IReadOnlyList<ArchiveEntry> Make(CareChange change, string why, string by, PatientCare care)
    {
        var happened = new CareEvent
        {
            Number = 1,
            Change = change,
            Patient = "p1",
            Ward = "ICU",
            Bed = "ICU-1",
            Care = care,
            Time = At(7),
            Recorded = At(7),
            Input = new LogPosition(1),
            By = by,
            Why = why,
            Limit = change is CareChange.LimitSet or CareChange.LimitEnded ? "spo2_low" : "",
        };
        return new CareEntries().Make(new ArchiveRecord(new LogPosition(10), RecordKind.Care, "care/p1", At(7), CareRecord.Write(happened)), new NoPlaces());
    }
}
