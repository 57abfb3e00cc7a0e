namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>What a numeric expression amounts to, questionable values included.</summary>
/// <param name="Range">The number, or the interval of a score; null: unknown.</param>
/// <param name="Questionable">Whether it rests on a questionable value.</param>
internal sealed record Amount(Interval? Range, bool Questionable)
{
    /// <summary>Not known.</summary>
    public static readonly Amount Unknown = new(null, false);

    /// <summary>For a score or sum alone: the interval over its whole table, which it stands for while it is unknown; else null.</summary>
    public Interval? Whole { get; init; }

    /// <summary>For a sum: what it is while questionable parts count as unknown; else null.</summary>
    public Interval? Trusted { get; init; }

    /// <summary>As one number: unknown if it is not exactly one.</summary>
    public double? Number => Range is { IsPoint: true } range ? range.Low : null;

    /// <summary>As a side of a comparison.</summary>
    /// <param name="trusted">Whether what is questionable counts as unknown.</param>
    public Interval? Side(bool trusted) => trusted && Questionable ? Trusted ?? Whole : Range ?? Whole;
}
