using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>A number, or the range in which it lies (a score some of whose parts are not known). Both ends NaN: unknown.</summary>
/// <param name="Low">The least it can be.</param>
/// <param name="High">The greatest it can be.</param>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>Nothing is known.</summary>
    public static readonly Interval Unknown = new(double.NaN, double.NaN);

    /// <summary>Whether anything is known.</summary>
    public bool IsKnown => !double.IsNaN(Low);

    /// <summary>The number, if it is one; NaN for a range and for unknown.</summary>
    public double Point => Low == High ? Low : double.NaN;

    /// <summary>A number; NaN is unknown.</summary>
    public static Interval Of(double value) => new(value, value);

    /// <summary>Compares two: true if it holds for all pairs of numbers in them, false if for none, else unknown.</summary>
    public static Truth Compare(Interval left, ComparisonSign sign, Interval right)
    {
        if (!left.IsKnown || !right.IsKnown)
        {
            return Truth.Unknown;
        }

        return sign switch
        {
            ComparisonSign.Less => Decide(left.High < right.Low, left.Low >= right.High),
            ComparisonSign.AtMost => Decide(left.High <= right.Low, left.Low > right.High),
            ComparisonSign.Greater => Decide(left.Low > right.High, left.High <= right.Low),
            ComparisonSign.AtLeast => Decide(left.Low >= right.High, left.High < right.Low),
            ComparisonSign.Equal => Decide(AreOne(left, right), AreApart(left, right)),
            _ => Decide(AreApart(left, right), AreOne(left, right)),
        };
    }

    private static bool AreOne(Interval left, Interval right) => left.Low == right.High && left.High == right.Low;

    private static bool AreApart(Interval left, Interval right) => left.High < right.Low || left.Low > right.High;

    private static Truth Decide(bool always, bool never) => always ? Truth.True : never ? Truth.False : Truth.Unknown;
}
