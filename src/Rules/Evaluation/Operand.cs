using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>A side of a comparison: how to compute it and how to write it.</summary>
/// <param name="Node">How to compute it.</param>
/// <param name="Display">How to write it.</param>
internal sealed record Operand(NumberNode Node, Display Display)
{
    /// <summary>Whether it is at present a score of which only the range is known.</summary>
    public bool IsIncomplete(in Frame frame) => Node.Evaluate(in frame) is { IsKnown: true } value && value.Low != value.High;

    /// <summary>The value with its unit, with as many digits as it takes to tell it from another; "at least 5 (incomplete)" for an incomplete score.</summary>
    public string Format(in Frame frame, Interval beside)
    {
        var value = Node.Evaluate(in frame);
        return !value.IsKnown ? ""
            : value.Low != value.High ? $"{Display.FormatRange(value)} (incomplete)"
            : Display.FormatBeside(value.Low, beside.Point);
    }

    /// <summary>"NEWS2 at least 5, temperature 6 h old": an incomplete score and what it lacks.</summary>
    public string Incomplete(in Frame frame, ComparisonSign sign)
    {
        var value = Node.Evaluate(in frame);
        var range = sign is ComparisonSign.Less or ComparisonSign.AtMost
            ? $"at most {Display.Format(value.High)}"
            : Display.FormatRange(value);
        return $"{Display.Label} {range}{frame.Lacking(Node.Slot)}";
    }
}
