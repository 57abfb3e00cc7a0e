using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>A number within a range, both ends included.</summary>
/// <param name="operand">The number.</param>
/// <param name="low">The lower end.</param>
/// <param name="high">The upper end.</param>
/// <param name="ends">Both ends, if they are fixed numbers and the operand is a single slot: then only their edges matter.</param>
internal sealed class BetweenCondition(Operand operand, Operand low, Operand high, (double Low, double High)? ends) : LeafCondition
{
    /// <inheritdoc/>
    public override string Subject => operand.Display.Label;

    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame)
    {
        var value = operand.Node.Evaluate(in frame);
        var atLeast = Interval.Compare(value, ComparisonSign.AtLeast, low.Node.Evaluate(in frame));
        var atMost = Interval.Compare(value, ComparisonSign.AtMost, high.Node.Evaluate(in frame));
        return atLeast < atMost ? atLeast : atMost;
    }

    /// <inheritdoc/>
    public override void Collect(ReadSet reads)
    {
        if (ends is { } numbers)
        {
            ThresholdCondition.Collect(reads, operand.Node, ComparisonSign.AtLeast, numbers.Low);
            ThresholdCondition.Collect(reads, operand.Node, ComparisonSign.AtMost, numbers.High);
            return;
        }

        operand.Node.Collect(reads);
        low.Node.Collect(reads);
        high.Node.Collect(reads);
    }

    /// <inheritdoc/>
    public override double Number(in Frame frame) => operand.Node.Evaluate(in frame).Point;

    /// <inheritdoc/>
    public override string Value(in Frame frame) => operand.Format(in frame, Interval.Unknown);

    /// <inheritdoc/>
    public override string Limit(in Frame frame) =>
        $"{low.Display.FormatNumber(low.Node.Evaluate(in frame).Point)} to {high.Format(in frame, Interval.Unknown)}";

    /// <inheritdoc/>
    public override string Test(in Frame frame) => $"between {Limit(in frame)}";

    /// <inheritdoc/>
    public override string Words(in Frame frame, bool asked) =>
        operand.IsIncomplete(in frame) ? operand.Incomplete(in frame, ComparisonSign.AtLeast) : base.Words(in frame, asked);

    /// <inheritdoc/>
    public override string Doubt(in Frame frame) =>
        operand.IsIncomplete(in frame) ? operand.Incomplete(in frame, ComparisonSign.AtLeast) : base.Doubt(in frame);
}
