namespace IoTGateway.Archive.Entries;

/// <summary>Puts sentences of the timeline together.</summary>
internal static class Sentence
{
    /// <summary>"what", "what by whom", "what: why", "what by whom: why".</summary>
    public static string Of(string what, string by, string why) => what + (by.Length == 0 ? "" : $" by {by}") + (why.Length == 0 ? "" : $": {why}");

    /// <summary>How long, for people: "90 s", "5 min", "2 h"; in whole numbers of the largest unit in which it is one.</summary>
    public static string Of(TimeSpan length)
    {
        var seconds = (long)Math.Round(length.TotalSeconds);
        return seconds switch
        {
            >= 3_600 when seconds % 3_600 == 0 => $"{seconds / 3_600} h",
            >= 60 when seconds % 60 == 0 => $"{seconds / 60} min",
            >= 600 => $"{(seconds + 30) / 60} min",
            _ => $"{seconds} s",
        };
    }
}
