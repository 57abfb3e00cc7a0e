using IoTGateway.Readings;
using IoTGateway.Storage;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>A store in which every signal of every patient lives: noise, slow waves, a dip, a gap, a questionable stretch. The same at each call.</summary>
internal sealed class WavyHistory : IHistory
{
    private static readonly Dictionary<string, (double Level, double Wave, double Noise)> Signals = new(StringComparer.Ordinal)
    {
        ["hr"] = (96, 14, 3),
        ["spo2"] = (95, 2, 0.8),
        ["rr"] = (18, 4, 1.5),
        ["art_sbp"] = (118, 14, 4),
        ["art_dbp"] = (66, 8, 3),
        ["art_map"] = (84, 9, 3),
        ["temp"] = (37.8, 0.5, 0.05),
        ["etco2"] = (38, 3, 1),
        ["sbp"] = (112, 9, 0),
        ["map"] = (82, 6, 0),
    };

    public Task<IReadOnlyList<SeriesPoint>> SeriesAsync(string patient, string signal, Instant from, Instant to, int points, CancellationToken cancellation)
    {
        var series = new List<SeriesPoint>();
        if (Signals.TryGetValue(signal, out var form))
        {
            var step = Math.Max(5_000, (to - from).TotalMilliseconds / points);
            var shift = patient.Sum(letter => letter) % 17;
            for (var time = Math.Ceiling(from.UnixMilliseconds / step) * step; time < to.UnixMilliseconds; time += step)
            {
                var minutes = time / 60_000 + shift;
                var place = minutes % 47;
                if (place is > 20 and < 23)
                {
                    continue;
                }

                var dip = signal == "spo2" && place is > 31 and < 34 ? -11 * Math.Sin((place - 31) / 3 * Math.PI) : 0;
                var middle = form.Level + form.Wave * Math.Sin(minutes / 9) + form.Wave / 3 * Math.Sin(minutes / 2.3) + dip;
                var noise = form.Noise * (0.6 + 0.4 * Math.Abs(Math.Sin(minutes * 12.9)));
                series.Add(new SeriesPoint(new Instant((long)time), middle - noise, middle + noise, middle, place is > 40 and < 41.5, Late: place is > 20 and < 24));
            }
        }

        return Task.FromResult<IReadOnlyList<SeriesPoint>>(series);
    }

    public Task<IReadOnlyList<LatestPoint>> LatestAsync(string patient, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<LatestPoint>>([.. Signals.Select(signal => new LatestPoint(signal.Key, new Instant(0), signal.Value.Level, Questionable: false))]);
}
