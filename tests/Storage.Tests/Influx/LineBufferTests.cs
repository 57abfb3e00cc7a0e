using System.Text;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.Influx;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.Influx;

public sealed class LineBufferTests : IDisposable
{
    private readonly LineBuffer _lines = new("vitals");

    public void Dispose() => _lines.Dispose();

    [Fact]
    public void Add_Row_HasSortedTagsFieldsAndMilliseconds()
    {
        Add(Row(new Instant(1_700_000_000_512), Valid(HeartRate, 72), Valid(Temperature, 36.8)));
        Assert.Equal("vitals,bed=ICU-1,device=m1,patient=p1,ward=ICU hr=72,temp=36.8 1700000000512\n", Text());
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("ICU bed 1", @"ICU\ bed\ 1")]
    [InlineData("a,b", @"a\,b")]
    [InlineData("a=b", @"a\=b")]
    [InlineData(@"a\b", @"a\b")]
    [InlineData(@"ends\", "ends")]
    [InlineData(@"ends\\", "ends")]
    [InlineData("two\nlines\r", @"two\nlines\r")]
    [InlineData("tab\t", @"tab\t")]
    [InlineData("\"quoted\"", "\"quoted\"")]
    [InlineData("Zürich 🏥", @"Zürich\ 🏥")]
    [InlineData(" ,=", @"\ \,\=")]
    public void Add_TagValue_IsEscaped(string value, string expected)
    {
        Add(new RowBatch().And(value, new Assignment("p", "w", ""), new Instant(1), Valid(HeartRate, 1)));
        Assert.Equal($"vitals,device={expected},patient=p,ward=w hr=1 1\n", Text());
    }

    [Fact]
    public void Add_HalfASurrogatePair_IsStillUtf8()
    {
        Add(new RowBatch().And("half \ud83c", new Assignment("p", "w", ""), new Instant(1), Valid(HeartRate, 1)));
        Assert.Equal("vitals,device=half\\ \ufffd,patient=p,ward=w hr=1 1\n", Text());
    }

    [Fact]
    public void Add_EmptyTags_AreLeftOut()
    {
        Add(new RowBatch().And("m1", new Assignment("m1", "unassigned", ""), new Instant(1), Valid(HeartRate, 1)));
        Assert.Equal("vitals,device=m1,patient=m1,ward=unassigned hr=1 1\n", Text());
    }

    [Fact]
    public void Add_Measurement_IsEscaped()
    {
        using var lines = new LineBuffer("my vitals,here=x");
        var rows = Row(new Instant(1), Valid(HeartRate, 1));
        lines.Add(0, rows.Rows[0], rows.ValuesOf(rows.Rows[0]));
        Assert.StartsWith(@"my\ vitals\,here=x,bed=", Encoding.UTF8.GetString(lines.Lines(0, 1).Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_QualitiesLettersAndSwitches_AreFields()
    {
        Add(Row(new Instant(1), Questionable(HeartRate, 290), NoValue(Saturation, -100), NoValue(Respiration), Valid(Consciousness, 'V'), Valid(Oxygen, 1)));
        Assert.EndsWith(" hr=290,spo2=-100,avpu=\"V\",o2=1,quality=\"hr=questionable spo2=no-value rr=no-value\" 1\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_LetterThatNeedsEscaping_IsEscaped()
    {
        Add(Row(new Instant(1), Valid(Consciousness, '"')));
        Add(Row(new Instant(2), Valid(Consciousness, '\\')));
        Assert.Contains(" avpu=\"\\\"\" 1\n", Text(), StringComparison.Ordinal);
        Assert.Contains(" avpu=\"\\\\\" 2\n", Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(1e21, "1E+21")]
    [InlineData(double.Epsilon, "5E-324")]
    [InlineData(123456789.123, "123456789.123")]
    public void Add_Number_IsWrittenInvariantAndExact(double value, string expected)
    {
        Add(Row(new Instant(-5), Valid(HeartRate, value)));
        Assert.EndsWith($" hr={expected} -5\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OnlyAMark_IsALine()
    {
        Add(Row(new Instant(1), NoValue(HeartRate)));
        Assert.EndsWith(",ward=ICU quality=\"hr=no-value\" 1\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_NothingToSay_GivesNoLine()
    {
        Add(Row(new Instant(1), Valid(HeartRate, double.NaN), Valid(Saturation, double.PositiveInfinity)));
        Assert.Equal(0, _lines.LineCount);
        Assert.Equal(0, _lines.SizeBytes);
    }

    [Fact]
    public void Lines_APart_IsJustThose()
    {
        var rows = new RowBatch();
        for (var number = 0; number < 5_000; number++)
        {
            rows.And("m1", new Instant(number), number == 1 ? Valid(HeartRate, double.NaN) : Valid(HeartRate, number));
        }

        Add(rows);
        Assert.Equal(4_999, _lines.LineCount);
        Assert.Equal(
            ["vitals,bed=ICU-1,device=m1,patient=p1,ward=ICU hr=4998 4998", "vitals,bed=ICU-1,device=m1,patient=p1,ward=ICU hr=4999 4999", ""],
            Encoding.UTF8.GetString(_lines.Lines(4_997, 2).Span).Split('\n'));
        Assert.Equal(4_998, _lines.RowOf(4_997));
        Assert.Equal(_lines.SizeBytes, _lines.Lines(0, 4_999).Length);

        _lines.Clear();
        Assert.Equal((0, 0), (_lines.LineCount, _lines.SizeBytes));
    }

    private void Add(RowBatch rows)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            _lines.Add(index, rows.Rows[index], rows.ValuesOf(rows.Rows[index]));
        }
    }

    private string Text() => Encoding.UTF8.GetString(_lines.Lines(0, _lines.LineCount).Span);
}
