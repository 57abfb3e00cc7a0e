using System.Globalization;
using IoTGateway.Readings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IoTGateway.Board.Api;

/// <summary>Reads what a request says, or tells in a sentence what is wrong with it.</summary>
internal static class RequestText
{
    // Numbers below this are seconds, as in payloads: 1e11 ms is the year 1973, 1e11 s the year 5138.
    private const long SmallestMilliseconds = 100_000_000_000;

    /// <summary>The answer to a request that cannot be understood.</summary>
    public static ProblemHttpResult Bad(string sentence) => TypedResults.Problem(sentence, statusCode: StatusCodes.Status400BadRequest);

    /// <summary>A time: Unix milliseconds, Unix seconds, or ISO 8601 with offset or Z. Null if it is none of these.</summary>
    public static Instant? Time(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            // Later than the year 9999 is no time that could be answered.
            return Math.Abs((decimal)number) < SmallestMilliseconds ? new Instant(number * 1000)
                : number < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() && number > DateTimeOffset.MinValue.ToUnixTimeMilliseconds() ? new Instant(number)
                : null;
        }

        // A time without an offset would be read in the zone of the server: it is refused.
        var zoned = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
        return zoned && text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Instant.From(time)
            : null;
    }

    /// <summary>Whether a text is something a person could have written on one line.</summary>
    public static bool IsLine(string text) => !text.Any(char.IsControl);
}
