using System.Globalization;

namespace IoTGateway.Readings;

/// <summary>A point in time, counted in whole milliseconds since 1970-01-01T00:00:00Z (Unix time).</summary>
/// <remarks>Devices, the log and the store all count in milliseconds; one type keeps seconds and milliseconds from being mixed.</remarks>
/// <param name="UnixMilliseconds">Milliseconds since the Unix epoch; negative before it.</param>
public readonly record struct Instant(long UnixMilliseconds) : IComparable<Instant>
{
    // 0001-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: what a DateTimeOffset can hold.
    private const long FirstDateMilliseconds = -62_135_596_800_000;
    private const long LastDateMilliseconds = 253_402_300_799_999;

    /// <summary>The earliest instant; used as "never".</summary>
    public static readonly Instant MinValue = new(long.MinValue);

    /// <summary>The latest instant; used as "no end".</summary>
    public static readonly Instant MaxValue = new(long.MaxValue);

    /// <summary>The instant of a date with its offset, cut to whole milliseconds.</summary>
    public static Instant From(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());

    /// <summary>The present instant of a clock.</summary>
    public static Instant Now(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return From(clock.GetUtcNow());
    }

    /// <summary>The same instant as a UTC date. Throws <see cref="ArgumentOutOfRangeException"/> outside the years 1 to 9999.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds);

    /// <inheritdoc/>
    public int CompareTo(Instant other) => UnixMilliseconds.CompareTo(other.UnixMilliseconds);

    /// <summary>The instant this much later.</summary>
    public static Instant operator +(Instant time, TimeSpan span) => new(time.UnixMilliseconds + (long)span.TotalMilliseconds);

    /// <summary>The instant this much earlier.</summary>
    public static Instant operator -(Instant time, TimeSpan span) => new(time.UnixMilliseconds - (long)span.TotalMilliseconds);

    /// <summary>The time that passed from <paramref name="right"/> to <paramref name="left"/>.</summary>
    public static TimeSpan operator -(Instant left, Instant right) => TimeSpan.FromMilliseconds(left.UnixMilliseconds - right.UnixMilliseconds);

    /// <summary>Whether left is earlier than right.</summary>
    public static bool operator <(Instant left, Instant right) => left.UnixMilliseconds < right.UnixMilliseconds;

    /// <summary>Whether left is later than right.</summary>
    public static bool operator >(Instant left, Instant right) => left.UnixMilliseconds > right.UnixMilliseconds;

    /// <summary>Whether left is not later than right.</summary>
    public static bool operator <=(Instant left, Instant right) => left.UnixMilliseconds <= right.UnixMilliseconds;

    /// <summary>Whether left is not earlier than right.</summary>
    public static bool operator >=(Instant left, Instant right) => left.UnixMilliseconds >= right.UnixMilliseconds;

    /// <summary>The later of two instants.</summary>
    public static Instant Later(Instant left, Instant right) => left > right ? left : right;

    /// <summary>
    /// ISO 8601 in UTC with milliseconds, for example 2026-11-22T20:40:00.000Z; outside the years 1 to 9999 the bare number, for example
    /// "Unix -9223372036854775808 ms": a text for people must never throw.
    /// </summary>
    public override string ToString() =>
        UnixMilliseconds is >= FirstDateMilliseconds and <= LastDateMilliseconds
            ? ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"Unix {UnixMilliseconds} ms");
}
