using System.Globalization;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Evaluation;

/// <summary>How a number is named and written for people.</summary>
/// <param name="Label">What it is: the signal's name, "limit", an expression as written, or empty for a plain number.</param>
/// <param name="Unit">The unit as people write it; empty where there is none.</param>
/// <param name="Decimals">Digits after the point.</param>
/// <param name="Form">Whether it stands for a letter or for on and off.</param>
internal sealed record Display(string Label, string Unit, int Decimals, SignalForm Form = SignalForm.Number)
{
    private const int MostDecimals = 6;

    /// <summary>The value with its unit; empty while it is unknown.</summary>
    public string Format(double value)
    {
        var digits = FormatNumber(value);
        return digits.Length == 0 || Unit.Length == 0 || Form != SignalForm.Number ? digits : $"{digits} {Unit}";
    }

    /// <summary>The value without its unit; empty while it is unknown. One more digit is shown where the value has one.</summary>
    public string FormatNumber(double value)
    {
        if (double.IsNaN(value))
        {
            return "";
        }

        return Form switch
        {
            SignalForm.Letter => ((char)value).ToString(),
            SignalForm.Switch => value > 0 ? "on" : "off",
            _ => Round(value, Decimals),
        };
    }

    /// <summary>A number that is known to lie in a range, by its lower end: "at least 5".</summary>
    public string FormatRange(Interval range) => $"at least {Format(range.Low)}";

    /// <summary>The same value with as many digits as it takes to tell it from the limit: "59.6", not "60", beside a limit of 60.</summary>
    public string FormatBeside(double value, double other)
    {
        if (Form != SignalForm.Number || double.IsNaN(value) || value == other)
        {
            return Format(value);
        }

        var decimals = Decimals;
        while (decimals < MostDecimals && Round(value, decimals) == Round(other, decimals))
        {
            decimals++;
        }

        var digits = Round(value, decimals);
        return Unit.Length == 0 ? digits : $"{digits} {Unit}";
    }

    private static string Round(double value, int decimals)
    {
        // One digit more than declared is shown where the value has it, so that nothing measured is hidden.
        var exact = decimals + 1 <= MostDecimals ? Math.Round(value, decimals + 1, MidpointRounding.AwayFromZero) : value;
        var text = exact.ToString("F" + (decimals + 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        text = text.EndsWith('0') ? text[..^1].TrimEnd('.') : text;
        return text is "-0" ? "0" : text;
    }
}
