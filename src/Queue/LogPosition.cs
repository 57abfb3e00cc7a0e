namespace IoTGateway.Queue;

/// <summary>
/// A place in the log: the address of a byte, counted from the log's beginning. Grows for ever and is never reused; a segment's file is
/// named after the address of its first byte. There may be gaps between segments.
/// </summary>
/// <param name="Address">Bytes from the log's beginning.</param>
public readonly record struct LogPosition(long Address) : IComparable<LogPosition>
{
    /// <summary>Before everything.</summary>
    public static readonly LogPosition Beginning = new(0);

    /// <inheritdoc/>
    public int CompareTo(LogPosition other) => Address.CompareTo(other.Address);

    /// <summary>Whether left stands before right.</summary>
    public static bool operator <(LogPosition left, LogPosition right) => left.Address < right.Address;

    /// <summary>Whether left stands behind right.</summary>
    public static bool operator >(LogPosition left, LogPosition right) => left.Address > right.Address;

    /// <summary>Whether left does not stand behind right.</summary>
    public static bool operator <=(LogPosition left, LogPosition right) => left.Address <= right.Address;

    /// <summary>Whether left does not stand before right.</summary>
    public static bool operator >=(LogPosition left, LogPosition right) => left.Address >= right.Address;

    /// <summary>The earlier of two places.</summary>
    public static LogPosition Earlier(LogPosition left, LogPosition right) => left < right ? left : right;

    /// <inheritdoc/>
    public override string ToString() => Address.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
