namespace IoTGateway.Rules.Evaluation;

/// <summary>The present value of a signal, a derived signal or a window, as conditions see it.</summary>
internal sealed class SlotNumber(int slot) : NumberNode
{
    /// <inheritdoc/>
    public override int Slot { get; } = slot;

    /// <inheritdoc/>
    public override Interval Evaluate(in Frame frame) => frame.ValueOf(Slot);

    /// <inheritdoc/>
    public override void Collect(ReadSet reads) => reads.Exact(Slot);
}
