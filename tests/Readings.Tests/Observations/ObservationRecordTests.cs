using System.Text;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Readings.Tests.Observations;

public class ObservationRecordTests
{
    private static readonly Observation First = new("o-1", "p1", new Instant(1_700_000_000_000), "nurse-1", [new("temp", 37.2), new("avpu", 'A')], "after the bath \"hot\"")
    {
        Recorded = new Instant(1_700_000_060_000),
    };

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var record = new ObservationRecord(
            First with { Revision = 2, Retracted = "wrong patient" },
            "ICU",
            "ICU-1",
            new ObservationVersion(new Instant(5), "unassigned", "", [new("hr", 72)]) { Dropped = ["rr"] })
        { Dropped = ["hr", "rr"] };

        var read = ObservationRecord.Read(record.Write());

        Assert.Equivalent(record, read, strict: true);
        Assert.Equal(record.Write(), read.Write());
    }

    [Fact]
    public void Write_Always_IsFormat1AsDocumented() =>
        Assert.Equal(
            """{"format":1,"id":"o-1","revision":1,"patient":"p1","ward":"ICU","bed":"ICU-1","taken":1700000000000,"recorded":1700000060000,"by":"nurse-1","values":{"temp":37.2,"avpu":65},"note":"after the bath \u0022hot\u0022"}""",
            Encoding.UTF8.GetString(new ObservationRecord(First, "ICU", "ICU-1", Before: null).Write()));

    [Theory]
    [InlineData("", "JSON is wrong")]
    [InlineData("null", "'format' is missing")]
    [InlineData("""{"format":2}""", "format 2; this version reads format 1")]
    [InlineData("""{"format":1,"patient":"secret"}""", "'id' is missing")]
    [InlineData("""{"format":1,"id":"o","patient":"secret","taken":1,"by":"b","values":{"hr":"secret"}}""", "JSON is wrong")]
    [InlineData("""{"format":1,"id":"o","patient":"secret","taken":1,"by":"b"}""", "'values' is missing")]
    [InlineData("""{"format":1,"id":"o","revision":1,"recorded":2,"ward":"w","patient":"secret","taken":1,"by":"b","values":{},"before":{}}""", "'before.taken' is missing")]
    public void Read_WhatIsNoObservation_SaysWhatIsWrong(string body, string expected)
    {
        var failure = Assert.Throws<InvalidDataException>(() => ObservationRecord.Read(Encoding.UTF8.GetBytes(body)));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MembersOfALaterVersion_ArePassedOver()
    {
        var body = """{"format":1,"id":"o","revision":1,"recorded":2,"ward":"w","patient":"p","taken":1,"by":"b","values":{"hr":70},"device":"x"}"""u8;

        Assert.Equal(new ObservedValue("hr", 70), Assert.Single(ObservationRecord.Read(body).Observation.Values));
    }
}
