namespace IoTGateway.Gateway.Tests.EndToEnd.Kills;

/// <summary>A rule without times.</summary>
/// <param name="Slug">Its name in ids.</param>
/// <param name="Signal">What it looks at.</param>
/// <param name="Holds">Its condition.</param>
/// <param name="Clears">What ends it.</param>
/// <param name="Latches">Whether it stays until somebody has acknowledged it.</param>
/// <param name="Pages">Whether people are paged.</param>
internal sealed record SuddenRule(string Slug, string Signal, Func<double, bool> Holds, Func<double, bool> Clears, bool Latches, bool Pages)
{
    /// <summary>The state an alert enters by a value; null for none.</summary>
    public string? After(string state, bool acknowledged, double value) => state switch
    {
        "active" when Clears(value) => Latches && !acknowledged ? "latched" : "ended",
        "latched" or "ended" when Holds(value) => "active",
        _ => null,
    };
}
