namespace IoTGateway.Rules.Evaluation;

/// <summary>What is computed of one patient in one slot.</summary>
internal struct DerivedState
{
    /// <summary>The least it can be; NaN while it is unknown.</summary>
    public double Low;

    /// <summary>The greatest it can be; the same but for incomplete scores.</summary>
    public double High;

    /// <summary>The value stands between the edges at which some comparison comes out otherwise: at or above this one...</summary>
    public double Below;

    /// <summary>...and below this one.</summary>
    public double Above;

    /// <summary>Whether it rests on a questionable value.</summary>
    public bool Questionable;

    /// <summary>Not computed yet.</summary>
    public static readonly DerivedState Empty = new()
    {
        Low = double.NaN,
        High = double.NaN,
        Below = double.PositiveInfinity,
        Above = double.NegativeInfinity,
    };

    /// <summary>The value.</summary>
    public readonly Interval Value => new(Low, High);
}
