namespace IoTGateway.Readings.Tests;

public class ReadingTimeTests
{
    private static readonly Instant Received = new(1_700_000_000_000);

    [Theory]
    [InlineData(-3_600_000, 0, -3_600_000)]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(60_000, 0, 0)]
    [InlineData(253_000_000_000_000 - 1_700_000_000_000, 0, 0)]
    [InlineData(-300_100, 300_000, -100)]
    [InlineData(-300_000, 300_100, 0)]
    [InlineData(300_000, -300_100, -100)]
    [InlineData(300_200, -300_100, 0)]
    public void Correct_ADeviceTime_IsBelievedUpToItsReceipt(long deviceAhead, long offset, long correctedAhead) =>
        Assert.Equal(
            new Instant(Received.UnixMilliseconds + correctedAhead),
            ReadingTime.Correct(new Instant(Received.UnixMilliseconds + deviceAhead), Received, TimeSpan.FromMilliseconds(offset)));

    [Fact]
    public void Correct_NoDeviceTime_IsTheReceiveTime() => Assert.Equal(Received, ReadingTime.Correct(null, Received, TimeSpan.FromMinutes(-5)));

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
