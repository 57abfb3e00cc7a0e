namespace IoTGateway.Rules.Evaluation;

/// <summary>A condition on a patient's values: true, false, or unknown for want of data.</summary>
internal abstract class Condition
{
    /// <summary>Its truth now.</summary>
    public abstract Truth Evaluate(in Frame frame);

    /// <summary>The single comparison that makes it so, to tell people why.</summary>
    /// <param name="frame">The values.</param>
    /// <param name="truth">What the condition as a whole is.</param>
    public abstract LeafCondition Deciding(in Frame frame, Truth truth);
}
