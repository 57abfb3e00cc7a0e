namespace IoTGateway.Readings.Clocks;

/// <summary>What a reading taught of its device's clock.</summary>
public enum ClockLesson
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>What was known is still so.</summary>
    Confirmed = 1,

    /// <summary>Another offset: see <see cref="ClockOffsetLearner.Learned"/>.</summary>
    Learned = 2,
}
