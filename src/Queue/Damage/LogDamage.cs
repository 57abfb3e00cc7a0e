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

    /// <summary>A checkpoint that cannot be read. It was made from records that are still there, or the older one would not do: nothing is lost.</summary>
    /// <param name="file">Its file name.</param>
    /// <param name="position">Its place in the log.</param>
    internal static LogDamage OfCheckpoint(string file, LogPosition position) =>
        new(file, 0, position, position, "this checkpoint cannot be read, so the one before it is used", RecordsLost: 0, []);

    /// <summary>Whether it is of a checkpoint, not of records.</summary>
    public bool IsOfCheckpoint => Segment.EndsWith(".checkpoint", StringComparison.Ordinal);

    /// <summary>Whether this is no news beside another: the same place, or one within it.</summary>
    public bool IsPartOf(LogDamage other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.From <= From && To <= other.To && other.Segment == Segment;
    }

    /// <summary>One sentence for a person: where, what, and which numbers of the first topics are missing.</summary>
    public override string ToString() =>
        Missing.Count == 0 ? Summary : $"{Summary[..^1]}: {string.Join(", ", Missing.Take(TopicsInWords))}{More()}.";

    /// <summary>The sentence without the topics.</summary>
    public string Summary => IsOfCheckpoint
        ? $"{Segment}: {What}; nothing is lost."
        : string.Create(CultureInfo.InvariantCulture, $"{Segment}, byte {Offset}: {What}; {To.Address - From.Address} bytes, {Lost}.");

    private string Lost => RecordsLost switch
    {
        null => "how many records are lost cannot be told",
        1 => "1 record is lost",
        { } count => string.Create(CultureInfo.InvariantCulture, $"{count} records are lost"),
    };

    private string More() =>
        Missing.Count <= TopicsInWords ? "" : string.Create(CultureInfo.InvariantCulture, $" and {Missing.Count - TopicsInWords} more, which `iotgateway queue verify` lists");
}
