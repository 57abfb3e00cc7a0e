using System.Globalization;
using IoTGateway.Readings;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>A day of the store, in UTC: the file <c>yyyy-MM-dd.db</c>. Times outside the years 1 to 9999 go to the first or last day.</summary>
/// <param name="Number">Days since 1970-01-01.</param>
internal readonly record struct StoreDay(int Number) : IComparable<StoreDay>
{
    private const string Extension = ".db";
    private const string DateForm = "yyyy-MM-dd";
    private const long LengthMilliseconds = 24L * 60 * 60 * 1000;
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;
    private static readonly int First = DateOnly.MinValue.DayNumber - Epoch;
    private static readonly int Last = DateOnly.MaxValue.DayNumber - Epoch;

    /// <summary>Its first instant.</summary>
    public Instant Start => new(Number * LengthMilliseconds);

    /// <summary>The instant behind its last.</summary>
    public Instant End => new((Number + 1) * LengthMilliseconds);

    /// <summary>The name of its file.</summary>
    public string FileName => Name + Extension;

    /// <summary>The date, for example 2026-11-22.</summary>
    public string Name => DateOnly.FromDayNumber(Number + Epoch).ToString(DateForm, CultureInfo.InvariantCulture);

    /// <summary>The day into which an instant falls.</summary>
    public static StoreDay Of(Instant time)
    {
        var (days, rest) = Math.DivRem(time.UnixMilliseconds, LengthMilliseconds);
        return new StoreDay((int)Math.Clamp(rest < 0 ? days - 1 : days, First, Last));
    }

    /// <summary>Whether a file name is that of a day file.</summary>
    public static bool TryParse(string fileName, out StoreDay day)
    {
        day = default;
        if (!fileName.EndsWith(Extension, StringComparison.Ordinal)
            || !DateOnly.TryParseExact(fileName.AsSpan(0, fileName.Length - Extension.Length), DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return false;
        }

        day = new StoreDay(date.DayNumber - Epoch);
        return true;
    }

    /// <summary>The days that have a file in a directory, in order.</summary>
    public static List<StoreDay> In(string directory)
    {
        var days = new List<StoreDay>();
        foreach (var path in Directory.EnumerateFiles(directory, "*" + Extension))
        {
            if (TryParse(Path.GetFileName(path), out var day))
            {
                days.Add(day);
            }
        }

        days.Sort();
        return days;
    }

    /// <summary>Whether it also holds all earlier times.</summary>
    public bool IsFirst => Number == First;

    /// <summary>Whether it also holds all later times.</summary>
    public bool IsLast => Number == Last;

    public static bool operator <(StoreDay left, StoreDay right) => left.Number < right.Number;

    public static bool operator >(StoreDay left, StoreDay right) => left.Number > right.Number;

    public static bool operator <=(StoreDay left, StoreDay right) => left.Number <= right.Number;

    public static bool operator >=(StoreDay left, StoreDay right) => left.Number >= right.Number;

    /// <inheritdoc/>
    public int CompareTo(StoreDay other) => Number.CompareTo(other.Number);
}
