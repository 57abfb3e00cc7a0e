namespace IoTGateway.Rules.Evaluation;

/// <summary>A number within a range, both ends included.</summary>
internal sealed class BetweenCondition(NumberNode operand, Display display, NumberNode low, NumberNode high, Display endsDisplay) : LeafCondition
{
    /// <inheritdoc/>
    public override string Subject => display.Label;

    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame)
    {
        var value = operand.Evaluate(in frame);
        var atLeast = Compare(low.Evaluate(in frame), value);
        var atMost = Compare(value, high.Evaluate(in frame));
        return atLeast < atMost ? atLeast : atMost;
    }

    /// <inheritdoc/>
    public override double Number(in Frame frame) => operand.Evaluate(in frame);

    /// <inheritdoc/>
    public override string Value(in Frame frame) => display.Format(operand.Evaluate(in frame));

    /// <inheritdoc/>
    public override string Limit(in Frame frame) =>
        $"{endsDisplay.FormatNumber(low.Evaluate(in frame))} to {endsDisplay.Format(high.Evaluate(in frame))}";

    /// <inheritdoc/>
    public override string Test(in Frame frame) => $"between {Limit(in frame)}";

    private static Truth Compare(double smaller, double greater) =>
        double.IsNaN(smaller) || double.IsNaN(greater) ? Truth.Unknown : smaller <= greater ? Truth.True : Truth.False;
}
