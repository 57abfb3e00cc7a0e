using System.Globalization;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Scenarios;

/// <summary>Times of a scenario: its clock begins at 0.</summary>
internal static class ScenarioTime
{
    private static readonly TimeSpan ShownInSeconds = TimeSpan.FromMinutes(10);

    /// <summary>The engine's instant.</summary>
    public static Instant At(TimeSpan time) => new((long)time.TotalMilliseconds);

    /// <summary>The time since the beginning.</summary>
    public static TimeSpan Of(Instant time) => TimeSpan.FromMilliseconds(time.UnixMilliseconds);

    /// <summary>As people write it in scenarios, to the millisecond: <c>97 s</c>, <c>12 min 0.5 s</c>, <c>1 h 5 min</c>.</summary>
    public static string Format(TimeSpan time)
    {
        if (time < ShownInSeconds)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
        }

        var hours = (int)time.TotalHours;
        var seconds = (time - TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(time.Minutes)).TotalSeconds;
        string[] parts =
        [
            hours > 0 ? string.Create(CultureInfo.InvariantCulture, $"{hours} h") : "",
            time.Minutes > 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min") : "",
            seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###} s") : "",
        ];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }
}
