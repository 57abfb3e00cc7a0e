using IoTGateway.Readings;
using IoTGateway.Storage.BuiltIn;

namespace IoTGateway.Storage.Tests.BuiltIn;

public class StoreDayTests
{
    [Theory]
    [InlineData(0, "1970-01-01")]
    [InlineData(-1, "1969-12-31")]
    [InlineData(86_399_999, "1970-01-01")]
    [InlineData(86_400_000, "1970-01-02")]
    [InlineData(1_700_000_000_000, "2023-11-14")]
    [InlineData(long.MinValue, "0001-01-01")]
    [InlineData(long.MaxValue, "9999-12-31")]
    public void Of_Time_IsItsUtcDay(long time, string name)
    {
        var day = StoreDay.Of(new Instant(time));
        Assert.Equal(name, day.Name);
        Assert.True(StoreDay.TryParse(day.FileName, out var parsed));
        Assert.Equal(day, parsed);
    }

    [Theory]
    [InlineData("cursor.db")]
    [InlineData("2026-13-01.db")]
    [InlineData("2026-11-22.db-wal")]
    [InlineData("2026-11-22")]
    public void TryParse_OtherFile_IsNone(string name) => Assert.False(StoreDay.TryParse(name, out _));

    [Fact]
    public void StartAndEnd_OfADay_AreItsBounds()
    {
        var day = StoreDay.Of(TestData.Noon);
        Assert.Equal(TimeSpan.FromDays(1), day.End - day.Start);
        Assert.Equal(day, StoreDay.Of(day.Start));
        Assert.NotEqual(day, StoreDay.Of(day.End));
    }
}
