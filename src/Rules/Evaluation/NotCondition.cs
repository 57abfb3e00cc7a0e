namespace IoTGateway.Rules.Evaluation;

/// <summary>The opposite.</summary>
internal sealed class NotCondition(Condition operand) : Condition
{
    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame) => operand.Evaluate(in frame).Opposite();

    /// <inheritdoc/>
    public override void Collect(ReadSet reads) => operand.Collect(reads);

    /// <inheritdoc/>
    public override LeafCondition Deciding(in Frame frame, Truth truth) => operand.Deciding(in frame, truth.Opposite());

    /// <inheritdoc/>
    public override string Words(in Frame frame, Truth truth, bool asked) => operand.Words(in frame, truth.Opposite(), asked);
}
