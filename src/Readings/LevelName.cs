namespace IoTGateway.Readings;

/// <summary>
/// The names of wards, beds, patients and devices: levels of MQTT topics, words on tiles and tags of time series. 1 to 64 characters, none of <c>/ + #</c> or
/// control characters, no blank at either end; upper and lower case differ.
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
            : name.Trim().Length != name.Length ? "has a blank at its beginning or end"
            : null;
    }
}
