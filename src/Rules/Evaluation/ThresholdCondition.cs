using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Compares one signal with a fixed number: what nearly every condition is made of, and therefore without detours.</summary>
internal sealed class ThresholdCondition(ComparisonSign sign, int slot, Display display, double threshold, Display thresholdDisplay) : LeafCondition
{
    /// <inheritdoc/>
    public override string Subject => display.Label;

    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame)
    {
        var value = frame.ValueOf(slot);
        if (double.IsNaN(value))
        {
            return Truth.Unknown;
        }

        var holds = sign switch
        {
            ComparisonSign.Less => value < threshold,
            ComparisonSign.AtMost => value <= threshold,
            ComparisonSign.Greater => value > threshold,
            ComparisonSign.AtLeast => value >= threshold,
            ComparisonSign.Equal => value == threshold,
            _ => value != threshold,
        };
        return holds ? Truth.True : Truth.False;
    }

    /// <inheritdoc/>
    public override double Number(in Frame frame) => frame.ValueOf(slot);

    /// <inheritdoc/>
    public override string Value(in Frame frame) => display.FormatBeside(frame.ValueOf(slot), threshold);

    /// <inheritdoc/>
    public override string Limit(in Frame frame) => thresholdDisplay.Format(threshold);

    /// <inheritdoc/>
    public override string Test(in Frame frame) =>
        $"{sign.Shown()} {(thresholdDisplay.Label.Length > 0 ? thresholdDisplay.Label + " " : "")}{Limit(in frame)}";
}
