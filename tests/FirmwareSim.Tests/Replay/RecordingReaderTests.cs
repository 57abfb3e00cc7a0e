using IoTGateway.FirmwareSim.Replay;
using IoTGateway.Tests.Support;

namespace IoTGateway.FirmwareSim.Tests.Replay;

public class RecordingReaderTests
{
    [Fact]
    public void Read_RowsOfOneTimeAndPatient_AreOneReading()
    {
        var recording = Read(
            "0.000,a,heart_rate,104",
            "0.000,a,spo2,93",
            "0.000,b,heart_rate,60",
            "1.024,a,heart_rate,105");
        Assert.Equal(["a", "b"], recording.Patients.Select(patient => patient.Patient));
        var readings = recording.Patients[0].Readings;
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromMilliseconds(1024)], readings.Select(reading => reading.Time));
        Assert.Equal([new RecordedValue("heart_rate", "104"), new RecordedValue("spo2", "93")], readings[0].Values);
        Assert.Equal((4, 3), (recording.Samples, recording.Readings));
    }

    [Fact]
    public void Read_RowsInAnyOrder_AreSortedByTime()
    {
        var recording = Read("60,a,hr,1", "0,a,hr,2", "60,a,spo2,3", "30,b,hr,4");
        Assert.Equal([0.0, 60.0], recording.Patients[0].Readings.Select(reading => reading.Time.TotalSeconds));
        Assert.Equal(2, recording.Patients[0].Readings[1].Values.Count);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(60)), (recording.First, recording.Last));
    }

    [Theory]
    [InlineData("98.60")]
    [InlineData("0.0")]
    [InlineData("-5")]
    [InlineData("1e3")]
    [InlineData("123456789012345678901234567890.123456789")]
    public void Read_Number_KeepsItsTextAsWritten(string number) =>
        Assert.Equal(number, Read($"0,a,x,{number}").Patients[0].Readings[0].Values[0].Text);

    [Fact]
    public void Read_EmptyValue_IsNoValue() => Assert.Null(Read("0,a,spo2,").Patients[0].Readings[0].Values[0].Text);

    [Theory]
    [InlineData("0,a,hr", "expected 4 fields")]
    [InlineData("0,a,hr,1,2", "expected 4 fields")]
    [InlineData("x,a,hr,1", "time_s 'x'")]
    [InlineData("-1,a,hr,1", "time_s '-1'")]
    [InlineData("1e9,a,hr,1", "time_s")]
    [InlineData("99999999999,a,hr,1", "time_s")]
    [InlineData("0,,hr,1", "patient")]
    [InlineData("0,a/b,hr,1", "patient")]
    [InlineData("0,a#,hr,1", "patient")]
    [InlineData("0,a,,1", "metric")]
    [InlineData("0,a,ts,1", "metric 'ts'")]
    [InlineData("0,a,h r,1", "metric 'h r'")]
    [InlineData("0,a,hr,abc", "value is not a number")]
    [InlineData("0,a,hr,NaN", "value is not a number")]
    [InlineData("0,a,hr,.5", "value is not a number")]
    [InlineData("0,a,hr,05", "value is not a number")]
    [InlineData("0,a,hr,+5", "value is not a number")]
    [InlineData("7,a,spo2,2", "a second spo2")]
    public void Read_BadRow_NamesFileAndLine(string row, string fault)
    {
        var error = Assert.Throws<RecordingFormatException>(() => Read("7,a,spo2,1", "", row));
        Assert.StartsWith("ward.csv, line 4: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("time,patient,metric,value\n0,a,hr,1")]
    public void Read_WrongHeader_SaysWhatIsExpected(string text)
    {
        var error = Assert.Throws<RecordingFormatException>(() => RecordingReader.Read(new StringReader(text), "ward.csv"));
        Assert.Equal("ward.csv, line 1: expected the header 'time_s,patient,metric,value'.", error.Message);
    }

    [Fact]
    public void Read_HeaderOnly_IsAnError() => Assert.Throws<RecordingFormatException>(() => Read());

    [Theory]
    [InlineData("mimic_1p024s_hour.csv", 1, 3516, 14064)]
    [InlineData("mimic2_s00001_1min.csv", 1, 1936, 14008)]
    [InlineData("challenge2012_48h.csv", 60, 3435, 17516)]
    public void ReadFile_Recordings_GiveTheCountsOfTheirFiles(string file, int patients, long readings, long samples)
    {
        var recording = RecordingReader.ReadFile(Repository.PathOf($"tests/data/vitals/{file}"));
        Assert.Equal((patients, readings, samples), (recording.Patients.Count, recording.Readings, recording.Samples));
    }

    private static Recording Read(params string[] rows) =>
        RecordingReader.Read(new StringReader(string.Join('\n', rows.Prepend(RecordingReader.Header))), "ward.csv");
}
