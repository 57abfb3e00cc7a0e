using IoTGateway.Readings;

namespace IoTGateway.Rules.Evaluation;

/// <summary>What the engine needs to know of a signal or derived signal. Durations are milliseconds.</summary>
internal sealed class SlotInfo
{
    /// <summary>The id used in rules.</summary>
    public required string Id { get; init; }

    /// <summary>The signal; null for a derived one.</summary>
    public Signal? Signal { get; init; }

    /// <summary>How a derived signal is computed; null for a raw one.</summary>
    public NumberNode? Derivation { get; init; }

    /// <summary>What a derived signal is computed from.</summary>
    public int[] Inputs { get; init; } = [];

    /// <summary>After this time without a value a monitored signal is missing; <see cref="SlotState.None"/>: never.</summary>
    public long MissingAfter { get; init; } = SlotState.None;

    /// <summary>After this time a value is unknown to conditions: <c>missing after</c>, else <c>valid for</c>, else never.</summary>
    public long ExpiresAfter { get; init; } = SlotState.None;

    /// <summary>Words in a device's own alarms that say that the sensor is not on the patient; normalised.</summary>
    public IReadOnlyList<string> SensorOff { get; init; } = [];

    /// <summary>The rules that read it, in order.</summary>
    public int[] Rules { get; set; } = [];

    /// <summary>The derived signals that depend on it, directly or not, as slots in the order of computation.</summary>
    public int[] Derived { get; set; } = [];
}
