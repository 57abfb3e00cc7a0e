using System.Globalization;

namespace IoTGateway.Alerts.Orders;

/// <summary>Times and numbers in sentences for people.</summary>
internal static class OrderWords
{
    /// <summary>A time in words: "90 s", "15 min", "2 h 30 min", "3 d".</summary>
    public static string Span(TimeSpan span)
    {
        // What ran out did so some milliseconds ago.
        var rounded = TimeSpan.FromSeconds(Math.Round(span.TotalSeconds));
        if (rounded < TimeSpan.FromMinutes(2) && rounded.Seconds != 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{(long)rounded.TotalSeconds} s");
        }

        string?[] parts =
        [
            Part((long)rounded.TotalDays, "d"),
            Part(rounded.Hours, "h"),
            Part(rounded.Minutes, "min"),
            Part(rounded.Seconds, "s"),
        ];
        return string.Join(' ', parts.OfType<string>().Take(2).DefaultIfEmpty("0 s"));
    }

    /// <summary>A number as people write it.</summary>
    public static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private static string? Part(long count, string unit) => count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count} {unit}");
}
