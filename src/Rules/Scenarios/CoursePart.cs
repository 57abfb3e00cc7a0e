using IoTGateway.Readings;

namespace IoTGateway.Rules.Scenarios;

/// <summary>One part of a course.</summary>
/// <param name="Kind">What the signal does.</param>
/// <param name="From">The value, or the first of two; NaN for no value.</param>
/// <param name="To">The second value, where there are two.</param>
/// <param name="Length">How long it lasts; null: to the end of the scenario.</param>
/// <param name="Turn">Of two values in turn, how long each one holds.</param>
/// <param name="OfDevice">How the device itself rates the values.</param>
internal sealed record CoursePart(
    CoursePartKind Kind, double From, double To = double.NaN, TimeSpan? Length = null, TimeSpan Turn = default, Quality OfDevice = Quality.Valid);
