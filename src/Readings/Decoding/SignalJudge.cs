namespace IoTGateway.Readings.Decoding;

/// <summary>How far a number can be trusted, by what the catalogue says of its signal.</summary>
internal static class SignalJudge
{
    /// <summary>The quality of a number in the signal's unit; NaN is no value.</summary>
    /// <param name="signal">What was measured.</param>
    /// <param name="value">The number.</param>
    /// <param name="ofDevice">What the device itself says; ours can only be worse.</param>
    public static Quality Judge(Signal signal, double value, Quality ofDevice)
    {
        var isPlausible = value >= signal.PlausibleLow && value <= signal.PlausibleHigh;

        // A signal of the device itself may mean what a probe would call a sentinel: a clock can be 100 s slow.
        var isSentinel = IsSentinel(value) && !(signal.OfDevice && isPlausible);
        if (ofDevice == Quality.NoValue || double.IsNaN(value) || value <= signal.NoValueAtOrBelow || isSentinel)
        {
            return Quality.NoValue;
        }

        return isPlausible ? ofDevice : Quality.Questionable;
    }

    /// <summary>
    /// Whether the number is one by which monitors say "probe off": -100 and -999, seen in their HL7 exports, and 8388607, the NaN of the 24-bit mantissa
    /// of ISO/IEEE 11073-20601.
    /// </summary>
    public static bool IsSentinel(double value) => value is -100 or -999 or 8_388_607;
}
