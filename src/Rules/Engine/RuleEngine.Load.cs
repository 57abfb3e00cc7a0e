using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    /// <summary>How many patients an Advance brings under new rules. Each takes some microseconds; together they must not hold up a reading for long.</summary>
    private const int MigrationsPerAdvance = 1_000;

    private const string RuleChanged = "rule changed";
    private const string RuleRemoved = "rule removed";

    // Patients with handles below this one are under the rules in force.
    private int _migrated;

    // When patients were last told to wait anew.
    private long _waitsFrom = SlotState.Never;

    /// <inheritdoc/>
    public bool IsMigrating => _migrated < _count;

    /// <inheritdoc/>
    /// <remarks>
    /// An alert is the same one if its name is the same, or one of the earlier names that its rule lists. What becomes of it says docs/rule-semantics.md.
    /// A patient who is not brought over at once is when he is next touched: his timers up to the load fire under the rules before, then everything
    /// happens at the instant of the load, and what came due since fires.
    /// </remarks>
    public void Load(RuleSet rules, Instant time, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(output);
        var now = time.UnixMilliseconds;
        FireAllDue(now, output);
        GoOver(Follow(rules, now), output);
    }

    /// <summary>Puts rules behind those in force; nobody is under them before <see cref="GoOver"/>.</summary>
    internal LoadedRules Follow(RuleSet rules, long now) => _loaded.Follow(rules, now);

    /// <summary>Puts the rules that follow those in force into force. All that is due by then has fired.</summary>
    internal void GoOver(LoadedRules next, ICollection<AlertTransition> output)
    {
        _loaded = next;
        _migrated = 0;
        MakeScratch(next.Programs);
        for (var handle = 0; handle < _count; handle++)
        {
            if (_isLive[handle])
            {
                CatchUp(_patients[handle]!, output);
            }
        }
    }

    /// <summary>Room for the marks of a program; what there is stays, since some patients may still be under the rules before.</summary>
    private void MakeScratch(ProgramCompiler programs)
    {
        Array.Resize(ref _dirtyRules, Math.Max(_dirtyRules.Length, (programs.Definition.Rules.Length + 63) / 64));
        Array.Resize(ref _dueRules, _dirtyRules.Length);
        Array.Resize(ref _takenOut, Math.Max(_takenOut.Length, programs.Definition.Rules.Length));
        Array.Resize(ref _dirtySlots, Math.Max(_dirtySlots.Length, (programs.Layout.Slots.Length + 63) / 64));
    }

    /// <summary>Brings some more patients under the rules in force, in the order of the handles.</summary>
    internal void MigrateSome(ICollection<AlertTransition> output)
    {
        for (var end = Math.Min(_count, _migrated + MigrationsPerAdvance); _migrated < end; _migrated++)
        {
            if (_patients[_migrated] is { } patient)
            {
                CatchUp(patient, output);
            }
        }
    }

    /// <summary>Brings a patient under the rules in force, through all that came between, in order.</summary>
    private void CatchUp(PatientState patient, ICollection<AlertTransition> output)
    {
        if (ReferenceEquals(patient.Rules, _loaded))
        {
            return;
        }

        while (patient.Rules.Next is { } next)
        {
            FireTimers(patient, next.At, including: true, output);
            Migrate(patient, Math.Max(patient.Clock, next.At), output);
        }

        FireTimers(patient, _passed, including: true, output);
    }

    private void Migrate(PatientState patient, long now, ICollection<AlertTransition> output)
    {
        patient.Clock = now;
        foreach (var removed in patient.Rules.CarryOver!.Removed)
        {
            if (patient.Alerts.Find(removed) >= 0)
            {
                EndAlert(patient, removed, now, RuleRemoved, output);
            }
        }

        ClearMarks();
        patient.GoOver(_takenOut);
        for (var index = 0; index < patient.Signals.Length; index++)
        {
            ref var slot = ref patient.Signals[index];
            var info = patient.Program.Layout.Slots[index];
            slot.Age(info, now);
            slot.Missing &= slot.MonitoredFrom != SlotState.None && slot.MissingAt(info) <= now;
        }

        WaitFor(patient, Math.Max(now, _waitsFrom));
        PassTimeOfAll(patient, now);
        MarkEverything(patient);
        Settle(patient, now, fires: false, output);
        Rearm(patient);
    }

    /// <summary>What the new rules say of signals that are out of date already.</summary>
    private void PassTimeOfAll(PatientState patient, long now)
    {
        patient.Due = now;
        PassTime(patient, now);
    }

    /// <summary>Tells what a change of the rules has made of an alert. Returns whether the alert still has to be evaluated.</summary>
    private bool TellCarried(PatientState patient, CompiledRule rule, int place, ReadOnlySpan<Truth> seen, in Frame frame, ICollection<AlertTransition> output)
    {
        ref var cell = ref patient.Alerts[place];
        var carried = cell.Carried;
        cell.Carried = CarriedAs.Same;
        if (carried == CarriedAs.Changed && !cell.IsRaised)
        {
            BeginAnew(patient, rule, place, seen, in frame, output);
            return false;
        }

        var wasActive = cell.State == AlertState.Active;
        if (carried == CarriedAs.Changed)
        {
            cell.State = AlertState.Active;
            cell.Turning = SlotState.None;
            cell.StopWaiting(CompiledRule.MostLevels - 1);
        }

        cell.Unverified = cell.State == AlertState.Active && IsUnverified(rule, in frame);
        cell.SuppressedBy = SuppressorOf(rule, in frame);
        var words = carried == CarriedAs.Changed ? RuleChanged
            : $"priority changed from {NameOf(cell.PriorityBefore)} to {NameOf(rule.Levels[cell.Level].Priority)}";
        Tell(
            patient, rule, ref cell, isUpdate: wasActive || carried != CarriedAs.Changed, TransitionReasons.Outside(words, rule, cell.Level, in frame), in frame,
            output);
        return true;
    }

    /// <summary>All waiting of a pending alert whose rule has changed begins at the load.</summary>
    private void BeginAnew(PatientState patient, CompiledRule rule, int place, ReadOnlySpan<Truth> seen, in Frame frame, ICollection<AlertTransition> output)
    {
        ref var cell = ref patient.Alerts[place];
        cell.StopWaiting(CompiledRule.MostLevels - 1);
        var reached = Wait(ref cell, rule, seen, frame.Now);
        var level = Math.Max(reached, cell.HighestWaiting);
        if (level < 0)
        {
            cell.SuppressedBy = SuppressorOf(rule, in frame);
            End(patient, rule, place, frame.Now, TransitionReasons.Outside(RuleChanged, rule, cell.Level, in frame), output);
            return;
        }

        cell.Since = frame.Now;
        var reason = TransitionReasons.Outside(RuleChanged, rule, reached >= 0 ? reached : level, in frame);
        if (reached >= 0)
        {
            Raise(patient, rule, place, reached, reason, in frame, output);
            return;
        }

        cell.Level = (byte)level;
        cell.Unverified = Trusted(rule, in frame) != Truth.True;
        cell.SuppressedBy = SuppressorOf(rule, in frame);
        Tell(patient, rule, ref cell, isUpdate: true, reason, in frame, output);
        Arm(patient, rule, ref cell);
    }

    private static bool IsUnverified(CompiledRule rule, in Frame frame)
    {
        Span<Truth> trusted = stackalloc Truth[CompiledRule.MostLevels];
        var trustedFrame = frame.With(trustedOnly: true);
        var any = EvaluateLevels(rule, in trustedFrame, trusted);
        return any == Truth.Unknown || (any == Truth.False && rule.ClearWhen is not null && rule.ClearWhen.Evaluate(in trustedFrame) == Truth.Unknown);
    }

    private static string NameOf(AlertPriority priority) => priority.ToString().ToLowerInvariant();
}
