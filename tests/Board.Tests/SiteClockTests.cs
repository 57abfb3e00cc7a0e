using IoTGateway.Readings;
using Microsoft.Extensions.Options;

namespace IoTGateway.Board.Tests;

public class SiteClockTests
{
    private static readonly SiteClock Clock = new(Options.Create(new BoardOptions { TimeZone = "Europe/Berlin" }));

    [Theory]
    [InlineData("2026-03-29T00:59:59Z", "01:59:59")]
    [InlineData("2026-03-29T01:00:00Z", "03:00:00")]
    [InlineData("2026-10-25T00:59:59Z", "02:59:59")]
    [InlineData("2026-10-25T01:00:00Z", "02:00:00")]
    public void Clock_AroundTheChangeOfSummerTime_IsTheSites(string utc, string expected) =>
        Assert.Equal(expected, Clock.Clock(Instant.From(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("2026-11-22T22:59:00Z", "23:59")]
    [InlineData("2026-11-21T22:59:00Z", "21 Nov 23:59")]
    [InlineData("2025-12-31T22:59:00Z", "31 Dec 2025 23:59")]
    public void Short_OtherDays_HaveTheirDate(string utc, string expected) =>
        Assert.Equal(expected, Clock.Short(At(utc), At("2026-11-22T12:00:00Z")));

    [Fact]
    public void Short_TimesNoCalendarHolds_DoNotThrow()
    {
        Assert.NotEmpty(Clock.Short(Instant.MinValue, At("2026-11-22T12:00:00Z")));
        Assert.NotEmpty(Clock.Short(Instant.MaxValue, At("2026-11-22T12:00:00Z")));
    }

    private static Instant At(string utc) => Instant.From(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture));
}
