namespace IoTGateway.Readings.Tests.Decoding;

/// <summary>The member <c>ts</c>.</summary>
public class DeviceTimeTests
{
    [Theory]
    [InlineData("1699999999512", 1_699_999_999_512)]
    [InlineData("1699999999512.9", 1_699_999_999_512)]
    [InlineData("1.699999999512e12", 1_699_999_999_512)]
    [InlineData("\"1699999999512\"", 1_699_999_999_512)]
    [InlineData("100000000000", 100_000_000_000)]
    [InlineData("99999999999", 99_999_999_999_000)]
    [InlineData("1699999999", 1_699_999_999_000)]
    [InlineData("1699999999.512", 1_699_999_999_512)]
    [InlineData("1699999999.001", 1_699_999_999_001)]
    [InlineData("\"1699999999.5\"", 1_699_999_999_500)]
    [InlineData("0", 0)]
    [InlineData("5", 5_000)]
    [InlineData("253402300799999", 253_402_300_799_999)]
    [InlineData("\"2023-11-14T22:13:19.512Z\"", 1_699_999_999_512)]
    [InlineData("\"2023-11-14T22:13:19.5129999Z\"", 1_699_999_999_512)]
    [InlineData("\"2023-11-14t22:13:19.5z\"", 1_699_999_999_500)]
    [InlineData("\"2023-11-14T22:13:19,5Z\"", 1_699_999_999_500)]
    [InlineData("\"2023-11-14 22:13:19Z\"", 1_699_999_999_000)]
    [InlineData("\"2023-11-14T22:13Z\"", 1_699_999_980_000)]
    [InlineData("\"2023-11-14T23:13:19+01:00\"", 1_699_999_999_000)]
    [InlineData("\"2023-11-14T23:13:19+0100\"", 1_699_999_999_000)]
    [InlineData("\"2023-11-14T23:13:19+01\"", 1_699_999_999_000)]
    [InlineData("\"2023-11-14T16:43:19-05:30\"", 1_699_999_999_000)]
    [InlineData("\"2023-11-15T00:13:19+02:00\"", 1_699_999_999_000)]
    [InlineData("\"2023-11-14T22:13:19\\u005a\"", 1_699_999_999_000)]
    [InlineData("\" 2023-11-14T22:13:19Z \"", 1_699_999_999_000)]
    [InlineData("\"2024-02-29T00:00:00Z\"", 1_709_164_800_000)]
    [InlineData("\"2016-12-31T23:59:60Z\"", 1_483_228_800_000)]
    [InlineData("\"1970-01-01T00:00:00Z\"", 0)]
    [InlineData("\"9999-12-31T23:59:59.999Z\"", 253_402_300_799_999)]
    public void Decode_ATime_IsTheDeviceTime(string time, long expectedMilliseconds) =>
        Assert.Equal(new Instant(expectedMilliseconds), Decoded.Of($$"""{"ts":{{time}},"hr":72}""")[0].DeviceTime);

    [Theory]
    [InlineData("\"2023-11-14T22:13:19\"", "no offset")]
    [InlineData("\"2023-11-14T22:13\"", "no offset")]
    [InlineData("\"2023-11-14T22:13:19.512\"", "no offset")]
    [InlineData("\"2023-11-14\"", "no offset")]
    [InlineData("-1", "before 1970")]
    [InlineData("-1699999999512", "before 1970")]
    [InlineData("-1e400", "before 1970")]
    [InlineData("\"1969-12-31T23:59:59Z\"", "before 1970")]
    [InlineData("\"0001-01-01T00:00:00Z\"", "before 1970")]
    [InlineData("1699999999512000", "beyond the year 9999")]
    [InlineData("1699999999512000000", "beyond the year 9999")]
    [InlineData("253402300800000", "beyond the year 9999")]
    [InlineData("1e400", "beyond the year 9999")]
    [InlineData("\"9999-12-31T23:59:59-01:00\"", "beyond the year 9999")]
    [InlineData("\"2023-02-29T00:00:00Z\"", "neither")]
    [InlineData("\"2023-13-01T00:00:00Z\"", "neither")]
    [InlineData("\"2023-00-01T00:00:00Z\"", "neither")]
    [InlineData("\"2023-11-31T00:00:00Z\"", "neither")]
    [InlineData("\"0000-01-01T00:00:00Z\"", "neither")]
    [InlineData("\"2023-11-14T24:00:00Z\"", "neither")]
    [InlineData("\"2023-11-14T22:60:00Z\"", "neither")]
    [InlineData("\"2023-11-14T22:13:61Z\"", "neither")]
    [InlineData("\"2023-11-14T22:13:19.Z\"", "neither")]
    [InlineData("\"2023-11-14T22:13:Z\"", "neither")]
    [InlineData("\"2023-11-14TZ\"", "neither")]
    [InlineData("\"2023-11-14T22:13:19+24:00\"", "neither")]
    [InlineData("\"2023-11-14T22:13:19+1:00\"", "neither")]
    [InlineData("\"2023-11-14T22:13:19+01:\"", "neither")]
    [InlineData("\"2023-11-14T22:13:19Zulu\"", "neither")]
    [InlineData("\"14.11.2023 22:13:19\"", "neither")]
    [InlineData("\"now\"", "neither")]
    [InlineData("\"NaN\"", "neither")]
    [InlineData("\"\"", "neither")]
    [InlineData("\"\\uD800\"", "neither")]
    [InlineData("true", "neither")]
    [InlineData("[1699999999512]", "neither")]
    [InlineData("{\"hr\":1699999999512}", "neither")]
    public void Decode_WhatIsNoTime_RefusesTheReading(string time, string expected)
    {
        var reason = Decoded.ReasonOf($$"""{"hr":72,"ts":{{time}},"spo2":97}""");

        Assert.Contains(expected, reason, StringComparison.Ordinal);
        Assert.Contains("byte 14", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("14.11.2023", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"hr":72}""")]
    [InlineData("""{"ts":null,"hr":72}""")]
    public void Decode_NoTime_IsTheReceiveTime(string payload)
    {
        var reading = Decoded.Of(payload)[0];

        Assert.Null(reading.DeviceTime);
        Assert.Equal(Decoded.Received, reading.CorrectedTime);
    }

    [Fact]
    public void Decode_ATimeFarAhead_IsKeptButNotBelieved()
    {
        var reading = Decoded.Of("""{"ts":1800000000000,"hr":72}""")[0];

        Assert.Equal(new Instant(1_800_000_000_000), reading.DeviceTime);
        Assert.Equal(Decoded.Received, reading.CorrectedTime);
        Assert.False(reading.IsLate);
    }

    [Fact]
    public void Decode_AnOldTime_IsLate() => Assert.True(Decoded.Of("""{"ts":5,"hr":72}""")[0].IsLate);

    [Fact]
    public void Decode_TwoTimes_IsRefusedUnlessTheyAgree()
    {
        Assert.Contains("two times", Decoded.ReasonOf("""{"ts":1699999999512,"hr":72,"ts":1699999999513}"""), StringComparison.Ordinal);
        Assert.Equal("hr=72", Decoded.ValuesOf("""{"ts":1699999999000,"hr":72,"ts":"2023-11-14T22:13:19Z"}"""));
    }
}
