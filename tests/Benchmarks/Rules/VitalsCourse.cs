using IoTGateway.Readings;

namespace IoTGateway.Benchmarks.Rules;

/// <summary>
/// What is measured of each patient, second by second, the same in every run. The values of a signal stand in one table through which every patient
/// goes from a place of his own, so that making them costs next to nothing beside what is timed.
/// </summary>
internal sealed class VitalsCourse
{
    /// <summary>When it begins, Unix milliseconds; a full minute and half hour, as windows count them.</summary>
    public const long BeginMilliseconds = 1_800_000_000_000;

    private const int Length = 4_096;

    // How often a value is drawn back says how far it strays: a saturation or a temperature little, a pressure more.
    private static readonly (double Calm, double Step, double Back, double Least, double Most)[] Ranges =
    [
        (78, 1, 0.1, 25, 190), (97, 1, 0.4, 60, 100), (16, 1, 0.3, 2, 45), (122, 1, 0.1, 50, 220), (74, 1, 0.1, 20, 130), (36.9, 0.1, 0.4, 33, 42),
    ];

    private readonly double[][] _values;

    private VitalsCourse(Func<Random, int, double[]> table)
    {
        var random = new Random(1);
        _values = [.. Enumerable.Range(0, Ranges.Length).Select(signal => table(random, signal))];
    }

    /// <summary>Values that move by a step at most and drift back: few limits are ever crossed. Forwards, then backwards, so that it has no seam.</summary>
    public static VitalsCourse Walk() => new((random, signal) =>
    {
        var (calm, step, drawn, least, most) = Ranges[signal];
        var values = new double[Length];
        var value = calm;
        for (var index = 0; index < Length / 2; index++)
        {
            var back = random.NextDouble() < drawn ? Math.Sign(calm - value) : 0;
            value = Rounded(Math.Clamp(value + (step * (random.Next(3) - 1 + back)), least, most));
            values[index] = values[Length - 1 - index] = value;
        }

        return values;
    });

    /// <summary>Any plausible value after any other: every limit is crossed all the time.</summary>
    public static VitalsCourse Uniform() => new((random, signal) =>
    {
        var (_, _, _, least, most) = Ranges[signal];
        return [.. Enumerable.Range(0, Length).Select(_ => signal == 5 ? Rounded(least + (random.NextDouble() * (most - least))) : random.Next((int)least, (int)most + 1))];
    });

    /// <summary>When a second is.</summary>
    public static Instant At(int second) => new(BeginMilliseconds + (second * 1_000L));

    /// <summary>The value of a signal.</summary>
    public double Value(int patient, int signal, int second) => _values[signal][(second + (patient * 2_654_435) + (signal * 601)) & (Length - 1)];

    /// <summary>What a window of docs/rule-semantics.md holds once the value of a second is in it: 30 panes of a 29th of its length, the last of which is the present one.</summary>
    public (double Average, double Lowest, double Highest) Window(int patient, int signal, int second, TimeSpan length)
    {
        const int Panes = 30;
        var pane = ((long)length.TotalMilliseconds + Panes - 2) / (Panes - 1);
        var begin = ((At(second).UnixMilliseconds / pane) - Panes + 1) * pane;
        var first = (int)Math.Max(1, Math.Ceiling((begin - At(0).UnixMilliseconds) / 1_000.0));
        var (thousandths, lowest, highest) = (0L, double.PositiveInfinity, double.NegativeInfinity);
        for (var at = first; at <= second; at++)
        {
            var value = Value(patient, signal, at);
            thousandths += (long)Math.Round(value * 1_000, MidpointRounding.AwayFromZero);
            (lowest, highest) = (Math.Min(lowest, value), Math.Max(highest, value));
        }

        return (thousandths / (double)(second - first + 1) / 1_000, lowest, highest);
    }

    private static double Rounded(double value) => Math.Round(value, 1);
}
