namespace IoTGateway.Rules.Evaluation;

/// <summary>The negative of a number.</summary>
internal sealed class NegativeNumber(NumberNode operand) : NumberNode
{
    /// <inheritdoc/>
    public override Interval Evaluate(in Frame frame) => Interval.Of(-operand.Evaluate(in frame).Point);

    /// <inheritdoc/>
    public override void Collect(ReadSet reads) => operand.Collect(reads);
}
