namespace IoTGateway.Readings.Census;

/// <summary>A census as met in the log.</summary>
/// <param name="LogAddress">Where its record stands in the log.</param>
/// <param name="From">From when on it holds.</param>
/// <param name="Census">Who is where.</param>
public sealed record CensusChange(long LogAddress, Instant From, WardCensus Census)
{
    /// <summary>What its record says of itself; null for one that says only who is where.</summary>
    public CensusNote? Note { get; init; }
}
