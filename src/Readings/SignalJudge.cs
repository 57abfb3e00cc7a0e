namespace IoTGateway.Readings;

/// <summary>
/// What a number means for a signal and how far it can be trusted, by what the catalogue says: the one place for payloads, recordings and tests.
/// </summary>
public static class SignalJudge
{
    /// <summary>The quality of a number in the signal's unit; NaN is no value.</summary>
    /// <param name="signal">What was measured.</param>
    /// <param name="value">The number, or what <see cref="ToSwitch"/> made of it; letters are their character code.</param>
    /// <param name="ofDevice">What the device itself says; ours can only be worse.</param>
    public static Quality Judge(Signal signal, double value, Quality ofDevice = Quality.Valid)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (ofDevice == Quality.NoValue || double.IsNaN(value))
        {
            return Quality.NoValue;
        }

        if (signal.Form != SignalForm.Number)
        {
            return ofDevice;
        }

        var isPlausible = value >= signal.PlausibleLow && value <= signal.PlausibleHigh && double.IsFinite(value);

        // A signal of the device itself may mean what a probe would call a sentinel: a clock can be 100 s slow.
        var isSentinel = IsSentinel(value) && !(signal.OfDevice && isPlausible);
        if (value <= signal.NoValueAtOrBelow || isSentinel)
        {
            return Quality.NoValue;
        }

        return isPlausible ? ofDevice : Quality.Questionable;
    }

    /// <summary>What a number means for a switch, for example a flow of oxygen: 1 above 0, 0 at 0, and NaN (no value) below it or for a sentinel.</summary>
    public static double ToSwitch(double value) => value < 0 || IsSentinel(value) || double.IsNaN(value) ? double.NaN : value > 0 ? 1 : 0;

    /// <summary>
    /// Whether the number is one by which monitors say "probe off": -100 and -999, seen in their HL7 exports, and 8388607, the NaN of the 24-bit mantissa
    /// of ISO/IEEE 11073-20601.
    /// </summary>
    public static bool IsSentinel(double value) => value is -100 or -999 or 8_388_607;

    /// <summary>Whether a number is declared as no value by the catalogue, and is not the code of a probe that is off.</summary>
    public static bool IsDeclaredNoValue(Signal signal, double value)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return value <= signal.NoValueAtOrBelow && !IsSentinel(value);
    }
}
