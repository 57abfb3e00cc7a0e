using IoTGateway.Readings;
using IoTGateway.Readings.Clocks;

namespace IoTGateway.Alerts.Processing;

/// <summary>What is known of a device from its records.</summary>
internal sealed class DeviceState(string name)
{
    public string Name { get; } = name;

    /// <summary>Whether it is connected, as far as its own states tell; null if it never said.</summary>
    public bool? Online { get; set; }

    /// <summary>When its newest reading was received.</summary>
    public Instant? LastReading { get; set; }

    /// <summary>What is added to its clock by now; what was learned last may still be on its way through the log.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>Learns how far its clock is off.</summary>
    public ClockOffsetLearner Clock { get; } = new();

    /// <summary>When the rules were told of its clock's offset last; null: its patient's rules do not know it.</summary>
    public Instant? ClockOffsetTold { get; set; }

    /// <summary>When the rules were told last for how long it has been silent; null while it speaks.</summary>
    public Instant? SilenceTold { get; set; }

    /// <summary>When it last gave a value of a signal (corrected time), by signal id. Only kept where several devices stand at one bed.</summary>
    public Dictionary<string, Instant> LastValues { get; } = new(StringComparer.Ordinal);
}
