using System.Collections.Frozen;

namespace IoTGateway.Rules.Language;

/// <summary>The units that may stand behind a number, and which of them are two spellings of one.</summary>
internal static class Units
{
    /// <summary>Every accepted spelling with its UCUM form. Seconds and minutes are known so that a duration in a wrong place is told as such.</summary>
    private static readonly FrozenDictionary<string, string> Canonical = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["%"] = "%",
        ["bpm"] = "/min",
        ["/min"] = "/min",
        ["mmHg"] = "mm[Hg]",
        ["mm[Hg]"] = "mm[Hg]",
        ["kPa"] = "kPa",
        ["°C"] = "Cel",
        ["C"] = "Cel",
        ["Cel"] = "Cel",
        ["°F"] = "[degF]",
        ["F"] = "[degF]",
        ["mg/dL"] = "mg/dL",
        ["mmol/L"] = "mmol/L",
        ["L/min"] = "L/min",
        ["ms"] = "ms",
        ["s"] = "s",
        ["min"] = "min",
        ["h"] = "h",
        ["d"] = "d",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] LongestFirst = [.. Canonical.Keys.OrderByDescending(unit => unit.Length).ThenBy(unit => unit, StringComparer.Ordinal)];

    /// <summary>Every accepted spelling.</summary>
    public static IEnumerable<string> Spellings => LongestFirst;

    /// <summary>The unit with which a text begins, and which ends there; empty if it begins with none.</summary>
    public static string At(ReadOnlySpan<char> text)
    {
        foreach (var unit in LongestFirst)
        {
            if (text.StartsWith(unit, StringComparison.Ordinal)
                && (!char.IsLetter(unit[^1]) || unit.Length == text.Length || !IsWordCharacter(text[unit.Length])))
            {
                return unit;
            }
        }

        return "";
    }

    /// <summary>Whether it measures time.</summary>
    public static bool IsTime(string unit) => unit is "ms" or "s" or "min" or "h" or "d";

    /// <summary>Whether a number in this unit can be compared with a signal of that UCUM unit without conversion.</summary>
    public static bool Fits(string unit, string signalUnit, string signalUnitShown) =>
        unit == signalUnit || unit == signalUnitShown || Canonical.GetValueOrDefault(unit, unit) == Canonical.GetValueOrDefault(signalUnit, signalUnit);

    private static bool IsWordCharacter(char character) => char.IsLetterOrDigit(character) || character == '_';
}
