using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Compares two numbers. The side that depends on the patient stands left.</summary>
internal sealed class ComparisonCondition(ComparisonSign sign, Operand left, Operand right) : LeafCondition
{
    /// <inheritdoc/>
    public override string Subject => left.Display.Label;

    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame) => Interval.Compare(left.Node.Evaluate(in frame), sign, right.Node.Evaluate(in frame));

    /// <inheritdoc/>
    public override void Collect(ReadSet reads)
    {
        left.Node.Collect(reads);
        right.Node.Collect(reads);
    }

    /// <inheritdoc/>
    public override double Number(in Frame frame) => left.Node.Evaluate(in frame).Point;

    /// <inheritdoc/>
    public override string Value(in Frame frame) => left.Format(in frame, right.Node.Evaluate(in frame));

    /// <inheritdoc/>
    public override string Limit(in Frame frame) => right.Format(in frame, Interval.Unknown);

    /// <inheritdoc/>
    public override string Test(in Frame frame) =>
        $"{sign.Shown()} {(right.Display.Label.Length > 0 ? right.Display.Label + " " : "")}{Limit(in frame)}";

    /// <inheritdoc/>
    public override string Words(in Frame frame, bool asked) =>
        left.IsIncomplete(in frame) ? left.Incomplete(in frame, sign) : base.Words(in frame, asked);

    /// <inheritdoc/>
    public override string Doubt(in Frame frame) =>
        left.IsIncomplete(in frame) ? left.Incomplete(in frame, sign) : base.Doubt(in frame);
}
