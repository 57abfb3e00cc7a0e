namespace IoTGateway.Readings.Decoding;

/// <summary>What is wrong with a device's time.</summary>
internal enum DeviceTimeFault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Neither a number nor a date and time.</summary>
    NotATime,

    /// <summary>A date and time that could be of any time zone.</summary>
    NoOffset,

    /// <summary>A time before 1970: no device's clock.</summary>
    BeforeEpoch,

    /// <summary>
    /// A time beyond the year 9999: microseconds or nanoseconds, most likely. Taken at its word it would be a clock far ahead, which is not believed,
    /// and old data would pass for live.
    /// </summary>
    TooLarge,
}
