using System.Globalization;

namespace IoTGateway.Readings.Observations;

/// <summary>What a person may say of a signal: the one place for forms, commands and stores.</summary>
public static class ObservedSignal
{
    /// <summary>What is wrong with a value, as a sentence for the person who entered it; null if it can be taken.</summary>
    /// <param name="signal">What was observed.</param>
    /// <param name="value">As in <see cref="ObservedValue.Value"/>.</param>
    /// <remarks>A value outside the plausible range is taken, as questionable, as that of a device would be: the person may have seen just that.</remarks>
    public static string? FaultOf(Signal signal, double value)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (signal.OfDevice)
        {
            return $"{signal.Name} tells of the device, not of the patient; it cannot be entered.";
        }

        switch (signal.Form)
        {
            case SignalForm.Letter:
                return IsLetterOf(signal, value) ? null : $"{signal.Name} must be one of {string.Join(", ", signal.Letters.ToCharArray())}.";
            case SignalForm.Switch:
                return value >= 0 && double.IsFinite(value) ? null : $"{signal.Name} must be off, on, or a flow that is not below 0{UnitOf(signal)}.";
            default:
                return !double.IsFinite(value) ? $"{signal.Name} must be a number{UnitOf(signal)}."
                    : signal.IsScale && value != Math.Truncate(value) ? $"{signal.Name} counts whole points; it cannot be {TextOf(signal, value)}."
                    : SignalJudge.Judge(signal, value) == Quality.NoValue ? $"{signal.Name} cannot be {TextOf(signal, value)}: that is how a device says that it reads nothing{PlausibleOf(signal)}."
                    : null;
        }
    }

    /// <summary>Reads what a person has written: a number, a letter, "on" or "off". Null if it is none of what the signal can be.</summary>
    public static double? Parse(Signal signal, string text)
    {
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (signal.Form == SignalForm.Letter)
        {
            return text.Length == 1 && IsLetterOf(signal, char.ToUpperInvariant(text[0])) ? char.ToUpperInvariant(text[0]) : null;
        }

        if (signal.Form == SignalForm.Switch && text.ToUpperInvariant() is "ON" or "OFF")
        {
            return text.Length == "on".Length ? 1 : 0;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>A value as people read it, without its unit.</summary>
    public static string TextOf(Signal signal, double value)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return signal.Form switch
        {
            SignalForm.Letter => ((char)value).ToString(),
            SignalForm.Switch when value is 0 or 1 => value == 0 ? "off" : "on",
            _ => value.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The value as the rules and the stores take it: judged, and of a flow whether it is on.</summary>
    public static SignalValue ToSignalValue(Signal signal, double value)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var taken = signal.Form == SignalForm.Switch ? SignalJudge.ToSwitch(value) : value;
        return new SignalValue(signal, taken, SignalJudge.Judge(signal, taken));
    }

    private static bool IsLetterOf(Signal signal, double value) => value is >= 'A' and <= 'z' && signal.Letters.Contains((char)value, StringComparison.Ordinal) && value == (char)value;

    private static string UnitOf(Signal signal) => (signal.UnitShown.Length > 0 ? signal.UnitShown : signal.Unit) is { Length: > 0 } unit ? $" in {unit}" : "";

    private static string PlausibleOf(Signal signal) => double.IsFinite(signal.PlausibleLow) && double.IsFinite(signal.PlausibleHigh)
        ? string.Create(CultureInfo.InvariantCulture, $"; plausible is {signal.PlausibleLow} to {signal.PlausibleHigh}{UnitOf(signal)}")
        : "";
}
