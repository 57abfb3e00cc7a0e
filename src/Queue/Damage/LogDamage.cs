using System.Globalization;

namespace IoTGateway.Queue.Damage;

/// <summary>Bytes of the log that are not what was written. Readers go around them; what they held is lost.</summary>
/// <param name="Segment">The segment's file name.</param>
/// <param name="Offset">The first damaged byte in the file; the file's length where the rest, or the file behind it, is missing.</param>
/// <param name="From">The log's address of the first damaged byte.</param>
/// <param name="To">The address at which the log can be read again.</param>
/// <param name="What">What was found, in words.</param>
/// <param name="RecordsLost">How many records the damaged bytes held; null where that cannot be known.</param>
/// <param name="Missing">Which sequence numbers of which topics they were, as far as that can be known.</param>
public sealed record LogDamage(
    string Segment, long Offset, LogPosition From, LogPosition To, string What, long? RecordsLost, IReadOnlyList<MissingSequences> Missing)
{
    private const int TopicsInWords = 5;

    /// <summary>Whether this is no news beside another: the same place, or one within it.</summary>
    public bool IsPartOf(LogDamage other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.From <= From && To <= other.To && other.Segment == Segment;
    }

    /// <summary>One sentence for a person: where, what, and which numbers are missing.</summary>
    public override string ToString()
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"{Segment}, byte {Offset}: {What}; {To.Address - From.Address} bytes");
        var lost = RecordsLost is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "record is" : "records are")} lost") : "how many records are lost cannot be told";
        return Missing.Count == 0 ? $"{where}, {lost}." : $"{where}, {lost}: {string.Join(", ", Missing.Take(TopicsInWords).Select(InWords))}{More()}.";
    }

    private static string InWords(MissingSequences missing) =>
        missing.First == missing.Last
            ? string.Create(CultureInfo.InvariantCulture, $"{missing.Topic} number {missing.First}")
            : string.Create(CultureInfo.InvariantCulture, $"{missing.Topic} numbers {missing.First} to {missing.Last}");

    private string More() =>
        Missing.Count <= TopicsInWords ? "" : string.Create(CultureInfo.InvariantCulture, $" and {Missing.Count - TopicsInWords} more");
}
