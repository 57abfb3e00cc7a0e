namespace IoTGateway.Rules.Evaluation;

/// <summary>A monitored signal has not come for its <c>missing after</c>. A signal nobody waits for is never missing.</summary>
internal sealed class MissingCondition(int slot, string name) : LeafCondition
{
    /// <inheritdoc/>
    public override string Subject => name;

    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame) => frame.Signal(slot).Missing ? Truth.True : Truth.False;

    /// <inheritdoc/>
    public override void Collect(ReadSet reads) => reads.Presence(slot);

    /// <inheritdoc/>
    public override double Number(in Frame frame) => double.NaN;

    /// <inheritdoc/>
    public override string Value(in Frame frame) => "";

    /// <inheritdoc/>
    public override string Limit(in Frame frame) => "";

    /// <inheritdoc/>
    public override string Test(in Frame frame) => "is missing";
}
