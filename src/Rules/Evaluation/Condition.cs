namespace IoTGateway.Rules.Evaluation;

/// <summary>A condition on a patient's values: true, false, or unknown for want of data.</summary>
internal abstract class Condition
{
    /// <summary>Its truth now.</summary>
    public abstract Truth Evaluate(in Frame frame);

    /// <summary>Notes what it reads.</summary>
    public abstract void Collect(ReadSet reads);

    /// <summary>The single comparison that makes it so, to tell people why.</summary>
    /// <param name="frame">The values.</param>
    /// <param name="truth">What the condition as a whole is.</param>
    public abstract LeafCondition Deciding(in Frame frame, Truth truth);

    /// <summary>Why it is so, in words.</summary>
    /// <param name="frame">The values.</param>
    /// <param name="truth">What the condition as a whole is.</param>
    /// <param name="asked">Whether it is told as what was asked for; else as what is over.</param>
    public virtual string Words(in Frame frame, Truth truth, bool asked) => Deciding(in frame, truth).Words(in frame, asked);
}
