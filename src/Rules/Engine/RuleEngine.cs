using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

/// <summary>
/// The engine: readings, ticks and rule sets in, alert transitions out. Its output is a function of its ordered inputs; it has no clock, no
/// randomness and no threads of its own. One thread at a time.
/// </summary>
/// <remarks>
/// Each patient has a row per signal and a row per alert. A value that changes marks the rules that read its signal; only those are evaluated.
/// Nothing is armed per reading: each patient has one "next due" time, which may be too early (then looking finds nothing due and corrects it)
/// but never too late. A tick is a scan of those times.
/// </remarks>
public sealed partial class RuleEngine : IRuleEngine
{
    private readonly Dictionary<string, int> _handles = new(StringComparer.Ordinal);
    private RuleProgram _program = RuleProgram.Empty;

    // By handle; a removed patient leaves null, and its place is the next one given away.
    private PatientState?[] _patients = new PatientState?[16];
    private long[] _nextDue = new long[16];
    private int _count;

    // Scratch of the reading being taken in: rules to evaluate, derived signals to compute.
    private ulong[] _dirtyRules = [];
    private bool[] _dirtyDerived = [];
    private bool _anyDerived;

    /// <inheritdoc/>
    public RuleSet? Rules { get; private set; }

    /// <inheritdoc/>
    public bool IsMigrating => false;

    /// <inheritdoc/>
    public IReadOnlyList<LatestValue> LatestValues(string patient)
    {
        if (!_handles.TryGetValue(patient, out var handle))
        {
            return [];
        }

        var values = new List<LatestValue>();
        var slots = _patients[handle]!.Slots;
        for (var slot = 0; slot < _program.Catalogue.Signals.Length; slot++)
        {
            ref readonly var state = ref slots[slot];
            if (state.Newest != SlotState.Never)
            {
                values.Add(new LatestValue(_program.Catalogue.Signals[slot], state.NewestValue, state.NewestQuality, new Instant(state.Newest)));
            }
        }

        return values;
    }

    /// <inheritdoc/>
    public Explanation? Explain(string patient, string alert) => null;

    private void UseProgram(RuleProgram program)
    {
        _program = program;
        _dirtyRules = new ulong[(program.Rules.Length + 63) / 64];
        _dirtyDerived = new bool[program.Slots.Length];
        _anyDerived = false;
    }

    /// <summary>A time and a span without running over the end of time.</summary>
    private static long Later(long time, long span) =>
        span == SlotState.None || time > SlotState.None - 1 - span ? SlotState.None : time + span;
}
