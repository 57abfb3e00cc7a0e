namespace IoTGateway.Rules.Evaluation;

/// <summary>The opposite; the opposite of unknown is unknown.</summary>
internal sealed class NotCondition(Condition operand) : Condition
{
    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame) => Truth.True - (int)operand.Evaluate(in frame);

    /// <inheritdoc/>
    public override LeafCondition Deciding(in Frame frame, Truth truth) => operand.Deciding(in frame, Truth.True - (int)truth);
}
