namespace IoTGateway.Readings;

/// <summary>The rules by which a reading's three times hang together.</summary>
public static class ReadingTime
{
    /// <summary>A reading older than this at receipt is late.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The corrected time: the device's time and its clock's offset, but never after the time of receipt; without a device time that of receipt.
    /// Nothing is measured after it has arrived, and a reading of the future would hide the true ones behind it (docs/decisions/0005).
    /// </summary>
    /// <param name="deviceTime">When the device says it measured; null where it does not say.</param>
    /// <param name="received">When the gateway received it.</param>
    /// <param name="clockOffset">What has to be added to the device's clock; zero while nothing is known of it.</param>
    public static Instant Correct(Instant? deviceTime, Instant received, TimeSpan clockOffset) =>
        deviceTime is { } time && time + clockOffset is var corrected && corrected < received ? corrected : received;
}
