namespace IoTGateway.Rules.Evaluation;

/// <summary>A value as a score table sees it: known for the table's own time, and rounded.</summary>
/// <param name="slot">What it reads.</param>
/// <param name="lifetime">
/// Of a signal, after how many of its lifetimes (<see cref="SlotInfo.Lifetimes"/>) it is too old for the table; of others without meaning.
/// </param>
/// <param name="round">To a multiple of what it is rounded; null: it is not.</param>
internal sealed class ScoreInput(int slot, int lifetime, double? round) : NumberNode
{
    /// <summary>Above this a double has no fraction left to round.</summary>
    private const double Whole = 1e15;

    /// <inheritdoc/>
    public override int Slot { get; } = slot;

    /// <inheritdoc/>
    public override Interval Evaluate(in Frame frame)
    {
        var value = frame.ValueForScore(Slot, lifetime);
        return round is null ? value : new Interval(Round(value.Low), Round(value.High));
    }

    /// <summary>Whether it is known at present.</summary>
    public bool IsKnown(in Frame frame) => frame.ValueForScore(Slot, lifetime).IsKnown;

    /// <inheritdoc/>
    public override void Collect(ReadSet reads) => reads.Exact(Slot);

    /// <inheritdoc/>
    public override double EdgeAtLeast(double number) => round is null ? number : Edge(value => Round(value) >= number);

    /// <inheritdoc/>
    public override double EdgeAbove(double number) => round is null ? Math.BitIncrement(number) : Edge(value => Round(value) > number);

    /// <summary>Half up, away from zero, in decimal arithmetic: 36.05 is 36.1 to a tenth, whatever its double looks like.</summary>
    private double Round(double value)
    {
        if (!(Math.Abs(value) < Whole))
        {
            return value;
        }

        var step = (decimal)round!.Value;
        return (double)(Math.Round((decimal)value / step, MidpointRounding.AwayFromZero) * step);
    }

    /// <summary>The least double for which something holds that goes on to hold for all greater ones. Found by halving the order of doubles.</summary>
    private static double Edge(Func<double, bool> holds)
    {
        var low = Rank(double.NegativeInfinity);
        var high = Rank(double.PositiveInfinity);
        while (low < high)
        {
            // The mean without overflow.
            var middle = (low & high) + ((low ^ high) >> 1);
            if (holds(OfRank(middle)))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return OfRank(low);
    }

    /// <summary>The place of a double in the order of all doubles.</summary>
    private static long Rank(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    private static double OfRank(long rank) => BitConverter.Int64BitsToDouble(rank >= 0 ? rank : long.MinValue - rank);
}
