namespace IoTGateway.Rules.Evaluation;

/// <summary>Another alert of the patient is raised. Trusted, it is unknown while that alert stands unverified.</summary>
internal sealed class AlertActiveCondition(int rule, string name) : LeafCondition
{
    /// <inheritdoc/>
    public override string Subject => name;

    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame) => frame.IsRaised(rule);

    /// <inheritdoc/>
    public override void Collect(ReadSet reads) => reads.Alert(rule);

    /// <inheritdoc/>
    public override double Number(in Frame frame) => double.NaN;

    /// <inheritdoc/>
    public override string Value(in Frame frame) => "";

    /// <inheritdoc/>
    public override string Limit(in Frame frame) => "";

    /// <inheritdoc/>
    public override string Test(in Frame frame) => "is active";

    /// <inheritdoc/>
    public override string Doubt(in Frame frame) => $"{name} is unverified";
}
