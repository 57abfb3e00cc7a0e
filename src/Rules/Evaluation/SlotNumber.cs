namespace IoTGateway.Rules.Evaluation;

/// <summary>The present value of a signal or derived signal.</summary>
internal sealed class SlotNumber(int slot) : NumberNode
{
    /// <summary>Its place in the patient's state.</summary>
    public int Slot { get; } = slot;

    /// <inheritdoc/>
    public override double Evaluate(in Frame frame) => frame.ValueOf(Slot);
}
