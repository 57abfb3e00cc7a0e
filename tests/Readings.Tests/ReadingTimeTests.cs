namespace IoTGateway.Readings.Tests;

public class ReadingTimeTests
{
    private static readonly Instant Received = new(1_700_000_000_000);

    [Theory]
    [InlineData(-3_600_000, -3_600_000)]
    [InlineData(0, 0)]
    [InlineData(60_000, 60_000)]
    [InlineData(60_001, 0)]
    [InlineData(253_000_000_000_000 - 1_700_000_000_000, 0)]
    public void Correct_ADeviceTime_IsBelievedUpToAMinuteAhead(long deviceAhead, long correctedAhead) =>
        Assert.Equal(
            new Instant(Received.UnixMilliseconds + correctedAhead),
            ReadingTime.Correct(new Instant(Received.UnixMilliseconds + deviceAhead), Received));

    [Fact]
    public void Correct_NoDeviceTime_IsTheReceiveTime() => Assert.Equal(Received, ReadingTime.Correct(null, Received));

    [Theory]
    [InlineData(60_000, false)]
    [InlineData(60_001, true)]
    [InlineData(-5_000, false)]
    public void IsLate_ByAge_BeginsBeyondAMinute(long ageMilliseconds, bool isLate)
    {
        var reading = new Reading { ReceivedTime = Received, CorrectedTime = new Instant(Received.UnixMilliseconds - ageMilliseconds) };

        Assert.Equal(isLate, reading.IsLate);
    }
}
