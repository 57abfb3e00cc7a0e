namespace IoTGateway.Rules.Scenarios;

/// <summary>The permanent codes of what can be wrong in a scenario file, beside those that it shares with rule files.</summary>
internal static class ScenarioCodes
{
    /// <summary>A part of a course that cannot be read.</summary>
    public const string Course = "R110";

    /// <summary>A course that falls where it says that it rises, or the other way round.</summary>
    public const string Direction = "R111";

    /// <summary>A course or a scenario that is too long.</summary>
    public const string TooLong = "R112";

    /// <summary>An expectation that says nothing, or several things.</summary>
    public const string Expectation = "R113";
}
