using IoTGateway.Commands;

namespace IoTGateway.Gateway.Tests.Commands;

public class TimeSpanTextTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("15 min", 900)]
    [InlineData(" 1.5h ", 5400)]
    [InlineData("2d", 172_800)]
    public void TryParse_Time_IsRead(string text, int seconds)
    {
        Assert.True(TimeSpanText.TryParse(text, out var span));
        Assert.Equal(TimeSpan.FromSeconds(seconds), span);
    }

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("min")]
    [InlineData("0min")]
    [InlineData("-5min")]
    [InlineData("1e9d")]
    [InlineData("366d")]
    [InlineData("15m")]
    [InlineData("1,5h")]
    public void TryParse_NoTime_IsRefused(string text) => Assert.False(TimeSpanText.TryParse(text, out _));
}
