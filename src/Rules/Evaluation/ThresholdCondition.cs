using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Compares one slot with a fixed number: what nearly every condition is made of. It comes out otherwise only where its edge is crossed.</summary>
internal sealed class ThresholdCondition(ComparisonSign sign, Operand left, double threshold, Display thresholdDisplay) : LeafCondition
{
    private readonly Interval _threshold = Interval.Of(threshold);

    /// <inheritdoc/>
    public override string Subject => left.Display.Label;

    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame) => Interval.Compare(left.Node.Evaluate(in frame), sign, _threshold);

    /// <inheritdoc/>
    public override void Collect(ReadSet reads) => Collect(reads, left.Node, sign, threshold);

    /// <summary>Notes from which values of a slot on a comparison with a fixed number comes out otherwise.</summary>
    public static void Collect(ReadSet reads, NumberNode node, ComparisonSign sign, double threshold)
    {
        if (sign is not (ComparisonSign.AtMost or ComparisonSign.Greater))
        {
            reads.Edge(node.Slot, node.EdgeAtLeast(threshold));
        }

        if (sign is not (ComparisonSign.Less or ComparisonSign.AtLeast))
        {
            reads.Edge(node.Slot, node.EdgeAbove(threshold));
        }
    }

    /// <inheritdoc/>
    public override double Number(in Frame frame) => left.Node.Evaluate(in frame).Point;

    /// <inheritdoc/>
    public override string Value(in Frame frame) => left.Format(in frame, _threshold);

    /// <inheritdoc/>
    public override string Limit(in Frame frame) => thresholdDisplay.Format(threshold);

    /// <inheritdoc/>
    public override string Test(in Frame frame) =>
        $"{sign.Shown()} {(thresholdDisplay.Label.Length > 0 ? thresholdDisplay.Label + " " : "")}{Limit(in frame)}";

    /// <inheritdoc/>
    public override string Words(in Frame frame, bool asked) =>
        left.IsIncomplete(in frame) ? left.Incomplete(in frame, sign) : base.Words(in frame, asked);

    /// <inheritdoc/>
    public override string Doubt(in Frame frame) =>
        left.IsIncomplete(in frame) ? left.Incomplete(in frame, sign) : base.Doubt(in frame);
}
