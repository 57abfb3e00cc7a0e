using IoTGateway.Alerts;
using IoTGateway.Rules;

namespace IoTGateway.Archive.Files;

/// <summary>The priority of an entry: a word for people, a number in the file.</summary>
internal static class PriorityWord
{
    /// <summary>The number of a word; 0 for an entry that is about no alert.</summary>
    public static int Of(string word) => word.Length == 0 ? 0 : (int)AlertWords.Priority(word);

    /// <summary>The word of a number.</summary>
    public static string Of(long number) => number == 0 ? "" : AlertWords.Of((AlertPriority)number);
}
