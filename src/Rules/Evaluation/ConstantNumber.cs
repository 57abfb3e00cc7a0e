namespace IoTGateway.Rules.Evaluation;

/// <summary>A number written in the rules, or a named limit.</summary>
internal sealed class ConstantNumber(double value) : NumberNode
{
    /// <summary>The number.</summary>
    public double Value { get; } = value;

    /// <inheritdoc/>
    public override double Evaluate(in Frame frame) => Value;
}
