using System.Globalization;

namespace IoTGateway.Rules.Language;

/// <summary>Durations as they stand in rule files, always with a unit: <c>15 s</c>, <c>1 min 30 s</c>, <c>2 h</c>.</summary>
internal static class Durations
{
    /// <summary>Nothing at a bedside waits longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Reads one. Throws <see cref="ExpressionException"/> with what is wrong.</summary>
    public static TimeSpan Parse(string text)
    {
        var total = TimeSpan.Zero;
        var at = 0;
        var parts = 0;
        while (true)
        {
            SkipSpaces(text, ref at);
            if (at == text.Length)
            {
                return parts > 0 ? total : throw Wrong("a duration is missing here", 0, 1, "write for example `15 s` or `10 min`");
            }

            total += Part(text, ref at);
            parts++;
            if (total > Longest)
            {
                throw Wrong("a duration is at most 7 days", 0, text.Length, null);
            }
        }
    }

    /// <summary>As people write it: <c>15 s</c>, <c>1 min 30 s</c>, <c>2 h</c>; whole seconds from one minute on.</summary>
    public static string Format(TimeSpan span)
    {
        if (span < TimeSpan.Zero)
        {
            return "0 s";
        }

        if (span < TimeSpan.FromMinutes(1))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");
        }

        var parts = new List<string>(2);
        Add(parts, (int)span.TotalDays, "d");
        Add(parts, span.Hours, "h");
        Add(parts, span.Minutes, "min");
        Add(parts, span.Seconds, "s");
        return string.Join(' ', parts.Take(2));
    }

    /// <summary>Exactly, in the spelling of rule files: <c>1 d 2 h 3 min 4 s</c>, <c>1500 ms</c>. <see cref="Parse"/> gives the same back.</summary>
    public static string Print(TimeSpan span)
    {
        if (span == TimeSpan.Zero || span.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalMilliseconds} ms");
        }

        var parts = new List<string>(4);
        Add(parts, (int)span.TotalDays, "d");
        Add(parts, span.Hours, "h");
        Add(parts, span.Minutes, "min");
        Add(parts, span.Seconds, "s");
        return string.Join(' ', parts);
    }

    /// <summary>The unit of time somebody meant who wrote another word for it; null if it is none.</summary>
    public static string? UnitMeant(string word) => OtherSpelling(word);

    private static void Add(List<string> parts, int count, string unit)
    {
        if (count > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {unit}"));
        }
    }

    private static TimeSpan Part(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
        {
            at++;
        }

        if (at == start || !double.TryParse(text.AsSpan(start, at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            throw Wrong("this is no duration", start, text.Length - start, "write for example `15 s` or `10 min`");
        }

        var numberEnd = at;
        SkipSpaces(text, ref at);
        var unitStart = at;
        while (at < text.Length && char.IsLetter(text[at]))
        {
            at++;
        }

        if (at == unitStart)
        {
            throw Wrong(
                "a duration needs a unit", start, numberEnd - start,
                $"write for example `{text[start..numberEnd]} s` or `{text[start..numberEnd]} min`");
        }

        var unit = text[unitStart..at];
        var milliseconds = number * (unit switch
        {
            "ms" => 1,
            "s" => 1_000,
            "min" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => throw Wrong(
                $"`{unit}` is no unit of time", unitStart, unit.Length,
                OtherSpelling(unit) is { } known ? $"write `{known}`" : "the units are ms, s, min, h and d"),
        });

        return milliseconds <= Longest.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(Math.Round(milliseconds))
            : throw Wrong("a duration is at most 7 days", start, at - start, null);
    }

    private static void SkipSpaces(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
    }

    private static string? OtherSpelling(string unit) => unit.ToLowerInvariant() switch
    {
        "sec" or "secs" or "second" or "seconds" => "s",
        "m" or "mins" or "minute" or "minutes" => "min",
        "hr" or "hrs" or "hour" or "hours" => "h",
        "day" or "days" => "d",
        "msec" or "millisecond" or "milliseconds" => "ms",
        _ => null,
    };

    private static ExpressionException Wrong(string message, int start, int length, string? help) =>
        new(Codes.Duration, message, new TextSpan(start, Math.Max(1, length)), help);
}
