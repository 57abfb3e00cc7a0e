namespace IoTGateway.Readings.Census;

/// <summary>That a device belonged to somebody else between two times than was known then: a change of who is where was undone.</summary>
/// <param name="LogAddress">Where the record that undid it stands in the log.</param>
/// <param name="Device">The device.</param>
/// <param name="From">From when on.</param>
/// <param name="Until">The instant behind the last: when it was undone. From there on it is what the census says anyway.</param>
/// <param name="Assignment">To whom it belonged.</param>
public sealed record CensusCorrection(long LogAddress, string Device, Instant From, Instant Until, Assignment Assignment);
