using System.Globalization;

namespace IoTGateway.Readings;

/// <summary>
/// The names of wards, beds, patients and devices: levels of MQTT topics, words on tiles and tags of time series. 1 to 64 characters, none of <c>/ + #</c> or
/// control characters or such as cannot be seen, no blank at either end, not <c>.</c> or <c>..</c>; upper and lower case differ.
/// </summary>
public static class LevelName
{
    /// <summary>Names longer than this are refused.</summary>
    public const int LongestLength = 64;

    /// <summary>What is wrong with a name, as the end of a sentence ("is empty"); null for nothing.</summary>
    public static string? FaultOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length == 0 ? "is empty"
            : name.Length > LongestLength ? $"has {name.Length} characters; it may have {LongestLength}"
            : name.AsSpan().IndexOfAny('/', '+', '#') is >= 0 and var at ? $"has a '{name[at]}', which cannot stand in the level of an MQTT topic"
            : name.Any(char.IsControl) ? "has a control character"
            // Two patients must not have names that look the same, nor one that turns the direction of what stands beside it.
            : name.Any(letter => char.GetUnicodeCategory(letter) == UnicodeCategory.Format) ? "has a character that cannot be seen"
            // Browsers and servers take these out of an address before anybody sees it.
            : name is "." or ".." ? "is no name: an address that ends with it means another one"
            : name.Trim().Length != name.Length ? "has a blank at its beginning or end"
            : null;
    }
}
