using System.Collections.Immutable;
using IoTGateway.Rules.Language;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Points by a table. What is not known counts from the least to the greatest it could give.</summary>
internal sealed class ScoreComputation : Computation
{
    private readonly ImmutableArray<(Condition Condition, double Points)> _rows;
    private readonly ImmutableArray<(ScoreInput Input, string Name)> _inputs;
    private readonly Interval _table;

    /// <summary>Takes the rows and what they look at.</summary>
    /// <param name="rows">The rows in their order; at least one.</param>
    /// <param name="inputs">What the rows look at, with a name for people.</param>
    public ScoreComputation(ImmutableArray<(Condition Condition, double Points)> rows, ImmutableArray<(ScoreInput Input, string Name)> inputs)
    {
        _rows = rows;
        _inputs = inputs;
        _table = new Interval(rows.Min(row => row.Points), rows.Max(row => row.Points));
        foreach (var (condition, _) in rows)
        {
            condition.Collect(Reads);
        }
    }

    /// <inheritdoc/>
    public override bool IsInterval => true;

    /// <inheritdoc/>
    public override Interval Compute(in Frame frame, out bool questionable)
    {
        questionable = false;
        foreach (var (input, _) in _inputs)
        {
            questionable |= frame.IsQuestionable(input.Slot) && input.IsKnown(in frame);
        }

        var low = double.PositiveInfinity;
        var high = double.NegativeInfinity;
        foreach (var (condition, points) in _rows)
        {
            var truth = condition.Evaluate(in frame);
            if (truth == Truth.False)
            {
                continue;
            }

            low = Math.Min(low, points);
            high = Math.Max(high, points);
            if (truth == Truth.True)
            {
                break;
            }
        }

        return low <= high ? new Interval(low, high) : _table;
    }

    /// <inheritdoc/>
    public override Interval Trusted(in Frame frame) => _table;

    /// <inheritdoc/>
    public override void Lacking(in Frame frame, ICollection<string> parts)
    {
        foreach (var (input, name) in _inputs)
        {
            if (!input.IsKnown(in frame))
            {
                var heard = frame.MeasuredAt(input.Slot);
                parts.Add(heard == SlotState.Never ? $"{name} never measured" : $"{name} {Durations.Format(new Instant(frame.Now) - new Instant(heard))} old");
            }
        }
    }
}
