namespace IoTGateway.Rules.Evaluation;

/// <summary>Two conditions joined by <c>and</c> (the smaller truth) or <c>or</c> (the greater).</summary>
internal sealed class LogicalCondition(bool isAnd, Condition left, Condition right) : Condition
{
    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame)
    {
        var first = left.Evaluate(in frame);
        if (first == (isAnd ? Truth.False : Truth.True))
        {
            return first;
        }

        var second = right.Evaluate(in frame);
        return isAnd == second < first ? second : first;
    }

    /// <inheritdoc/>
    public override void Collect(ReadSet reads)
    {
        left.Collect(reads);
        right.Collect(reads);
    }

    /// <inheritdoc/>
    public override LeafCondition Deciding(in Frame frame, Truth truth) => Side(in frame, truth).Deciding(in frame, truth);

    /// <inheritdoc/>
    public override string Words(in Frame frame, Truth truth, bool asked) => Side(in frame, truth).Words(in frame, truth, asked);

    private Condition Side(in Frame frame, Truth truth) =>
        left.Evaluate(in frame) == truth ? left : right.Evaluate(in frame) == truth ? right : left;
}
