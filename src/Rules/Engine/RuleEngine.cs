using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

/// <summary>
/// The engine: readings, ticks and rule sets in, alert transitions out, as docs/rule-semantics.md says. Its output is a function of its ordered inputs;
/// it has no clock, no randomness and no threads of its own. One thread at a time.
/// </summary>
/// <remarks>
/// Each patient has a row per signal and per computed slot, and a cell per alert that is not idle. The fixed numbers with which a slot is compared cut its
/// range into pieces; a patient keeps the ends of the piece the present value is in. A value that stays within cannot change any comparison, and
/// nothing is evaluated; one that leaves it marks the rules that look at the slot, and only those are evaluated.
/// Nothing is armed per reading: each patient has one "next due" time, which may be too early (then looking finds nothing due and corrects it)
/// but never too late. A tick is a scan of those times.
/// </remarks>
public sealed partial class RuleEngine : IRuleEngine
{
    private readonly bool _usesEdges;
    private PatientHandles _handles;
    private LoadedRules _loaded;

    // By handle: the state, when time alone next changes something, whether any alert is not idle. A removed patient leaves null, and its place is the
    // next one given away.
    private PatientState?[] _patients = new PatientState?[16];
    private long[] _nextDue = new long[16];
    private bool[] _isLive = new bool[16];
    private int _count;

    // The latest Advance: a patient who comes under new rules only later has what came due by then made up for. It moves nobody's clock.
    private long _passed = SlotState.Never;

    // Whether time has changed anything since this was last set to false.
    private bool _hasMoved;

    // Scratch of the input being taken in: rules to evaluate and rules whose timers are due, by their place in the order of evaluation; slots to compute.
    private ulong[] _dirtyRules = [];
    private ulong[] _dueRules = [];
    private ulong[] _dirtySlots = [];
    private bool _anyDirtySlot;

    // Scratch of a patient going over to other rules.
    private AlertCell[] _takenOut = [];

    /// <summary>An engine without rules and patients.</summary>
    public RuleEngine()
        : this(usesEdges: true)
    {
    }

    /// <summary>The same; without edges every change of a value evaluates all that looks at it, which has to come to the same.</summary>
    internal RuleEngine(bool usesEdges)
        : this(new PatientHandles(), new LoadedRules(null, SlotState.Never))
    {
        _usesEdges = usesEdges;
    }

    /// <summary>One of several engines, each with its own patients, that give their handles out of one table and are under the same rules.</summary>
    internal RuleEngine(PatientHandles handles, LoadedRules loaded)
    {
        (_handles, _loaded, _usesEdges) = (handles, loaded, true);
    }

    /// <inheritdoc/>
    public RuleSet? Rules => _loaded.Rules;

    /// <inheritdoc/>
    public IReadOnlyList<LatestValue> LatestValues(string patient)
    {
        if (!_handles.TryGet(patient, out var handle))
        {
            return [];
        }

        var values = new List<LatestValue>();
        var state = _patients[handle]!;
        var signals = state.Program.Layout.Catalogue.Signals;
        for (var slot = 0; slot < signals.Length; slot++)
        {
            ref readonly var signal = ref state.Signals[slot];
            if (signal.Newest != SlotState.Never)
            {
                values.Add(new LatestValue(signals[slot], signal.NewestValue, signal.NewestQuality, new Instant(signal.Newest)));
            }
        }

        return values;
    }

    /// <inheritdoc/>
    public IReadOnlyList<LatestScore> LatestScores(string patient)
    {
        if (!_handles.TryGet(patient, out var handle))
        {
            return [];
        }

        var state = _patients[handle]!;
        var program = state.Program;
        var scores = new List<LatestScore>();
        foreach (var slot in program.ShownScores)
        {
            var (info, total) = (program.Layout.Slots[slot], state.Derived[slot - program.Layout.SignalCount]);
            if (!double.IsNaN(total.Low))
            {
                var parts = ((SumComputation)program.ComputationOf(slot)).Parts;
                var most = parts.Max(part => state.Derived[part - program.Layout.SignalCount].Low);
                scores.Add(new LatestScore(info.Id, info.Display.Label, total.Low, total.High, most));
            }
        }

        return scores;
    }

    /// <inheritdoc/>
    /// <remarks>A patient who still waits to be brought under the rules in force is explained under those before.</remarks>
    public Explanation? Explain(string patient, string alert)
    {
        if (!_handles.TryGet(patient, out var handle))
        {
            return null;
        }

        var state = _patients[handle]!;
        foreach (var rule in state.Program.Rules)
        {
            if (rule.Rule.Name == alert || rule.Rule.Slug == alert)
            {
                return new Explainer(state, rule.Rule.Index, Math.Max(state.Clock, _passed)).Explain();
            }
        }

        return null;
    }

    /// <inheritdoc/>
    /// <remarks>A patient who still waits to be brought under the rules in force is explained under those before.</remarks>
    public ExplanationNode? ExplainValue(string patient, string name)
    {
        if (!_handles.TryGet(patient, out var handle) || !_patients[handle]!.Program.Layout.Knows(name))
        {
            return null;
        }

        var state = _patients[handle]!;
        return Explainer.ConditionsOf(state, Math.Max(state.Clock, _passed)).Named(name);
    }

    private PatientState StateOf(int handle) =>
        (uint)handle < (uint)_count && _patients[handle] is { } state
            ? state
            : throw new ArgumentOutOfRangeException(nameof(handle), handle, "There is no patient with this handle.");

    /// <summary>An input happens at its own time, but never before the patient's clock. First what was due before happens.</summary>
    private long Begin(PatientState patient, long time, ICollection<AlertTransition> output)
    {
        CatchUp(patient, output);
        var now = Math.Max(time, patient.Clock);
        if (_nextDue[patient.Handle] <= now)
        {
            FireTimers(patient, now, including: false, output);
            PassTime(patient, now);
        }

        patient.Clock = now;
        return now;
    }
}
