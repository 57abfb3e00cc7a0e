namespace IoTGateway.Readings;

/// <summary>The rules by which a reading's three times hang together.</summary>
public static class ReadingTime
{
    /// <summary>A reading older than this at receipt is late.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(60);

    /// <summary>A device time further ahead of receipt than this is not believed.</summary>
    public static readonly TimeSpan AheadAtMost = TimeSpan.FromSeconds(60);

    /// <summary>The corrected time of a reading without a learned clock offset.</summary>
    public static Instant Correct(Instant? deviceTime, Instant received) =>
        deviceTime is { } time && time - received <= AheadAtMost ? time : received;
}
