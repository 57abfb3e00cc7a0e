using IoTGateway.Readings;
using IoTGateway.Rules.Engine;

namespace IoTGateway.Rules.Evaluation;

/// <summary>What an evaluation sees: one patient at one instant.</summary>
/// <param name="patient">The patient.</param>
/// <param name="program">The rules as they are for this patient.</param>
/// <param name="now">The instant, Unix milliseconds.</param>
/// <param name="trustedOnly">Whether questionable values count as unknown.</param>
internal readonly struct Frame(PatientState patient, RuleProgram program, long now, bool trustedOnly)
{
    /// <summary>The rules as they are for this patient.</summary>
    public RuleProgram Program { get; } = program;

    /// <summary>The instant, Unix milliseconds.</summary>
    public long Now { get; } = now;

    /// <summary>Whether questionable values count as unknown.</summary>
    public bool TrustedOnly { get; } = trustedOnly;

    /// <summary>The same with or without questionable values.</summary>
    public Frame With(bool trustedOnly) => new(patient, Program, Now, trustedOnly);

    /// <summary>The state of a signal.</summary>
    public ref readonly SlotState Signal(int slot) => ref patient.Signals[slot];

    /// <summary>The state of what is computed.</summary>
    public ref readonly DerivedState Derived(int slot) => ref patient.Derived[slot - patient.Signals.Length];

    /// <summary>Whether a slot is a signal.</summary>
    public bool IsSignal(int slot) => slot < patient.Signals.Length;

    /// <summary>A slot as conditions see it.</summary>
    public Interval ValueOf(int slot)
    {
        if (slot < patient.Signals.Length)
        {
            ref readonly var signal = ref patient.Signals[slot];
            return TrustedOnly && signal.Quality == Quality.Questionable ? Interval.Unknown : Interval.Of(signal.Present);
        }

        ref readonly var derived = ref patient.Derived[slot - patient.Signals.Length];
        return TrustedOnly && derived.Questionable ? Program.ComputationOf(slot).Trusted(in this) : derived.Value;
    }

    /// <summary>A slot as a score table sees it: a signal for the table's own time, questionable or not.</summary>
    public Interval ValueForScore(int slot, int lifetime)
    {
        if (slot < patient.Signals.Length)
        {
            ref readonly var signal = ref patient.Signals[slot];
            return signal.Lapsed <= lifetime ? Interval.Of(signal.Value) : Interval.Unknown;
        }

        return patient.Derived[slot - patient.Signals.Length].Value;
    }

    /// <summary>Whether what is present in a slot is questionable.</summary>
    public bool IsQuestionable(int slot) => slot < patient.Signals.Length
        ? patient.Signals[slot].Quality == Quality.Questionable || patient.Signals[slot].ReadsQuestionable
        : patient.Derived[slot - patient.Signals.Length].Questionable;

    /// <summary>The state of a window.</summary>
    public ref readonly WindowState Window(int window) => ref patient.Windows[window];

    /// <summary>Whether the alert of a rule is raised; trusted, it is unknown while it stands unverified.</summary>
    public Truth IsRaised(int rule)
    {
        var cell = patient.Alerts.Find(rule);
        return cell < 0 || !patient.Alerts[cell].IsRaised ? Truth.False
            : TrustedOnly && patient.Alerts[cell].Unverified ? Truth.Unknown
            : Truth.True;
    }

    /// <summary>Whether the alert of a rule stands unverified.</summary>
    public bool IsUnverified(int rule)
    {
        var cell = patient.Alerts.Find(rule);
        return cell >= 0 && patient.Alerts[cell] is { IsRaised: true, Unverified: true };
    }

    /// <summary>What an incomplete score lacks: ", temperature 6 h old, AVPU never measured".</summary>
    public string Lacking(int slot)
    {
        var lacking = new List<string>();
        Program.ComputationOf(slot).Lacking(in this, lacking);
        return string.Concat(lacking.Distinct(StringComparer.Ordinal).Select(part => $", {part}"));
    }

    /// <summary>
    /// When a slot was measured: of a computed one the oldest signal in it that was ever heard. <see cref="SlotState.Never"/> if none was.
    /// </summary>
    public long MeasuredAt(int slot)
    {
        if (slot < patient.Signals.Length)
        {
            return patient.Signals[slot].Heard;
        }

        var oldest = SlotState.None;
        foreach (var signal in Program.ComputationOf(slot).Signals)
        {
            oldest = patient.Signals[signal].Heard == SlotState.Never ? oldest : Math.Min(oldest, patient.Signals[signal].Heard);
        }

        return oldest == SlotState.None ? SlotState.Never : oldest;
    }
}
