namespace IoTGateway.Rules.Evaluation;

/// <summary>A number written in the rules, or a named limit.</summary>
internal sealed class ConstantNumber(double value) : NumberNode
{
    private readonly Interval _value = Interval.Of(value);

    /// <inheritdoc/>
    public override Interval Evaluate(in Frame frame) => _value;

    /// <inheritdoc/>
    public override void Collect(ReadSet reads)
    {
        // A number that never changes.
    }
}
