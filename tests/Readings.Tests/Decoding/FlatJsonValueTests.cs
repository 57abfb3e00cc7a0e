namespace IoTGateway.Readings.Tests.Decoding;

/// <summary>How the value of a signal may be written, and what its quality is.</summary>
public class FlatJsonValueTests
{
    [Theory]
    [InlineData("72", "hr=72")]
    [InlineData("72.0", "hr=72")]
    [InlineData("7.2e1", "hr=72")]
    [InlineData("\"72\"", "hr=72")]
    [InlineData("\" 72.5 \"", "hr=72.5")]
    [InlineData("\"7\\u0032\"", "hr=72")]
    [InlineData("null", "hr=!")]
    [InlineData("\"\"", "hr=!")]
    [InlineData("\"---\"", "hr=!")]
    [InlineData("\"NaN\"", "hr=!")]
    [InlineData("\"null\"", "hr=!")]
    [InlineData("\"n/a\"", "hr=!")]
    [InlineData("-100", "hr=!-100")]
    [InlineData("-999", "hr=!-999")]
    [InlineData("-999.0", "hr=!-999")]
    [InlineData("8388607", "hr=!8388607")]
    [InlineData("0", "hr=!0")]
    [InlineData("-0", "hr=!-0")]
    [InlineData("-5", "hr=!-5")]
    [InlineData("0.5", "hr=?0.5")]
    [InlineData("1", "hr=1")]
    [InlineData("300", "hr=300")]
    [InlineData("300.1", "hr=?300.1")]
    [InlineData("1e300", "hr=?1E+300")]
    [InlineData("123456789012345678901234567890", "hr=?1.2345678901234568E+29")]
    public void Decode_ANumber_IsRatedByTheCatalogue(string value, string expected)
    {
        Assert.Equal(expected, Decoded.ValuesOf($$"""{"hr":{{value}}}"""));
        Assert.Equal(expected, Decoded.ValuesOf("{\"hr\":{\"v\":" + value + "}}"));
    }

    [Theory]
    [InlineData("rr", "0", "rr=?0")]
    [InlineData("rr", "-100", "rr=!-100")]
    [InlineData("temp", "36.6", "temp=36.6")]
    [InlineData("temp", "101.3", "temp=?101.3")]
    [InlineData("temp", "-5", "temp=?-5")]
    [InlineData("art_systolic_bp", "-5", "art_sbp=!-5")]
    [InlineData("battery", "0", "battery=0")]
    [InlineData("clock_offset", "-100", "clock_offset=-100")]
    [InlineData("clock_offset", "8388607", "clock_offset=8388607")]
    [InlineData("battery", "-100", "battery=!-100")]
    public void Decode_ANumberOfAnotherSignal_IsRatedByThatSignal(string name, string value, string expected) =>
        Assert.Equal(expected, Decoded.ValuesOf($$"""{"{{name}}":{{value}}}"""));

    [Theory]
    [InlineData("{\"v\":72}", "hr=72")]
    [InlineData("{\"v\":72,\"q\":\"valid\"}", "hr=72")]
    [InlineData("{\"v\":72,\"q\":\"Vldated\"}", "hr=72")]
    [InlineData("{\"v\":72,\"q\":null}", "hr=72")]
    [InlineData("{\"v\":72,\"q\":\"questionable\"}", "hr=?72")]
    [InlineData("{\"q\":\"QUESTIONABLE\",\"v\":72}", "hr=?72")]
    [InlineData("{\"v\":72,\"q\":\"Qst\"}", "hr=?72")]
    [InlineData("{\"v\":72,\"q\":\"Ong\"}", "hr=?72")]
    [InlineData("{\"v\":72,\"q\":\"whatever\"}", "hr=?72")]
    [InlineData("{\"v\":72,\"q\":192}", "hr=?72")]
    [InlineData("{\"v\":72,\"q\":[\"x\"]}", "hr=?72")]
    [InlineData("{\"v\":72,\"q\":\"\\uD800\"}", "hr=?72")]
    [InlineData("{\"v\":72,\"q\":\"invalid\"}", "hr=!72")]
    [InlineData("{\"v\":72,\"q\":\"Inv\"}", "hr=!72")]
    [InlineData("{\"v\":72,\"q\":\"Calib\"}", "hr=!72")]
    [InlineData("{\"v\":72,\"q\":\"NA\"}", "hr=!72")]
    [InlineData("{\"v\":999,\"q\":\"valid\"}", "hr=?999")]
    [InlineData("{\"v\":-100,\"q\":\"valid\"}", "hr=!-100")]
    [InlineData("{\"q\":\"invalid\"}", "hr=!")]
    [InlineData("{\"v\":null,\"q\":\"questionable\"}", "hr=!")]
    public void Decode_ARatedValue_IsAtBestAsGoodAsTheDeviceSays(string value, string expected) =>
        Assert.Equal(expected, Decoded.ValuesOf($$"""{"hr":{{value}}}"""));

    [Fact]
    public void Decode_MembersOfARatedValueThatNobodyKnows_AreCounted()
    {
        var batch = Decoded.Of("""{"hr":{"v":72,"unit":"/min","more":{"v":1}}}""");

        Assert.Equal("hr=72", Decoded.Show(batch[0]));
        Assert.Equal(2, batch.UnknownMembers);
    }

    [Theory]
    [InlineData("\"A\"", "avpu=65")]
    [InlineData("\"c\"", "avpu=67")]
    [InlineData("\" v \"", "avpu=86")]
    [InlineData("{\"v\":\"U\",\"q\":\"questionable\"}", "avpu=?85")]
    [InlineData("{\"v\":\"U\",\"q\":\"invalid\"}", "avpu=!85")]
    [InlineData("null", "avpu=!")]
    [InlineData("\"-\"", "avpu=!")]
    public void Decode_ALetter_IsItsCharacterCode(string value, string expected) =>
        Assert.Equal(expected, Decoded.ValuesOf($$"""{"avpu":{{value}}}"""));

    [Theory]
    [InlineData("true", "o2=1")]
    [InlineData("false", "o2=0")]
    [InlineData("\"on\"", "o2=1")]
    [InlineData("\"OFF\"", "o2=0")]
    [InlineData("\"true\"", "o2=1")]
    [InlineData("2", "o2=1")]
    [InlineData("0.5", "o2=1")]
    [InlineData("\"15\"", "o2=1")]
    [InlineData("0", "o2=0")]
    [InlineData("0.0", "o2=0")]
    [InlineData("-100", "o2=!")]
    [InlineData("8388607", "o2=!")]
    [InlineData("null", "o2=!")]
    [InlineData("{\"v\":true,\"q\":\"questionable\"}", "o2=?1")]
    public void Decode_ASwitch_IsOneOrZero(string value, string expected) =>
        Assert.Equal(expected, Decoded.ValuesOf($$"""{"o2":{{value}}}"""));

    [Theory]
    [InlineData("hr", "\"fast\"")]
    [InlineData("hr", "\"72 bpm\"")]
    [InlineData("hr", "\"72,5\"")]
    [InlineData("hr", "\"Infinity\"")]
    [InlineData("hr", "\"1e400\"")]
    [InlineData("hr", "\"\\uD800\"")]
    [InlineData("hr", "1e400")]
    [InlineData("hr", "-1e400")]
    [InlineData("hr", "true")]
    [InlineData("hr", "[72]")]
    [InlineData("hr", "{}")]
    [InlineData("hr", "{\"value\":72}")]
    [InlineData("hr", "{\"v\":{\"v\":72}}")]
    [InlineData("hr", "{\"v\":[72]}")]
    [InlineData("avpu", "65")]
    [InlineData("avpu", "\"X\"")]
    [InlineData("avpu", "\"Asleep\"")]
    [InlineData("avpu", "\"Unknown\"")]
    [InlineData("avpu", "true")]
    [InlineData("o2", "\"maybe\"")]
    [InlineData("o2", "[1]")]
    public void Decode_AValueThatCannotBeUnderstood_IsNoValueAndCounted(string name, string value)
    {
        var batch = Decoded.Of($$"""{"spo2":97,"{{name}}":{{value}}}""");

        Assert.Equal($"spo2=97 {name}=!", Decoded.Show(batch[0]));
        Assert.Equal(1, batch.UnreadableValues);

        // Alone it makes no reading: nobody would see that the device speaks in vain.
        var reason = Decoded.ReasonOf($$"""{"{{name}}":{{value}}}""");
        Assert.Contains($"'{name}'", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("72", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"hr":72,"hr":72}""", "hr=72", 0)]
    [InlineData("""{"hr":72,"heart_rate":72.0}""", "hr=72", 0)]
    [InlineData("""{"hr":null,"hr":null}""", "hr=!", 0)]
    [InlineData("""{"hr":72,"spo2":97,"hr":180}""", "hr=?180 spo2=97", 1)]
    [InlineData("""{"hr":72,"heart_rate":180}""", "hr=?180", 1)]
    [InlineData("""{"hr":72,"values":{"hr":180}}""", "hr=?180", 1)]
    [InlineData("""{"hr":72,"hr":null}""", "hr=!", 1)]
    [InlineData("""{"hr":null,"hr":72}""", "hr=?72", 1)]
    [InlineData("""{"hr":72,"hr":180,"hr":72}""", "hr=?72", 2)]
    public void Decode_ASignalTwice_CountsTheLaterAndDoubtsAContradiction(string payload, string expected, int contradictions)
    {
        var batch = Decoded.Of(payload);

        Assert.Equal(expected, Decoded.Show(batch[0]));
        Assert.Equal(contradictions, batch.ContradictingMembers);
    }

    [Fact]
    public void Decode_TheSameSignalInTwoReadings_IsNoContradiction()
    {
        var batch = Decoded.Of("""[{"hr":72},{"hr":180}]""");

        Assert.Equal("hr=180", Decoded.Show(batch[1]));
        Assert.Equal(0, batch.ContradictingMembers);
    }
}
