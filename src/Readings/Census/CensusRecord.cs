namespace IoTGateway.Readings.Census;

/// <summary>A census as it stands in the log: JSON with a format number, the time from which it holds, and the beds.</summary>
public sealed record CensusRecord(Instant From, WardCensus Census)
{
    /// <summary>The body of the log record, in UTF-8.</summary>
    public byte[] Write() => throw new NotImplementedException();

    /// <summary>Reads the body of a log record. Throws <see cref="InvalidDataException"/> if it is none.</summary>
    public static CensusRecord Read(ReadOnlySpan<byte> body) => throw new NotImplementedException();
}
