namespace IoTGateway.Rules.Evaluation;

/// <summary>The negative of a number.</summary>
internal sealed class NegativeNumber(NumberNode operand) : NumberNode
{
    /// <inheritdoc/>
    public override double Evaluate(in Frame frame) => -operand.Evaluate(in frame);
}
