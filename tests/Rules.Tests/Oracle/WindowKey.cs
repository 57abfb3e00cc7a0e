using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>What makes two windows the same when other rules come into force: the signal, the length, and what is kept of the values.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Length">How far back it looks.</param>
/// <param name="Kept">A function that stands for all that need the same: average (and count), lowest (and rise), or highest (and fall).</param>
internal readonly record struct WindowKey(string Signal, TimeSpan Length, WindowFunction Kept)
{
    public static WindowKey Of(WindowExpression window) => new(window.Signal, window.Length, window.Function switch
    {
        WindowFunction.Count => WindowFunction.Average,
        WindowFunction.Rise => WindowFunction.Lowest,
        WindowFunction.Fall => WindowFunction.Highest,
        _ => window.Function,
    });
}
