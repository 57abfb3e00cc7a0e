namespace IoTGateway.Rules.Evaluation;

/// <summary>How the value of a slot is computed from other slots before it.</summary>
internal abstract class Computation
{
    /// <summary>What it reads.</summary>
    public ReadSet Reads { get; } = new();

    /// <summary>The signals it comes from, directly or not.</summary>
    public required int[] Signals { get; init; }

    /// <summary>How long it is known after its oldest signal was measured; <see cref="SlotState.None"/> where the signals alone decide.</summary>
    public long ValidFor { get; init; } = SlotState.None;

    /// <summary>Whether its value may be a range, so that there are no edges between which it may move unnoticed.</summary>
    public virtual bool IsInterval => false;

    /// <summary>Computes it, questionable values included.</summary>
    public abstract Interval Compute(in Frame frame, out bool questionable);

    /// <summary>What is known of it without questionable values, while <see cref="Compute"/> says that it is questionable.</summary>
    public virtual Interval Trusted(in Frame frame) => Interval.Unknown;

    /// <summary>What it lacks to be complete, in words.</summary>
    public virtual void Lacking(in Frame frame, ICollection<string> parts)
    {
        // Only scores can be incomplete.
    }

    /// <summary>Whether anything it reads is questionable.</summary>
    protected bool AnyQuestionable(in Frame frame)
    {
        foreach (var slot in Reads.Slots)
        {
            if (frame.IsQuestionable(slot))
            {
                return true;
            }
        }

        return false;
    }
}
