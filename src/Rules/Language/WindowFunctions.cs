namespace IoTGateway.Rules.Language;

/// <summary>The words for what is asked of a window of time.</summary>
internal static class WindowFunctions
{
    /// <summary>All of them.</summary>
    public static readonly string[] Words = ["average", "lowest", "highest", "rise", "fall", "count"];

    /// <summary>The function a word stands for; null for any other word.</summary>
    public static WindowFunction? Of(string word) => word switch
    {
        "average" => WindowFunction.Average,
        "lowest" => WindowFunction.Lowest,
        "highest" => WindowFunction.Highest,
        "rise" => WindowFunction.Rise,
        "fall" => WindowFunction.Fall,
        "count" => WindowFunction.Count,
        _ => null,
    };
}
