namespace IoTGateway.Rules.Evaluation;

/// <summary>A switch is on: its value is above 0 (for oxygen: any flow).</summary>
internal sealed class SwitchCondition(int slot, Display display) : LeafCondition
{
    /// <inheritdoc/>
    public override string Subject => display.Label;

    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame)
    {
        var value = frame.ValueOf(slot);
        return double.IsNaN(value) ? Truth.Unknown : value > 0 ? Truth.True : Truth.False;
    }

    /// <inheritdoc/>
    public override double Number(in Frame frame) => frame.ValueOf(slot);

    /// <inheritdoc/>
    public override string Value(in Frame frame) => display.Format(frame.ValueOf(slot));

    /// <inheritdoc/>
    public override string Limit(in Frame frame) => "";

    /// <inheritdoc/>
    public override string Test(in Frame frame) => "is on";
}
