using System.Collections.Immutable;

namespace IoTGateway.Rules.Evaluation;

/// <summary>At least some of several conditions: true if so many are, false if no longer so many can be.</summary>
internal sealed class AtLeastCondition(int least, ImmutableArray<Condition> operands) : Condition
{
    /// <inheritdoc/>
    public override Truth Evaluate(in Frame frame)
    {
        var holding = 0;
        var possible = 0;
        foreach (var operand in operands)
        {
            var truth = operand.Evaluate(in frame);
            holding += truth == Truth.True ? 1 : 0;
            possible += truth == Truth.False ? 0 : 1;
        }

        return holding >= least ? Truth.True : possible < least ? Truth.False : Truth.Unknown;
    }

    /// <inheritdoc/>
    public override void Collect(ReadSet reads)
    {
        foreach (var operand in operands)
        {
            operand.Collect(reads);
        }
    }

    /// <inheritdoc/>
    public override LeafCondition Deciding(in Frame frame, Truth truth)
    {
        foreach (var operand in operands)
        {
            if (operand.Evaluate(in frame) == truth)
            {
                return operand.Deciding(in frame, truth);
            }
        }

        return operands[0].Deciding(in frame, truth);
    }

    /// <summary>All that are so: "HR 130 bpm &gt; 120 bpm, RR 28 /min &gt; 25 /min".</summary>
    public override string Words(in Frame frame, Truth truth, bool asked)
    {
        var words = new List<string>();
        foreach (var operand in operands)
        {
            if (operand.Evaluate(in frame) == truth)
            {
                words.Add(operand.Words(in frame, truth, asked));
            }
        }

        return words.Count > 0 ? string.Join(", ", words) : operands[0].Words(in frame, truth, asked);
    }
}
