using IoTGateway.Readings;

namespace IoTGateway.Rules;

/// <summary>How far a number can be trusted, by what the catalogue says of its signal.</summary>
internal static class QualityRule
{
    /// <summary>The quality of a number; NaN is no value.</summary>
    public static Quality Of(Signal signal, double value) =>
        double.IsNaN(value) || IsSentinel(value) || value <= signal.NoValueAtOrBelow ? Quality.NoValue
        : value >= signal.PlausibleLow && value <= signal.PlausibleHigh && double.IsFinite(value) ? Quality.Valid
        : Quality.Questionable;

    /// <summary>Whether a number is what monitors send while a probe is off (8388607 is NaN in ISO/IEEE 11073).</summary>
    public static bool IsSentinel(double value) => value is -100 or -999 or 8_388_607;

    /// <summary>Whether a number is declared as no value by the catalogue, and is not the code of a probe that is off.</summary>
    public static bool IsDeclaredNoValue(Signal signal, double value) => value <= signal.NoValueAtOrBelow && !IsSentinel(value);
}
