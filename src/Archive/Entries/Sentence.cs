namespace IoTGateway.Archive.Entries;

/// <summary>Puts sentences of the timeline together.</summary>
internal static class Sentence
{
    /// <summary>"what", "what by whom", "what: why", "what by whom: why".</summary>
    public static string Of(string what, string by, string why) => what + (by.Length == 0 ? "" : $" by {by}") + (why.Length == 0 ? "" : $": {why}");
}
