namespace IoTGateway.Rules.Evaluation;

/// <summary>A letter signal has this letter: <c>avpu is A</c>.</summary>
internal sealed class LettersCondition(int slot, Display display, char letter) : LeafCondition
{
    /// <inheritdoc/>
    public override string Subject => display.Label;

    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame)
    {
        var value = frame.ValueOf(slot);
        return double.IsNaN(value) ? Truth.Unknown : value == letter ? Truth.True : Truth.False;
    }

    /// <inheritdoc/>
    public override double Number(in Frame frame) => frame.ValueOf(slot);

    /// <inheritdoc/>
    public override string Value(in Frame frame) => display.Format(frame.ValueOf(slot));

    /// <inheritdoc/>
    public override string Limit(in Frame frame) => letter.ToString();

    /// <inheritdoc/>
    public override string Test(in Frame frame) => $"is {letter}";
}
