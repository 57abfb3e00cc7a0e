using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Compares two numbers. The side that depends on the patient stands left.</summary>
internal sealed class ComparisonCondition(ComparisonSign sign, NumberNode left, Display leftDisplay, NumberNode right, Display rightDisplay) : LeafCondition
{
    /// <inheritdoc/>
    public override string Subject => leftDisplay.Label;

    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame)
    {
        var first = left.Evaluate(in frame);
        var second = right.Evaluate(in frame);
        if (double.IsNaN(first) || double.IsNaN(second))
        {
            return Truth.Unknown;
        }

        var holds = sign switch
        {
            ComparisonSign.Less => first < second,
            ComparisonSign.AtMost => first <= second,
            ComparisonSign.Greater => first > second,
            ComparisonSign.AtLeast => first >= second,
            ComparisonSign.Equal => first == second,
            _ => first != second,
        };
        return holds ? Truth.True : Truth.False;
    }

    /// <inheritdoc/>
    public override double Number(in Frame frame) => left.Evaluate(in frame);

    /// <inheritdoc/>
    public override string Value(in Frame frame) => leftDisplay.FormatBeside(left.Evaluate(in frame), right.Evaluate(in frame));

    /// <inheritdoc/>
    public override string Limit(in Frame frame) => rightDisplay.Format(right.Evaluate(in frame));

    /// <inheritdoc/>
    public override string Test(in Frame frame) =>
        $"{sign.Shown()} {(rightDisplay.Label.Length > 0 ? rightDisplay.Label + " " : "")}{Limit(in frame)}";
}
