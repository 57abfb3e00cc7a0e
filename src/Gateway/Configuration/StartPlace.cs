using System.Globalization;
using IoTGateway.Queue;

namespace IoTGateway.Configuration;

/// <summary>Where a consumer that is new begins: <c>oldest</c>, <c>newest</c>, or a time with offset or Z.</summary>
internal static class StartPlace
{
    public static bool IsValid(string text) => text is "oldest" or "newest" || Time(text) is not null;

    /// <summary>The place in the log.</summary>
    public static LogPosition In(DurableLog log, string text) => text switch
    {
        "oldest" => log.Start,
        "newest" => log.End,
        _ => log.PositionAt(Time(text) ?? throw new ArgumentException($"'{text}' is no time.", nameof(text))),
    };

    /// <summary>A time in ISO 8601; without an offset it is UTC. Null if it is none.</summary>
    public static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
