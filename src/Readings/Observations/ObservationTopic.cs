namespace IoTGateway.Readings.Observations;

/// <summary>Where observations stand in the log, and under which device they are stored.</summary>
public static class ObservationTopic
{
    /// <summary>The first level of the topic, with its slash.</summary>
    public const string Prefix = "observations/";

    /// <summary>What stands before the patient in the name of the device under which observations are stored.</summary>
    public const string DevicePrefix = "observation:";

    /// <summary>The topic of what is observed of a patient.</summary>
    public static string Of(string patient) => Prefix + patient;

    /// <summary>The device under which a store keeps what is observed of a patient.</summary>
    public static string DeviceOf(string patient) => DevicePrefix + patient;

    /// <summary>Whether a store's device stands for what people observe.</summary>
    public static bool IsDevice(string device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.StartsWith(DevicePrefix, StringComparison.Ordinal);
    }
}
