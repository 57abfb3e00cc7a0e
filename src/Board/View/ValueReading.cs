using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Board.View;

/// <summary>How a value is written, and whether it may be read as the present one.</summary>
internal static class ValueReading
{
    /// <summary>Stands where there is no number.</summary>
    public const string NoNumber = "--";

    private const int DecimalsMost = 6;

    /// <summary>The age from which a value of this signal is no longer the present one: the earlier of "missing after" and "valid for".</summary>
    public static TimeSpan FreshFor(Signal signal) => (signal.MissingAfter, signal.ValidFor) switch
    {
        ({ } missing, { } valid) => missing < valid ? missing : valid,
        ({ } missing, null) => missing,
        (null, { } valid) => valid,
        _ => ShownSignals.DefaultFreshness,
    };

    /// <summary>The age from which even the greyed number is taken away: twice the time it is valid for, at least an hour.</summary>
    public static TimeSpan KeptFor(Signal signal)
    {
        var twice = 2 * (signal.ValidFor ?? signal.MissingAfter ?? ShownSignals.DefaultFreshness);
        return twice > ShownSignals.ShortestExpiry ? twice : ShownSignals.ShortestExpiry;
    }

    /// <summary>Whether this value may be read as the present one.</summary>
    public static CellState StateOf(LatestValue value, Instant now)
    {
        if (value.Quality == Quality.NoValue || !double.IsFinite(value.Value))
        {
            return CellState.None;
        }

        var age = now - value.Time;
        return age > KeptFor(value.Signal) ? CellState.Expired : age > FreshFor(value.Signal) ? CellState.Stale : CellState.Fresh;
    }

    /// <summary>The value without its unit: "97", "37.2", "A", "on".</summary>
    public static string TextOf(Signal signal, double value) => signal.Form switch
    {
        _ when !double.IsFinite(value) => NoNumber,
        SignalForm.Letter => value is >= ' ' and <= '~' ? ((char)value).ToString() : NoNumber,
        SignalForm.Switch => value > 0 ? "on" : "off",
        _ => value.ToString("F" + Math.Clamp(signal.Decimals, 0, DecimalsMost).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
    };

    /// <summary>An observation as it was given, with its unit apart: "37.2", "2" of L/min where a switch was given its flow; never rounded.</summary>
    public static (string Text, string Unit) Given(Signal signal, double value) => signal.Form switch
    {
        SignalForm.Letter => (TextOf(signal, value), ""),
        SignalForm.Switch when value is 0 or 1 => (TextOf(signal, value), ""),
        _ when !double.IsFinite(value) => (NoNumber, ""),
        _ => (value.ToString("0." + new string('0', Math.Clamp(signal.Decimals, 0, DecimalsMost)) + "#########", CultureInfo.InvariantCulture), UnitWords(signal)),
    };

    /// <summary>The unit as people write it; letters and switches have none.</summary>
    public static string UnitOf(Signal signal) =>
        signal.Form != SignalForm.Number ? "" : UnitWords(signal);

    /// <summary>The value with its unit: "97 %".</summary>
    public static string WithUnit(string text, string unit) => unit.Length == 0 ? text : $"{text} {unit}";

    private static string UnitWords(Signal signal) => signal.UnitShown.Length > 0 ? signal.UnitShown : signal.Unit;
}
