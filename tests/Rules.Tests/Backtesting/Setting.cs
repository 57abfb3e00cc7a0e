using System.Globalization;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Backtesting;

/// <summary>A row of alarm_reduction_expected.csv.</summary>
internal sealed record Setting(string Metric, decimal? Low, decimal? High, decimal Delay, decimal Hysteresis, int Alarms)
{
    /// <summary>How the row is named in lists: "heart_rate &gt;115 5 s 0".</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Metric} {(Low is { } low ? $"<{low}" : $">{High}")} {Delay} s {Hysteresis}");

    public static Setting Parse(string row)
    {
        var fields = row.Split(',');
        return new Setting(fields[1], Optional(fields[2]), Optional(fields[3]), Number(fields[4]), Number(fields[5]), (int)Number(fields[6]));
        static decimal? Optional(string text) => text.Length == 0 ? null : Number(text);
        static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    public bool Violates(decimal value) => value < Low || value > High;

    public bool Clears(decimal value) => Low is { } low ? value >= low + Hysteresis : value <= High - Hysteresis;

    /// <summary>The same as a rule file.</summary>
    public string Rule()
    {
        var (when, clear) = Low is { } low ? ($"x < {Text(low)}", $"x >= {Text(low + Hysteresis)}") : ($"x > {Text(High)}", $"x <= {Text(High - Hysteresis)}");
        return TestRules.File($"when: {when}", $"for: {Text(Delay)} s", $"clear when: {clear}");
    }

    private static string Text(decimal? number) => number!.Value.ToString(CultureInfo.InvariantCulture);
}
