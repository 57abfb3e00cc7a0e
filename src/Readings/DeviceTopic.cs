namespace IoTGateway.Readings;

/// <summary>The topics of devices: <c>devices/{device}/vitals</c> and <c>devices/{device}/status</c>.</summary>
public static class DeviceTopic
{
    /// <summary>The first level of every device topic, with its slash.</summary>
    public const string Prefix = "devices/";

    /// <summary>The last level of a topic of readings, with its slash.</summary>
    public const string VitalsSuffix = "/vitals";

    /// <summary>The last level of a topic of device states, with its slash.</summary>
    public const string StatusSuffix = "/status";

    /// <summary>The topic on which this device publishes its readings.</summary>
    public static string Vitals(string device) => Prefix + device + VitalsSuffix;

    /// <summary>The topic on which this device publishes its state.</summary>
    public static string Status(string device) => Prefix + device + StatusSuffix;

    /// <summary>Which kind of device topic it is; <see cref="DeviceTopicKind.None"/> for any other.</summary>
    /// <param name="utf8Topic">The topic name in UTF-8.</param>
    /// <param name="device">The part that names the device.</param>
    public static DeviceTopicKind Parse(ReadOnlySpan<byte> utf8Topic, out ReadOnlySpan<byte> device)
    {
        device = default;
        if (!utf8Topic.StartsWith("devices/"u8))
        {
            return DeviceTopicKind.None;
        }

        var rest = utf8Topic["devices/"u8.Length..];
        var slash = rest.IndexOf((byte)'/');
        if (slash <= 0)
        {
            return DeviceTopicKind.None;
        }

        device = rest[..slash];
        var leaf = rest[(slash + 1)..];
        return leaf.SequenceEqual("vitals"u8) ? DeviceTopicKind.Vitals
            : leaf.SequenceEqual("status"u8) ? DeviceTopicKind.Status
            : DeviceTopicKind.None;
    }

    /// <summary>The device of a vitals or status topic; null for any other topic.</summary>
    public static string? DeviceOf(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        if (!topic.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var slash = topic.IndexOf('/', Prefix.Length);
        return slash > Prefix.Length && topic.AsSpan(slash) is VitalsSuffix or StatusSuffix ? topic[Prefix.Length..slash] : null;
    }
}
