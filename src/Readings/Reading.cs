namespace IoTGateway.Readings;

/// <summary>What one device, or one person, said of one moment. Reused from message to message: do not keep a reference, copy what you need.</summary>
public sealed class Reading
{
    /// <summary>When the device says it measured; null where it did not say.</summary>
    public Instant? DeviceTime { get; set; }

    /// <summary>When the gateway received it; never decreases within the log.</summary>
    public Instant ReceivedTime { get; set; }

    /// <summary>The time that counts: the device's with the learned offset of its clock, but never after receipt. See <see cref="ReadingTime.Correct"/>.</summary>
    public Instant CorrectedTime { get; set; }

    /// <summary>
    /// Whether a person took it and wrote it down. Such a reading is never late: it was not kept back, and it counts for as long as its signals are valid
    /// from the moment at which it was taken. Only such a reading can take values back (<see cref="Quality.Retracted"/>).
    /// </summary>
    public bool IsTakenByHand { get; set; }

    /// <summary>Corrected time more than 60 s before receipt: stored and drawn, never opens, clears or re-arms a live alert.</summary>
    public bool IsLate => !IsTakenByHand && ReceivedTime - CorrectedTime > ReadingTime.LateAfter;

    /// <summary>The device's own counter, to count gaps; null where it sends none.</summary>
    public long? Sequence { get; set; }

    /// <summary>The values, each signal at most once.</summary>
    public List<SignalValue> Values { get; } = [];

    /// <summary>The device's own alarms as it words them, for example "asystole" or "leads off".</summary>
    public List<string> DeviceAlarms { get; } = [];

    /// <summary>Whether the device spoke of its alarms at all; with no <see cref="DeviceAlarms"/> it then says that none is on.</summary>
    public bool ReportsAlarms { get; set; }

    /// <summary>Empties it for the next use.</summary>
    internal void Clear()
    {
        DeviceTime = null;
        IsTakenByHand = false;
        ReceivedTime = default;
        CorrectedTime = default;
        Sequence = null;
        Values.Clear();
        DeviceAlarms.Clear();
        ReportsAlarms = false;
    }
}
