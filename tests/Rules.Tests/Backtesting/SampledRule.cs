namespace IoTGateway.Rules.Tests.Backtesting;

/// <summary>
/// The rule by which the table was computed: values of 0 or less are ignored; the first violating sample begins an episode; it is raised at a
/// violating sample at least the delay later; a sample that does not violate before that cancels, and so does a gap of more than 10 s;
/// once raised, it is over at the limit plus or minus the hysteresis.
/// </summary>
internal static class SampledRule
{
    private const decimal LongestGap = 10;

    /// <summary>The times at which it raises.</summary>
    public static List<decimal> Raises(List<Sample> samples, Setting setting)
    {
        var raises = new List<decimal>();
        decimal? since = null;
        decimal? last = null;
        var active = false;
        foreach (var sample in samples.Where(sample => sample.Value > 0))
        {
            if (last is { } before && sample.Time - before > LongestGap && !active)
            {
                since = null;
            }

            last = sample.Time;
            if (active)
            {
                active = !setting.Clears(sample.Value);
                continue;
            }

            since = setting.Violates(sample.Value) ? since ?? sample.Time : null;
            if (since is { } start && sample.Time - start >= setting.Delay)
            {
                raises.Add(sample.Time);
                active = true;
                since = null;
            }
        }

        return raises;
    }
}
