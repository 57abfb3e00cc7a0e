using System.Globalization;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Backtesting;

/// <summary>Times as the input of a backtest counts them: seconds since some beginning, or points in time.</summary>
internal static class RecordedTime
{
    /// <summary>For programs: seconds, of a store Unix seconds.</summary>
    public static string Seconds(Instant time) => (time.UnixMilliseconds / 1_000m).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>For people: <c>1 d 02:03:04</c> since the beginning, or <c>2026-11-22 20:40:00</c> in UTC.</summary>
    public static string Shown(Instant time, bool isClock)
    {
        if (isClock)
        {
            return time.ToString().Replace('T', ' ').Split('.')[0];
        }

        var (sign, span) = (time.UnixMilliseconds < 0 ? "-" : "", TimeSpan.FromMilliseconds(Math.Abs(time.UnixMilliseconds)));
        var clock = string.Create(CultureInfo.InvariantCulture, $"{span.Hours:00}:{span.Minutes:00}:{span.Seconds:00}");
        return span.Days > 0 ? string.Create(CultureInfo.InvariantCulture, $"{sign}{span.Days} d {clock}") : sign + clock;
    }
}
