namespace IoTGateway.Readings.Decoding;

/// <summary>Reads the member <c>ts</c>: Unix time in milliseconds (below 1e11: seconds), or ISO 8601 with an offset.</summary>
internal static class DeviceTime
{
    // 1e11 ms is March 1973 and 1e11 s is the year 5138, so no clock of today is on the wrong side.
    private const long LeastMilliseconds = 100_000_000_000;

    // 9999-12-31T23:59:59.999Z, the last date that can be written.
    private const long GreatestMilliseconds = 253_402_300_799_999;

    /// <summary>Reads a number, as written in JSON or within a string.</summary>
    public static DeviceTimeFault FromNumber(ReadOnlySpan<byte> text, out Instant time)
    {
        time = default;
        if (!NumberText.TryParse(text, out var number) || double.IsNaN(number))
        {
            return DeviceTimeFault.NotATime;
        }

        if (number < 0)
        {
            return DeviceTimeFault.BeforeEpoch;
        }

        // A double holds every millisecond up to the year 287396 exactly; rounding mends only what a fraction of seconds lost.
        var milliseconds = number < LeastMilliseconds ? Math.Round(number * 1000) : Math.Floor(number);
        if (milliseconds > GreatestMilliseconds)
        {
            return DeviceTimeFault.TooLarge;
        }

        time = new Instant((long)milliseconds);
        return DeviceTimeFault.None;
    }

    /// <summary>Reads a string: a date and time, or a number.</summary>
    public static DeviceTimeFault FromText(ReadOnlySpan<byte> text, out Instant time)
    {
        text = text.Trim((byte)' ');
        var looksLikeDate = text.Length > 4 && text[4] == '-' && char.IsAsciiDigit((char)text[0]);
        return looksLikeDate ? FromDate(text, out time) : FromNumber(text, out time);
    }

    /// <summary>Reads <c>YYYY-MM-DDThh:mm[:ss[.f...]]</c> and <c>Z</c>, <c>+hh:mm</c>, <c>+hhmm</c> or <c>+hh</c>.</summary>
    /// <remarks>ISO 8601-1:2019, 5.4.2, in the extended format; RFC 3339, 5.6 lets lower case and a space for the T pass. Fractions are cut to milliseconds.</remarks>
    private static DeviceTimeFault FromDate(ReadOnlySpan<byte> text, out Instant time)
    {
        time = default;
        if (!Digits(ref text, 4, out var year) || !Take(ref text, '-') || !Digits(ref text, 2, out var month) || !Take(ref text, '-')
            || !Digits(ref text, 2, out var day))
        {
            return DeviceTimeFault.NotATime;
        }

        if (text.IsEmpty)
        {
            return DeviceTimeFault.NoOffset;
        }

        if (!(Take(ref text, 'T') || Take(ref text, 't') || Take(ref text, ' ')) || !Digits(ref text, 2, out var hour) || !Take(ref text, ':')
            || !Digits(ref text, 2, out var minute))
        {
            return DeviceTimeFault.NotATime;
        }

        var second = 0;
        var millisecond = 0;
        if (Take(ref text, ':') && (!Digits(ref text, 2, out second) || !Fraction(ref text, out millisecond)))
        {
            return DeviceTimeFault.NotATime;
        }

        // Second 60 is a leap second; it becomes the second after it, as Unix time has none.
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return DeviceTimeFault.NotATime;
        }

        if (text.IsEmpty)
        {
            return DeviceTimeFault.NoOffset;
        }

        if (!Offset(ref text, out var offsetMinutes) || !text.IsEmpty)
        {
            return DeviceTimeFault.NotATime;
        }

        var days = (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Days;
        var milliseconds = ((((days * 24L) + hour) * 60 + minute - offsetMinutes) * 60 + second) * 1000 + millisecond;
        if (milliseconds < 0)
        {
            return DeviceTimeFault.BeforeEpoch;
        }

        if (milliseconds > GreatestMilliseconds)
        {
            return DeviceTimeFault.TooLarge;
        }

        time = new Instant(milliseconds);
        return DeviceTimeFault.None;
    }

    private static bool Offset(ref ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (Take(ref text, 'Z') || Take(ref text, 'z'))
        {
            return true;
        }

        var sign = Take(ref text, '+') ? 1 : Take(ref text, '-') ? -1 : 0;
        if (sign == 0 || !Digits(ref text, 2, out var hours))
        {
            return false;
        }

        var rest = 0;
        if (Take(ref text, ':') ? !Digits(ref text, 2, out rest) : !text.IsEmpty && !Digits(ref text, 2, out rest))
        {
            return false;
        }

        minutes = sign * ((hours * 60) + rest);
        return hours <= 23 && rest <= 59;
    }

    private static bool Fraction(ref ReadOnlySpan<byte> text, out int millisecond)
    {
        millisecond = 0;
        if (!Take(ref text, '.') && !Take(ref text, ','))
        {
            return true;
        }

        var weight = 100;
        var digits = 0;
        while (!text.IsEmpty && char.IsAsciiDigit((char)text[0]))
        {
            millisecond += (text[0] - '0') * weight;
            weight /= 10;
            digits++;
            text = text[1..];
        }

        return digits > 0;
    }

    private static bool Digits(ref ReadOnlySpan<byte> text, int count, out int number)
    {
        number = 0;
        if (text.Length < count)
        {
            return false;
        }

        for (var index = 0; index < count; index++)
        {
            var digit = text[index] - '0';
            if (digit is < 0 or > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        text = text[count..];
        return true;
    }

    private static bool Take(ref ReadOnlySpan<byte> text, char expected)
    {
        if (text.IsEmpty || text[0] != expected)
        {
            return false;
        }

        text = text[1..];
        return true;
    }
}
