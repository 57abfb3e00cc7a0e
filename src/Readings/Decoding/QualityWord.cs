using System.Text;

namespace IoTGateway.Readings.Decoding;

/// <summary>What a device says of the quality of its own value, and how it writes that there is none.</summary>
internal static class QualityWord
{
    /// <summary>The quality a device's word stands for, upper and lower case alike; a word nobody knows casts doubt.</summary>
    /// <remarks>
    /// Plain words, and the codes of MeasurementValidity in ISO/IEEE 11073-10207: Vld, Vldated, Ong (not final yet), Qst, Calib, Inv, Oflw, Uflw, NA.
    /// Only Vld and Vldated may be relied on.
    /// </remarks>
    public static Quality Parse(ReadOnlySpan<byte> word) =>
        Is(word, "valid"u8) || Is(word, "vld"u8) || Is(word, "validated"u8) || Is(word, "vldated"u8) || Is(word, "good"u8) || Is(word, "ok"u8) ? Quality.Valid
        : Is(word, "invalid"u8) || Is(word, "inv"u8) || Is(word, "bad"u8)
            || Is(word, "calibrating"u8) || Is(word, "calib"u8)
            || Is(word, "overflow"u8) || Is(word, "oflw"u8) || Is(word, "underflow"u8) || Is(word, "uflw"u8)
            || Is(word, "unavailable"u8) || MeansNoValue(word) ? Quality.NoValue
        : Quality.Questionable;

    /// <summary>Whether a text is a way to write "no value": empty, dashes as monitors show them, NaN, null, none, n/a.</summary>
    public static bool MeansNoValue(ReadOnlySpan<byte> text) =>
        text.Trim((byte)' ').TrimStart((byte)'-').IsEmpty
        || Is(text, "nan"u8) || Is(text, "null"u8) || Is(text, "none"u8) || Is(text, "n/a"u8) || Is(text, "na"u8);

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);
}
