using IoTGateway.Readings;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>What the engine needs to know of a slot whatever the patient. Durations are milliseconds.</summary>
internal sealed class SlotInfo
{
    /// <summary>The id used in rules; of what has no name of its own, the expression.</summary>
    public required string Id { get; init; }

    /// <summary>What it holds.</summary>
    public SlotKind Kind { get; init; }

    /// <summary>How its value is written.</summary>
    public Display Display { get; init; } = new("", "", 0);

    /// <summary>Its UCUM unit; empty where it has none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The signal; null for all that is computed.</summary>
    public Signal? Signal { get; init; }

    /// <summary>Of a window: its place in <see cref="ProgramLayout.Windows"/>.</summary>
    public int Window { get; init; } = -1;

    /// <summary>Of a window: what is asked.</summary>
    public WindowFunction Function { get; init; }

    /// <summary>Of what has no name: the expression.</summary>
    public Expression? Expression { get; init; }

    /// <summary>After this time without a value a monitored signal is missing; <see cref="SlotState.None"/>: never.</summary>
    public long MissingAfter { get; init; } = SlotState.None;

    /// <summary>After this time a value is unknown to conditions: <c>missing after</c>, else <c>valid for</c>, else never.</summary>
    public long ExpiresAfter { get; init; } = SlotState.None;

    /// <summary>
    /// Of a signal: the times after its measurement at which its value is too old for somebody (conditions, score tables), the shortest first.
    /// </summary>
    public long[] Lifetimes { get; init; } = [];

    /// <summary>The place of a lifetime; the number of them for one that never ends.</summary>
    public int LifetimeOf(long span) => Array.IndexOf(Lifetimes, span) is >= 0 and var place ? place : Lifetimes.Length;

    /// <summary>Of a signal: the place of <see cref="ExpiresAfter"/> among the lifetimes.</summary>
    public int ConditionLifetime { get; init; }

    /// <summary>Whether some of its numbers are declared to be no value, so that <c>is no value</c> can be asked.</summary>
    public bool TellsNoValue => Signal?.NoValueAtOrBelow is not null;

    /// <summary>Words in a device's own alarms that say that the sensor is not on the patient; normalised.</summary>
    public IReadOnlyList<string> SensorOff { get; init; } = [];

    /// <summary>Of a signal: the windows over it, as places in <see cref="ProgramLayout.Windows"/>.</summary>
    public int[] Windows { get; set; } = [];
}
