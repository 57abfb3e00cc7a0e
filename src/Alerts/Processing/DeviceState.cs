using IoTGateway.Readings;

namespace IoTGateway.Alerts.Processing;

/// <summary>What is known of a device from its records.</summary>
internal sealed class DeviceState(string name)
{
    public string Name { get; } = name;

    /// <summary>Whether it is connected, as far as its own states tell; null if it never said.</summary>
    public bool? Online { get; set; }

    /// <summary>When its newest reading was received.</summary>
    public Instant? LastReading { get; set; }

    /// <summary>When it last gave a value of a signal (corrected time), by signal id. Only kept where several devices stand at one bed.</summary>
    public Dictionary<string, Instant> LastValues { get; } = new(StringComparer.Ordinal);
}
