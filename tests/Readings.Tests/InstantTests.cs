namespace IoTGateway.Readings.Tests;

public class InstantTests
{
    private static readonly Instant Noon = new(1_700_000_000_512);

    [Fact]
    public void ToString_OfADate_IsIso8601InUtc() => Assert.Equal("2023-11-14T22:13:20.512Z", Noon.ToString());

    [Theory]
    [InlineData(long.MinValue, "Unix -9223372036854775808 ms")]
    [InlineData(long.MaxValue, "Unix 9223372036854775807 ms")]
    [InlineData(253_402_300_799_999, "9999-12-31T23:59:59.999Z")]
    [InlineData(253_402_300_800_000, "Unix 253402300800000 ms")]
    [InlineData(-62_135_596_800_000, "0001-01-01T00:00:00.000Z")]
    [InlineData(-62_135_596_800_001, "Unix -62135596800001 ms")]
    public void ToString_AtTheEdgesOfTheCalendar_NeverThrows(long milliseconds, string expected) =>
        Assert.Equal(expected, new Instant(milliseconds).ToString());

    [Fact]
    public void From_ATimeWithOffsetAndTicks_IsCutToMillisecondsOfUtc()
    {
        var time = new DateTimeOffset(2023, 11, 14, 23, 13, 20, 512, TimeSpan.FromHours(1)).AddTicks(9_999);

        Assert.Equal(Noon, Instant.From(time));
        Assert.Equal(TimeSpan.Zero, Noon.ToDateTimeOffset().Offset);
        Assert.Equal(Noon, Instant.From(Noon.ToDateTimeOffset()));
    }

    [Fact]
    public void Now_OfAClock_IsItsTime()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Noon.ToDateTimeOffset());

        clock.Advance(TimeSpan.FromMilliseconds(488));

        Assert.Equal(new Instant(1_700_000_001_000), Instant.Now(clock));
    }

    [Fact]
    public void Operators_AddingAndTakingAway_AreEachOthersInverse()
    {
        var span = TimeSpan.FromSeconds(90);

        Assert.Equal(new Instant(1_700_000_090_512), Noon + span);
        Assert.Equal(Noon, Noon + span - span);
        Assert.Equal(span, Noon + span - Noon);
        Assert.Equal(-span, Noon - (Noon + span));
    }

    [Fact]
    public void Comparisons_OfTwoInstants_FollowTime()
    {
        var later = new Instant(Noon.UnixMilliseconds + 1);
        var same = new Instant(Noon.UnixMilliseconds);

        Assert.True(Noon < later && later > Noon && Noon <= same && Noon >= same);
        Assert.False(later < Noon || Noon > later || later <= Noon || Noon >= later || Noon < same || Noon > same);
        Assert.Equal(later, Instant.Later(Noon, later));
        Assert.Equal(later, Instant.Later(later, Noon));
        Assert.Equal([Instant.MinValue, Noon, later, Instant.MaxValue], new[] { later, Instant.MaxValue, Noon, Instant.MinValue }.Order());
    }
}
