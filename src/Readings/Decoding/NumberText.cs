using System.Buffers.Text;

namespace IoTGateway.Readings.Decoding;

/// <summary>Reads numbers as devices write them.</summary>
internal static class NumberText
{
    // With at most 15 digits the whole number and the power of ten are exact doubles, so one division gives the correctly rounded result (Clinger 1990).
    private const int ExactDigits = 15;

    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads a number that fills the whole text; false if it is none. One too large for a double is infinite.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number) =>
        TryParseShort(text, out number) || (Utf8Parser.TryParse(text, out number, out var length) && length == text.Length);

    /// <summary>Vital signs are short ("72", "36.6", "-5"): no exponent and at most 15 digits.</summary>
    private static bool TryParseShort(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        var index = 0;
        var negative = !text.IsEmpty && text[0] == '-';
        if (negative)
        {
            index++;
        }

        if (text.Length - index is < 1 or > ExactDigits)
        {
            return false;
        }

        long whole = 0;
        var point = -1;
        for (; index < text.Length; index++)
        {
            var digit = (uint)(text[index] - '0');
            if (digit <= 9)
            {
                whole = (whole * 10) + digit;
            }
            else if (text[index] == '.' && point < 0)
            {
                point = index;
            }
            else
            {
                return false;
            }
        }

        var decimals = point < 0 ? 0 : text.Length - point - 1;
        if (point >= 0 && (decimals == 0 || !char.IsAsciiDigit((char)text[point == 0 ? 0 : point - 1])))
        {
            return false;
        }

        number = decimals == 0 ? whole : whole / PowersOfTen[decimals];
        if (negative)
        {
            number = -number;
        }

        return true;
    }
}
