using System.Globalization;
using System.Text;
using IoTGateway.Readings.Decoding;

namespace IoTGateway.Readings.Tests.Decoding;

/// <summary>The forms a payload may have: one reading, values apart, batches, and what stands around the signals.</summary>
public class FlatJsonFormTests
{
    [Fact]
    public void Decode_AFlatReading_GivesItsValuesAndTimes()
    {
        var batch = Decoded.Of("""{"ts":1699999999512,"seq":7,"hr":72,"spo2":97}""");

        var reading = batch[0];
        Assert.Equal(1, batch.Count);
        Assert.Equal("hr=72 spo2=97", Decoded.Show(reading));
        Assert.Equal(new Instant(1_699_999_999_512), reading.DeviceTime);
        Assert.Equal(new Instant(1_699_999_999_512), reading.CorrectedTime);
        Assert.Equal(Decoded.Received, reading.ReceivedTime);
        Assert.Equal(7, reading.Sequence);
        Assert.False(reading.ReportsAlarms);
        Assert.Equal(0, batch.UnknownMembers);
    }

    [Theory]
    [InlineData("""{"ts":1699999999512,"values":{"hr":72,"spo2":97}}""")]
    [InlineData("""{"values":{"hr":72,"spo2":97},"ts":1699999999512}""")]
    [InlineData("""{"ts":1699999999512,"hr":72,"values":{"spo2":97}}""")]
    [InlineData("""{"ts":1699999999512,"values":{"hr":72},"values":{"spo2":97}}""")]
    [InlineData("""{"TS":1699999999512,"Values":{"HR":72,"SpO2":97}}""")]
    [InlineData("""{"\u0074s":1699999999512,"h\u0072":72,"sp\u006f2":97}""")]
    [InlineData("""[{"ts":1699999999512,"values":{"hr":72,"spo2":97}}]""")]
    [InlineData(" \r\n\t{ \"ts\" : 1699999999512 , \"heart_rate\" : 72 , \"spo2\" : 97 } \n")]
    public void Decode_OneReadingInAnyForm_GivesTheSame(string payload)
    {
        var batch = Decoded.Of(payload);

        Assert.Equal("hr=72 spo2=97", Decoded.Show(batch[0]));
        Assert.Equal(new Instant(1_699_999_999_512), batch[0].DeviceTime);
        Assert.Equal(0, batch.UnknownMembers);
    }

    [Fact]
    public void Decode_ABatchOfMixedForms_GivesAReadingEachInOrder()
    {
        var batch = Decoded.Of("""[{"ts":1699999990000,"hr":70},{"ts":1699999991000,"values":{"hr":71}},{"hr":72},{"ts":1699999992000,"seq":3,"hr":73}]""");

        Assert.Equal(4, batch.Count);
        Assert.Equal(["hr=70", "hr=71", "hr=72", "hr=73"], Enumerable.Range(0, 4).Select(index => Decoded.Show(batch[index])));
        Assert.Equal(
            [new Instant(1_699_999_990_000), new Instant(1_699_999_991_000), Decoded.Received, new Instant(1_699_999_992_000)],
            Enumerable.Range(0, 4).Select(index => batch[index].CorrectedTime));
        Assert.Null(batch[2].DeviceTime);
        Assert.Equal([null, null, null, 3L], Enumerable.Range(0, 4).Select(index => batch[index].Sequence));
    }

    [Fact]
    public void Decode_ABatchWithUselessReadings_KeepsTheGoodOnesAndCountsTheOthers()
    {
        var batch = Decoded.Of("""[{"hr":70},{"ts":"2026-11-22T20:40:00","hr":71},5,[{"hr":1}],{"colour":"red"},null,{"hr":72}]""");

        Assert.Equal(2, batch.Count);
        Assert.Equal("hr=70", Decoded.Show(batch[0]));
        Assert.Equal("hr=72", Decoded.Show(batch[1]));
        Assert.Equal(5, batch.RejectedReadings);
        Assert.Contains("no offset", batch.FirstRejection, StringComparison.Ordinal);
        Assert.Contains("byte 17", batch.FirstRejection, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_UnknownMembers_IgnoresAndCountsThem()
    {
        var batch = Decoded.Of("""{"hr":72,"patient":"p1","Patient":{"id":4},"colour":"red","wave":[1,[2],{"hr":3}],"x":{"hr":9},"values":{"ts":4,"seq":5,"values":6}}""");

        Assert.Equal("hr=72", Decoded.Show(batch[0]));
        Assert.Null(batch[0].DeviceTime);
        Assert.Null(batch[0].Sequence);
        Assert.Equal(6, batch.UnknownMembers);
    }

    [Fact]
    public void Decode_TwiceWithOneDecoder_ForgetsTheFirst()
    {
        var decoder = new ReadingDecoder(TestSignals.Catalogue);
        var batch = new ReadingBatch();
        Assert.Null(decoder.Decode("""[{"hr":72,"x":1,"alarms":["asystole"]},{"hr":73},{}]"""u8, "", Decoded.Received, TimeSpan.Zero, batch));

        Assert.Null(decoder.Decode("""{"spo2":97}"""u8, "", Decoded.Received, TimeSpan.Zero, batch));

        Assert.Equal(1, batch.Count);
        Assert.Equal("spo2=97", Decoded.Show(batch[0]));
        Assert.Empty(batch[0].DeviceAlarms);
        Assert.Equal(0, batch.UnknownMembers);
        Assert.Equal(0, batch.RejectedReadings);

        Assert.NotNull(decoder.Decode("{"u8, "", Decoded.Received, TimeSpan.Zero, batch));
        Assert.Equal(0, batch.Count);
    }

    [Theory]
    [InlineData("7", 7L)]
    [InlineData("0", 0L)]
    [InlineData("-1", -1L)]
    [InlineData("9223372036854775807", 9223372036854775807L)]
    [InlineData("\"7\"", 7L)]
    [InlineData("null", null)]
    [InlineData("7.5", null)]
    [InlineData("9223372036854775808", null)]
    [InlineData("\"seven\"", null)]
    [InlineData("[7]", null)]
    public void Decode_ASequenceNumber_IsTakenWhereItIsOne(string sequence, long? expected) =>
        Assert.Equal(expected, Decoded.Of($$"""{"seq":{{sequence}},"hr":72}""")[0].Sequence);

    [Fact]
    public void Decode_AByteOrderMarkAndZeroBytes_AreNotPartOfTheText()
    {
        Assert.Equal("hr=72", Decoded.ValuesOf("\uFEFF{\"hr\":72}"));
        Assert.Equal("hr=72", Decoded.ValuesOf("{\"hr\":72}\0"));
        Assert.Equal("hr=72", Decoded.ValuesOf("{\"hr\":72}\n\0\0\0"));
    }

    [Fact]
    public void Decode_AsManyReadingsAsAllowed_GivesAll()
    {
        var batch = Decoded.Of(BatchOf(ReadingDecoder.ReadingsAtMost));

        Assert.Equal(ReadingDecoder.ReadingsAtMost, batch.Count);
        Assert.Equal("hr=72", Decoded.Show(batch[ReadingDecoder.ReadingsAtMost - 1]));
    }

    [Fact]
    public void Decode_OneReadingMoreThanAllowed_IsRefusedAsAWhole()
    {
        var reason = Decoded.ReasonOf(BatchOf(ReadingDecoder.ReadingsAtMost + 1));

        Assert.StartsWith("The payload holds more than 10000 readings", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"hr":72,"alarms":["leads off","asystole"]}""", "leads off|asystole")]
    [InlineData("""{"alarms":["apnoea"]}""", "apnoea")]
    [InlineData("""{"values":{"alarms":["apnoea"]}}""", "apnoea")]
    [InlineData("""{"alarms":"apnoea"}""", "apnoea")]
    [InlineData("""{"alarms":["apnoea","apnoea"," apnoea "]}""", "apnoea")]
    [InlineData("""{"alarms":["a\u0070noea","caf\u00e9"]}""", "apnoea|café")]
    [InlineData("""{"alarms":[196648]}""", "196648")]
    [InlineData("""{"alarms":["line\nbreak"]}""", "line break")]
    [InlineData("""{"alarms":["","  ",null]}""", "")]
    [InlineData("""{"alarms":[]}""", "")]
    [InlineData("""{"alarms":[{"text":"asystole"},true,["x"],"\uD800"]}""", "unreadable alarm")]
    public void Decode_DeviceAlarms_ArePassedOn(string payload, string expected)
    {
        var reading = Decoded.Of(payload)[0];

        Assert.True(reading.ReportsAlarms);
        Assert.Equal(expected, string.Join('|', reading.DeviceAlarms));
    }

    [Theory]
    [InlineData("""{"hr":72,"alarms":null}""", 0)]
    [InlineData("""{"hr":72,"alarms":{"asystole":true}}""", 1)]
    [InlineData("""{"hr":72,"alarms":false}""", 1)]
    public void Decode_AlarmsThatSayNothing_DoNotSayThatNoneIsOn(string payload, int unknownMembers)
    {
        var batch = Decoded.Of(payload);

        Assert.False(batch[0].ReportsAlarms);
        Assert.Equal(unknownMembers, batch.UnknownMembers);
    }

    [Fact]
    public void Decode_LongOrManyAlarms_AreBounded()
    {
        var names = Enumerable.Range(0, FlatJsonDecoder.AlarmsAtMost + 5).Select(index => "\"alarm " + index.ToString(CultureInfo.InvariantCulture) + "\"");
        var many = Decoded.Of($$"""{"alarms":[{{string.Join(',', names)}}]}""");
        Assert.Equal(FlatJsonDecoder.AlarmsAtMost, many[0].DeviceAlarms.Count);
        Assert.Equal(5, many.UnknownMembers);

        var lengths = new[] { 100, 101, 600, 5000 };
        var long1 = Decoded.Of($$"""{"alarms":[{{string.Join(',', lengths.Select(length => "\"" + new string((char)('a' + (length % 26)), length) + "\""))}}]}""");
        Assert.All(long1[0].DeviceAlarms, alarm => Assert.Equal(AlarmTexts.LongestText, alarm.Length));
        Assert.Equal(lengths.Length, long1[0].DeviceAlarms.Count);

        // The hundredth place falls between the two halves of one character.
        var cut = Decoded.Of($$"""{"alarms":["{{new string('a', 99)}}😀"]}""");
        Assert.Equal(new string('a', 99), Assert.Single(cut[0].DeviceAlarms));
    }

    private static string BatchOf(int readings)
    {
        var payload = new StringBuilder("[");
        for (var index = 0; index < readings; index++)
        {
            payload.Append(index == 0 ? "" : ",").Append("{\"hr\":72}");
        }

        return payload.Append(']').ToString();
    }
}
