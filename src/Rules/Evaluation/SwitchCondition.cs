namespace IoTGateway.Rules.Evaluation;

/// <summary>A switch is on: its value is above 0 (for oxygen: any flow). Or it is off: its value is 0 or less.</summary>
internal sealed class SwitchCondition(NumberNode operand, Display display, bool on) : LeafCondition
{
    /// <inheritdoc/>
    public override string Subject => display.Label;

    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame)
    {
        var value = operand.Evaluate(in frame).Point;
        return double.IsNaN(value) ? Truth.Unknown : value > 0 == on ? Truth.True : Truth.False;
    }

    /// <inheritdoc/>
    public override void Collect(ReadSet reads) => reads.Edge(operand.Slot, double.Epsilon);

    /// <inheritdoc/>
    public override double Number(in Frame frame) => operand.Evaluate(in frame).Point;

    /// <inheritdoc/>
    public override string Value(in Frame frame) => display.Format(Number(in frame));

    /// <inheritdoc/>
    public override string Limit(in Frame frame) => "";

    /// <inheritdoc/>
    public override string Test(in Frame frame) => on ? "is on" : "is off";
}
