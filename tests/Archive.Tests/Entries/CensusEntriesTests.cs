using IoTGateway.Archive.Entries;
using IoTGateway.Readings.Census;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests.Entries;

/// <summary>The sentences that tell who came, went and moved.</summary>
public sealed class CensusEntriesTests
{
    [Fact]
    public void Make_Admitted_SaysWhere()
    {
        var entry = Assert.Single(Make(Census(Bed("ICU-1"), Bed("ICU-2")), Census(Bed("ICU-1"), Bed("ICU-2", "p1"))));
        Assert.Equal(new TimelineEntry(Noon, TimelineKind.Census, "ICU", "ICU-2", "p1", "", "p1 admitted to ICU-2", "", ""), entry.Entry);
    }

    [Fact]
    public void Make_Discharged_SaysFromWhere() => Assert.Equal(["p1 discharged from ICU-2"], WordsOf(Census(Bed("ICU-2", "p1")), Census(Bed("ICU-2"))));

    [Fact]
    public void Make_MovedToAnotherWard_ConcernsBoth()
    {
        var entry = Assert.Single(Make(Census(Bed("ICU-1", "p1"), Bed("W-3", ward: "Ward 3")), Census(Bed("ICU-1"), Bed("W-3", "p1", ward: "Ward 3"))));
        Assert.Equal(("p1 moved from ICU-1 in ICU to W-3 in Ward 3", "Ward 3", "ICU"), (entry.Entry.Words, entry.Entry.Ward, entry.FromWard));
        Assert.Equal(["p1 moved from ICU-1 to ICU-2"], WordsOf(Census(Bed("ICU-1", "p1"), Bed("ICU-2")), Census(Bed("ICU-1"), Bed("ICU-2", "p1"))));
    }

    [Fact]
    public void Make_TwoChangePlaces_TellsOfBoth() => Assert.Equal(
        ["p1 moved from A to B", "p2 moved from B to A"],
        [.. WordsOf(Census(Bed("A", "p1"), Bed("B", "p2")), Census(Bed("A", "p2"), Bed("B", "p1"))).Order()]);

    [Fact]
    public void Make_Devices_TellsWhichStandElsewhere()
    {
        Assert.Equal(["m1 moved from A to B"], WordsOf(Census(Bed("A", devices: "m1"), Bed("B")), Census(Bed("A"), Bed("B", devices: "m1"))));
        Assert.Equal(["m1 stands at A now"], WordsOf(Census(Bed("A")), Census(Bed("A", devices: "m1"))));
        Assert.Equal(["m1 stands at A no longer"], WordsOf(Census(Bed("A", devices: "m1")), Census(Bed("A"))));

        // With a bed that is new, or gone, its devices are no news.
        Assert.Equal(["p1 admitted to A"], WordsOf(WardCensus.Empty, Census(Bed("A", "p1", devices: "m1"))));
        Assert.Equal(["p1 discharged from A"], WordsOf(Census(Bed("A", "p1", devices: "m1")), WardCensus.Empty));
    }

    [Fact]
    public void Make_TagsAndMonitored_TellsWhatCountsNow()
    {
        var before = Bed("A", "p1");
        Assert.Equal(
            ["p1 has the tags spo2-scale-2 now", "p1 has the monitored signals hr, spo2 now", "p1 counts among adults now"],
            WordsOf(Census(before), Census(before with { Tags = ["spo2-scale-2"], Monitored = ["hr", "spo2"], Population = PopulationWord.Adults })));
        Assert.Equal(["p1 has no tags any more"], WordsOf(Census(before with { Tags = ["x"] }), Census(before)));
    }

    [Fact]
    public void Make_Same_SaysNothing() => Assert.Empty(Make(Census(Bed("A", "p1", devices: "m1")), Census(Bed("A", "p1", devices: "m1"))));

    [Fact]
    public void Make_Note_SaysByWhomAndWhy()
    {
        var note = new CensusNote { Kind = CensusNoteKind.Discharge, At = At(5), By = "AB", Words = "p1 discharged", Reason = "to another hospital" };
        var entry = Assert.Single(CensusEntries.Make(new CensusRecord(Noon, Census(Bed("A"))) { Note = note }, Census(Bed("A", "p1")))).Entry;
        Assert.Equal((Noon, "AB", "p1 discharged from A by AB: to another hospital"), (entry.Time, entry.By, entry.Words));
        Assert.Equal("p1 discharged from A by the census file", WordsOf(note with { Kind = CensusNoteKind.Import, By = "", Reason = "" }));
    }

    [Fact]
    public void Make_Undone_IsToldWhenItWasUndone()
    {
        var note = new CensusNote { Kind = CensusNoteKind.Undo, At = At(500), By = "AB", Words = "undone: p1 admitted to A", Corrects = 10 };
        var entry = Assert.Single(CensusEntries.Make(new CensusRecord(Noon, Census(Bed("A"))) { Note = note }, Census(Bed("A", "p1")))).Entry;
        Assert.Equal((At(500), "p1 discharged from A by AB: undone: p1 admitted to A"), (entry.Time, entry.Words));
    }

    [Fact]
    public void Make_FileDropped_IsToldThoughNobodyMoved()
    {
        var note = new CensusNote { Kind = CensusNoteKind.Keep, At = At(5), By = "AB", Words = "the census file was dropped; what was done at the board stays" };
        var entry = Assert.Single(CensusEntries.Make(new CensusRecord(Noon, Census(Bed("A"))) { Note = note }, Census(Bed("A")))).Entry;
        Assert.Equal(("", "the census file was dropped; what was done at the board stays by AB"), (entry.Ward, entry.Words));
    }

    private static string WordsOf(CensusNote note) =>
        Assert.Single(CensusEntries.Make(new CensusRecord(Noon, Census(Bed("A"))) { Note = note }, Census(Bed("A", "p1")))).Entry.Words;

    private static IReadOnlyList<ArchiveEntry> Make(WardCensus before, WardCensus now) => CensusEntries.Make(new CensusRecord(Noon, now), before);

    private static string[] WordsOf(WardCensus before, WardCensus now) => [.. Make(before, now).Select(entry => entry.Entry.Words)];
}
