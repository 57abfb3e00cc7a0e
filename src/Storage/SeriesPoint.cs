using IoTGateway.Readings;

namespace IoTGateway.Storage;

/// <summary>One point of a series: a single value, or several that fall into one interval. Values that are "no value" are left out.</summary>
/// <param name="Time">When the first of them was measured.</param>
/// <param name="Lowest">The lowest of them.</param>
/// <param name="Highest">The highest of them.</param>
/// <param name="Average">Their mean.</param>
/// <param name="Questionable">Whether any of them is questionable.</param>
/// <param name="Late">Whether any of them came late: received more than <see cref="ReadingTime.LateAfter"/> after it was measured, so that nobody saw it, and no rule judged it, at its time.</param>
public readonly record struct SeriesPoint(Instant Time, double Lowest, double Highest, double Average, bool Questionable, bool Late = false);
