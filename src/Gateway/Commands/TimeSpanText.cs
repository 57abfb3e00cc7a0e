using System.Globalization;

namespace IoTGateway.Commands;

/// <summary>Times on the command line: a number and its unit, with or without a blank: <c>90s</c>, <c>15 min</c>, <c>4h</c>.</summary>
internal static class TimeSpanText
{
    private static readonly (string Unit, TimeSpan Span)[] Units =
        [("min", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1))];

    /// <summary>Reads one longer than 0 and of at most 365 days.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        const double DaysAtMost = 365;
        span = default;
        var trimmed = text.Trim();
        foreach (var (unit, one) in Units)
        {
            if (trimmed.EndsWith(unit, StringComparison.Ordinal))
            {
                if (!double.TryParse(trimmed[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                    || !(count > 0 && count * one.TotalDays <= DaysAtMost))
                {
                    return false;
                }

                span = count * one;
                return true;
            }
        }

        return false;
    }
}
