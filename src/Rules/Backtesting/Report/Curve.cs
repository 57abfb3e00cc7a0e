using System.Globalization;
using System.Text;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Backtesting.Report;

/// <summary>
/// A signal's course as an SVG path that keeps the peaks: of the values that fall into one of <see cref="Buckets"/> slices of time the lowest and the
/// highest. It breaks where nothing came for longer than the signal's <c>missing after</c>, or twelve times what is usual for it.
/// </summary>
internal sealed class Curve
{
    private const int Buckets = 500;
    private const double UsualGaps = 12;

    private readonly List<RecordingRow> _rows;
    private readonly TimeScale _scale;

    /// <summary>Takes a patient's valid values of one signal, in the order of time; there is at least one.</summary>
    public Curve(List<RecordingRow> rows, TimeScale scale, IEnumerable<double> limits)
    {
        (_rows, _scale) = (rows, scale);
        var seen = rows.Select(row => row.Value).Concat(limits).ToList();
        var (low, high) = (seen.Min(), seen.Max());
        var margin = high > low ? (high - low) * 0.06 : 1;
        (Low, High) = (low - margin, high + margin);
    }

    /// <summary>The height of the picture in its own units.</summary>
    public const double Height = 100;

    /// <summary>What stands at the lower edge.</summary>
    public double Low { get; }

    /// <summary>What stands at the upper edge.</summary>
    public double High { get; }

    /// <summary>How far from the upper edge a value stands.</summary>
    public double Y(double value) => Height - (Math.Clamp((value - Low) / (High - Low), 0, 1) * Height);

    /// <summary>The path: a dot where a value stands alone.</summary>
    public string Path()
    {
        var path = new StringBuilder();
        var longest = LongestGap();
        var slice = Math.Max(1, (_scale.To.UnixMilliseconds - _scale.From.UnixMilliseconds) / (double)Buckets);
        var lastTime = long.MinValue;
        for (var index = 0; index < _rows.Count;)
        {
            var first = _rows[index];
            var end = first.Time + slice;
            var (low, high, newest) = (first.Value, first.Value, first);
            var begins = lastTime == long.MinValue || first.Time - lastTime > longest;
            for (index++; index < _rows.Count && _rows[index].Time < end && _rows[index].Time - newest.Time <= longest; index++)
            {
                newest = _rows[index];
                (low, high) = (Math.Min(low, newest.Value), Math.Max(high, newest.Value));
            }

            Append(path, begins ? 'M' : 'L', first.Time, first.Value);
            if (high > low)
            {
                var middle = first.Time + ((newest.Time - first.Time) / 2);
                Append(path, 'L', middle, low);
                Append(path, 'L', middle, high);
            }

            Append(path, 'L', newest.Time, newest.Value);
            lastTime = newest.Time;
        }

        return path.ToString();
    }

    private void Append(StringBuilder path, char command, long time, double value) =>
        path.Append(CultureInfo.InvariantCulture, $"{command}{_scale.Text(new Instant(time))} {Y(value):0.#}");

    private double LongestGap()
    {
        var gaps = _rows.Zip(_rows.Skip(1)).Select(pair => (double)(pair.Second.Time - pair.First.Time)).Where(gap => gap > 0).Order().ToList();
        var usual = gaps.Count > 0 ? gaps[gaps.Count / 2] * UsualGaps : double.PositiveInfinity;
        return Math.Max(usual, _rows[0].Signal.MissingAfter?.TotalMilliseconds ?? 0);
    }
}
