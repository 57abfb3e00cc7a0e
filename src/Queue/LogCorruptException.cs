namespace IoTGateway.Queue;

/// <summary>Bytes of the log are not what was written.</summary>
/// <param name="segment">The segment's file.</param>
/// <param name="offset">The byte in the file at which the damage was found.</param>
/// <param name="what">What is wrong there.</param>
public sealed class LogCorruptException(string segment, long offset, string what)
    : IOException($"{segment}, byte {offset}: {what}.")
{
    /// <summary>The segment's file.</summary>
    public string Segment { get; } = segment;

    /// <summary>The byte in the file at which the damage was found.</summary>
    public long Offset { get; } = offset;
}
