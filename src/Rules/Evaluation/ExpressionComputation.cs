namespace IoTGateway.Rules.Evaluation;

/// <summary>A number computed by arithmetic; with a time of its own unknown once its oldest input is older.</summary>
internal sealed class ExpressionComputation : Computation
{
    private readonly NumberNode _number;
    private readonly int[] _inputs;

    /// <summary>Takes the arithmetic.</summary>
    public ExpressionComputation(NumberNode number)
    {
        _number = number;
        number.Collect(Reads);
        _inputs = [.. Reads.Slots];
    }

    /// <inheritdoc/>
    public override Interval Compute(in Frame frame, out bool questionable)
    {
        questionable = false;
        var value = _number.Evaluate(in frame).Point;
        if (double.IsNaN(value) || (ValidFor != SlotState.None && DueAt(in frame) <= frame.Now))
        {
            return Interval.Unknown;
        }

        foreach (var input in _inputs)
        {
            questionable |= frame.IsQuestionable(input);
        }

        return Interval.Of(value);
    }

    /// <summary>When its own time is over.</summary>
    public long DueAt(in Frame frame)
    {
        var oldest = SlotState.None;
        foreach (var signal in Signals)
        {
            var heard = frame.Signal(signal).Heard;
            oldest = heard == SlotState.Never ? oldest : Math.Min(oldest, heard);
        }

        return oldest == SlotState.None ? SlotState.None : SlotState.Later(oldest, ValidFor);
    }
}
