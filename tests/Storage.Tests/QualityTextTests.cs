using IoTGateway.Readings;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests;

public class QualityTextTests
{
    [Fact]
    public void Of_AllValid_IsNothing() => Assert.Null(QualityText.Of([Valid(HeartRate, 72), Valid(Saturation, 97)]));

    [Fact]
    public void Of_DoubtfulAndMissing_NamesBothInOrder() =>
        Assert.Equal(
            "hr=questionable spo2=no-value",
            QualityText.Of([Questionable(HeartRate, 290), Valid(Respiration, 14), NoValue(Saturation, -100)]));

    [Theory]
    [InlineData("hr=questionable spo2=no-value", "hr", Quality.Questionable)]
    [InlineData("hr=questionable spo2=no-value", "spo2", Quality.NoValue)]
    [InlineData("hr=questionable spo2=no-value", "rr", Quality.Valid)]
    [InlineData("art_sbp=no-value", "sbp", Quality.Valid)]
    [InlineData("sbp=no-value", "art_sbp", Quality.Valid)]
    [InlineData("spo2=no-value", "spo", Quality.Valid)]
    [InlineData("", "hr", Quality.Valid)]
    public void Of_TextAndSignal_FindsJustThatSignal(string text, string signal, Quality expected) =>
        Assert.Equal(expected, QualityText.Of(text, signal));

    [Theory]
    [InlineData(null, "hr=questionable")]
    [InlineData("hr=no-value", "hr=questionable")]
    [InlineData("spo2=no-value", "spo2=no-value hr=questionable")]
    [InlineData("rr=questionable", "hr=questionable")]
    public void Merge_LaterMarks_ReplaceTheSameSignalsOnly(string? stored, string expected) =>
        Assert.Equal(expected, QualityText.Merge(stored, [Questionable(HeartRate, 290), Valid(Respiration, 14)]));

    [Fact]
    public void Merge_LaterValid_RemovesTheMark() => Assert.Null(QualityText.Merge("hr=no-value", [Valid(HeartRate, 72)]));
}
