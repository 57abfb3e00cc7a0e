namespace IoTGateway.Rules.Evaluation;

/// <summary>
/// The newest sample is a number that the catalogue declares to be no value (a heart rate of 0), although the device does not say that its
/// sensor is off. A null, a probe-off code or a lead-off alarm makes it unknown: then nobody measures, and <c>is missing</c> tells it.
/// </summary>
internal sealed class NoValueCondition(int slot, Display display) : LeafCondition
{
    /// <inheritdoc/>
    public override string Subject => display.Label;

    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame)
    {
        ref readonly var state = ref frame.Signal(slot);
        return frame.TrustedOnly && state.ReadsQuestionable ? Truth.Unknown : state.ReadsNothing;
    }

    /// <inheritdoc/>
    public override void Collect(ReadSet reads) => reads.Presence(slot);

    /// <inheritdoc/>
    public override double Number(in Frame frame) => frame.Signal(slot).NewestValue;

    /// <inheritdoc/>
    public override string Value(in Frame frame) => display.Format(frame.Signal(slot).NewestValue);

    /// <inheritdoc/>
    public override string Limit(in Frame frame) => "";

    /// <inheritdoc/>
    public override string Test(in Frame frame) => "is no value";
}
