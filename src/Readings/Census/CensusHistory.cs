namespace IoTGateway.Readings.Census;

/// <summary>
/// Every census met in the log so far, so that a reading can be given to whoever had the device at its corrected time.
/// Not thread-safe: each consumer keeps its own, so that it knows just what stood before its place in the log.
/// </summary>
public sealed class CensusHistory
{
    /// <summary>Takes over a census that is in force from <paramref name="from"/> on.</summary>
    /// <param name="logAddress">Where its record stands in the log; one that is already known is passed over.</param>
    /// <param name="from">From when on it holds.</param>
    /// <param name="census">Who is where.</param>
    public void Apply(long logAddress, Instant from, WardCensus census) => throw new NotImplementedException();

    /// <summary>The census in force now (the last applied), or <see cref="WardCensus.Empty"/>.</summary>
    public WardCensus Current => throw new NotImplementedException();

    /// <summary>A copy that knows only what stands before a place of the log.</summary>
    public CensusHistory Before(long logAddress) => throw new NotImplementedException();

    /// <summary>To whom this device belonged at this time. Before the first census a device is unassigned.</summary>
    public Assignment AssignmentOf(string device, Instant at) => throw new NotImplementedException();
}
