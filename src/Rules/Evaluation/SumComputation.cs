namespace IoTGateway.Rules.Evaluation;

/// <summary>A sum of scores: from the sum of their lower to the sum of their upper ends.</summary>
internal sealed class SumComputation : Computation
{
    private readonly int[] _parts;

    /// <summary>Takes the slots of the parts.</summary>
    public SumComputation(int[] parts)
    {
        _parts = parts;
        foreach (var part in parts)
        {
            Reads.Exact(part);
        }
    }

    /// <summary>The slots of the parts.</summary>
    public IReadOnlyList<int> Parts => _parts;

    /// <inheritdoc/>
    public override bool IsInterval => true;

    /// <inheritdoc/>
    public override Interval Compute(in Frame frame, out bool questionable)
    {
        questionable = false;
        foreach (var part in _parts)
        {
            questionable |= frame.IsQuestionable(part);
        }

        return Sum(in frame);
    }

    /// <summary>Each part that is questionable counts as its whole table, the others as what they are.</summary>
    public override Interval Trusted(in Frame frame) => Sum(in frame);

    /// <inheritdoc/>
    public override void Lacking(in Frame frame, ICollection<string> parts)
    {
        foreach (var part in _parts)
        {
            frame.Program.ComputationOf(part).Lacking(in frame, parts);
        }
    }

    private Interval Sum(in Frame frame)
    {
        var low = 0.0;
        var high = 0.0;
        foreach (var part in _parts)
        {
            var value = frame.ValueOf(part);
            low += value.Low;
            high += value.High;
        }

        return new Interval(low, high);
    }
}
