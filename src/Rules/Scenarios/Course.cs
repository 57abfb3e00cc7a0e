using System.Collections.Immutable;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Scenarios;

/// <summary>What one signal does in a scenario.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Every">The time between two values.</param>
/// <param name="Parts">The parts, one after the other.</param>
internal sealed record Course(Signal Signal, TimeSpan Every, ImmutableArray<CoursePart> Parts)
{
    /// <summary>When the last part that says how long it lasts is over.</summary>
    public TimeSpan Length => Parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + (part.Length ?? TimeSpan.Zero));

    /// <summary>
    /// The values of the course. Each part begins with a value of its own at its first moment; a rising or falling one ends with its last value,
    /// unless the next part sends one at that very moment. Values are rounded to what the signal shows, as monitors do.
    /// </summary>
    /// <param name="end">The end of the scenario, to which a part without a length lasts.</param>
    public IEnumerable<CourseSample> Samples(TimeSpan end)
    {
        var start = TimeSpan.Zero;
        for (var index = 0; index < Parts.Length; index++)
        {
            var part = Parts[index];

            // The last moment of the scenario still belongs to it, that of a part belongs to the next one.
            var length = part.Length ?? end - start + TimeSpan.FromMilliseconds(1);
            if (part.Kind == CoursePartKind.Once)
            {
                yield return Sample(start, part.From, part);
            }
            else if (part.Kind != CoursePartKind.Missing)
            {
                for (var at = TimeSpan.Zero; at < length; at += Every)
                {
                    yield return Sample(start + at, ValueAt(part, at, length), part);
                }
            }

            start += length;
            var nextSends = index + 1 < Parts.Length && Parts[index + 1].Kind != CoursePartKind.Missing;
            if (part.Kind == CoursePartKind.Ramp && !nextSends)
            {
                yield return Sample(start, part.To, part);
            }
        }
    }

    private static double ValueAt(CoursePart part, TimeSpan at, TimeSpan length) => part.Kind switch
    {
        CoursePartKind.Ramp => part.From + ((part.To - part.From) * (at / length)),
        CoursePartKind.Alternating => at.Ticks / part.Turn.Ticks % 2 == 0 ? part.From : part.To,
        _ => part.From,
    };

    private CourseSample Sample(TimeSpan at, double value, CoursePart part)
    {
        if (part.Kind == CoursePartKind.Ramp)
        {
            value = (double)Math.Round((decimal)value, Signal.Decimals, MidpointRounding.AwayFromZero);
        }

        value = Signal.Form == SignalForm.Switch ? SignalJudge.ToSwitch(value) : value;
        return new CourseSample(at, new SignalValue(Signal, value, SignalJudge.Judge(Signal, value, part.OfDevice)));
    }
}
