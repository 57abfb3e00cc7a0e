using System.Globalization;
using IoTGateway.Readings;
using Microsoft.Extensions.Options;

namespace IoTGateway.Board;

/// <summary>Writes times as people at the site read them: in the site's zone, with the date where it is not today's.</summary>
internal sealed class SiteClock(IOptions<BoardOptions> options)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>The zone's IANA id.</summary>
    public string ZoneName { get; } = options.Value.TimeZone;

    /// <summary>"22:14:05".</summary>
    public string Clock(Instant time) => Format(time, "HH:mm:ss");

    /// <summary>"Sun 22 Nov 2026".</summary>
    public string Date(Instant time) => Format(time, "ddd d MMM yyyy");

    /// <summary>"22:14" for today, else "21 Nov 22:14"; the year is added where it is another one.</summary>
    public string Short(Instant time, Instant now) => Format(time, DatePrefix(time, now) + "HH:mm");

    /// <summary>As <see cref="Short"/>, with seconds.</summary>
    public string Exact(Instant time, Instant now) => Format(time, DatePrefix(time, now) + "HH:mm:ss");

    private string DatePrefix(Instant time, Instant now)
    {
        var (at, today) = (Local(time), Local(now));
        return at.Date == today.Date ? "" : at.Year == today.Year ? "d MMM " : "d MMM yyyy ";
    }

    private string Format(Instant time, string format) => Local(time).ToString(format, CultureInfo.InvariantCulture);

    private DateTimeOffset Local(Instant time)
    {
        // A device may claim any time; one that no calendar holds is shown as the nearest that it does.
        var lowest = DateTimeOffset.MinValue.AddDays(2).ToUnixTimeMilliseconds();
        var highest = DateTimeOffset.MaxValue.AddDays(-2).ToUnixTimeMilliseconds();
        return TimeZoneInfo.ConvertTime(new Instant(Math.Clamp(time.UnixMilliseconds, lowest, highest)).ToDateTimeOffset(), _zone);
    }
}
