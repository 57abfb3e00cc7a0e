using System.Text;
using IoTGateway.Readings.Census;
using static IoTGateway.Readings.Tests.Census.TestWard;

namespace IoTGateway.Readings.Tests.Census;

public class CensusRecordTests
{
    private static readonly WardCensus Full = new(
    [
        new Bed("ICU-1", "ICU", "p1", ["monitor-1", "pump-1"], ["spo2-scale-2"], ["hr", "spo2"]),
        new Bed("ICU-2", "ICU", null, [], [], []),
        new Bed("Bett \"4\"", "Süd", "Ω-7", ["m\u00e4-9"], [], ["hr"]),
    ]);

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var record = new CensusRecord(At(0), Full);

        Assert.Equal(record, CensusRecord.Read(record.Write()));
    }

    [Fact]
    public void Read_AnEmptyCensus_IsTheSame()
    {
        var record = new CensusRecord(new Instant(-1), WardCensus.Empty);

        Assert.Equal(record, CensusRecord.Read(record.Write()));
    }

    [Fact]
    public void Read_ARecordWithANote_IsTheSame()
    {
        foreach (var kind in Enum.GetValues<CensusNoteKind>())
        {
            var record = new CensusRecord(At(0), Full)
            {
                Note = new CensusNote { Kind = kind, At = At(9), By = "nurse-1", Words = "p1 moved", Reason = "wrong \"bed\"", Corrects = 4_711, File = "9f86", Request = "c-1" },
            };

            Assert.Equal(record, CensusRecord.Read(record.Write()));
        }
    }

    [Fact]
    public void Write_ANote_StandsBeforeTheBeds() => Assert.Equal(
        """{"format":1,"from":1700000000000,"at":1700000009000,"kind":"transfer","by":"nurse-1","words":"p1 moved","beds":[]}""",
        Encoding.UTF8.GetString(new CensusRecord(At(0), WardCensus.Empty) { Note = new CensusNote { Kind = CensusNoteKind.Transfer, At = At(9), By = "nurse-1", Words = "p1 moved" } }.Write()));

    [Fact]
    public void Read_AKindOfALaterVersion_IsUnknown() =>
        Assert.Equal(CensusNoteKind.Unknown, CensusRecord.Read("""{"format":1,"from":5,"at":6,"kind":"teleport","by":"x","beds":[]}"""u8).Note!.Kind);

    [Fact]
    public void Read_ARecordFromBeforeNotes_HasNone() => Assert.Null(CensusRecord.Read("""{"format":1,"from":5,"beds":[]}"""u8).Note);

    [Fact]
    public void Write_Always_IsFormat1AsDocumented()
    {
        var record = new CensusRecord(At(0), CensusOf(Bed("ICU-1", "p1", "m1"), Bed("ICU-2", null)));

        Assert.Equal(
            """{"format":1,"from":1700000000000,"beds":[{"bed":"ICU-1","ward":"ICU","patient":"p1","devices":["m1"],"tags":[],"monitored":[]},"""
            + """{"bed":"ICU-2","ward":"ICU","devices":[],"tags":[],"monitored":[]}]}""",
            Encoding.UTF8.GetString(record.Write()));
    }

    [Theory]
    [InlineData("", "JSON is wrong")]
    [InlineData("[]", "JSON is wrong")]
    [InlineData("null", "no format number")]
    [InlineData("{}", "no format number")]
    [InlineData("""{"format":2,"from":"another form"}""", "format 2; this version reads format 1")]
    [InlineData("""{"format":1,"beds":[]}""", "'from' is missing")]
    [InlineData("""{"format":1,"from":5}""", "'beds' is missing")]
    [InlineData("""{"format":1,"from":5,"beds":[null]}""", "'beds[]' is missing")]
    [InlineData("""{"format":1,"from":5,"beds":[{"ward":"ICU","devices":[],"tags":[],"monitored":[]}]}""", "'bed' is missing")]
    [InlineData("""{"format":1,"from":5,"beds":[{"bed":"1","devices":[],"tags":[],"monitored":[]}]}""", "'ward' is missing")]
    [InlineData("""{"format":1,"from":5,"beds":[{"bed":"1","ward":"ICU","devices":[null],"tags":[],"monitored":[]}]}""", "'devices' is missing")]
    [InlineData("""{"format":1,"from":5,"beds":[{"bed":"1","ward":"ICU","devices":[],"monitored":[]}]}""", "'tags' is missing")]
    [InlineData("""{"format":1,"from":5,"beds":"secret"}""", "JSON is wrong")]
    [InlineData("""{"format":1,"from":5,"beds":[]""", "JSON is wrong")]
    public void Read_WhatIsNoCensus_SaysWhatIsWrong(string body, string expected)
    {
        var failure = Assert.Throws<InvalidDataException>(() => CensusRecord.Read(Encoding.UTF8.GetBytes(body)));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ACensusThatContradictsItself_SaysSo()
    {
        var body = """
            {"format":1,"from":5,"beds":[{"bed":"1","ward":"ICU","patient":"p1","devices":[],"tags":[],"monitored":[]},
            {"bed":"1","ward":"ICU","devices":[],"tags":[],"monitored":[]}]}
            """u8;
        var bytes = body.ToArray();

        var failure = Assert.Throws<InvalidDataException>(() => CensusRecord.Read(bytes));

        Assert.Contains("The bed '1' stands twice", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MembersOfALaterVersion_ArePassedOver()
    {
        var body = """{"format":1,"later":{"x":[1]},"from":5,"beds":[{"bed":"1","ward":"ICU","devices":[],"tags":[],"monitored":[],"room":"4"}]}"""u8;

        Assert.Equal("1", CensusRecord.Read(body).Census.Beds[0].Id);
    }
}
