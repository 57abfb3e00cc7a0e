namespace IoTGateway.Rules.Evaluation;

/// <summary>A letter signal has this letter: <c>avpu is A</c>.</summary>
internal sealed class LettersCondition(NumberNode operand, Display display, char letter) : LeafCondition
{
    /// <inheritdoc/>
    public override string Subject => display.Label;

    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame)
    {
        var value = operand.Evaluate(in frame).Point;
        return double.IsNaN(value) ? Truth.Unknown : value == letter ? Truth.True : Truth.False;
    }

    /// <inheritdoc/>
    public override void Collect(ReadSet reads)
    {
        reads.Edge(operand.Slot, letter);
        reads.Edge(operand.Slot, Math.BitIncrement((double)letter));
    }

    /// <inheritdoc/>
    public override double Number(in Frame frame) => operand.Evaluate(in frame).Point;

    /// <inheritdoc/>
    public override string Value(in Frame frame) => display.Format(Number(in frame));

    /// <inheritdoc/>
    public override string Limit(in Frame frame) => letter.ToString();

    /// <inheritdoc/>
    public override string Test(in Frame frame) => $"is {letter}";
}
