using IoTGateway.Readings;
using IoTGateway.Storage;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>A store with a smooth hour of each signal, the same at each call.</summary>
internal sealed class FakeHistory : IHistory
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Patient, string Signal), double> _levels = [];
    private readonly List<(string Patient, string Signal, Instant From, Instant To, int Points)> _queries = [];

    public IReadOnlyList<(string Patient, string Signal, Instant From, Instant To, int Points)> Queries
    {
        get
        {
            lock (_lock)
            {
                return [.. _queries];
            }
        }
    }

    /// <summary>Lets a signal end at this level.</summary>
    public FakeHistory With(string patient, string signal, double level)
    {
        _levels[(patient, signal)] = level;
        return this;
    }

    public Task<IReadOnlyList<SeriesPoint>> SeriesAsync(string patient, string signal, Instant from, Instant to, int points, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _queries.Add((patient, signal, from, to, points));
        }

        if (!_levels.TryGetValue((patient, signal), out var level))
        {
            return Task.FromResult<IReadOnlyList<SeriesPoint>>([]);
        }

        var random = new Random(patient.Length * 31 + signal.Length + (int)level);
        var series = new List<SeriesPoint>();
        var drift = 0.0;
        for (var time = to - Step; time >= from; time -= Step)
        {
            drift = drift * 0.98 + (random.NextDouble() - 0.5) * level * 0.012;
            var middle = level + drift;
            var noise = random.NextDouble() * level * 0.012;
            series.Add(new SeriesPoint(time, middle - noise, middle + noise, middle, false));
        }

        series.Reverse();
        return Task.FromResult<IReadOnlyList<SeriesPoint>>([.. series.TakeLast(points)]);
    }

    public Task<IReadOnlyList<LatestPoint>> LatestAsync(string patient, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<LatestPoint>>(
                [.. _levels.Where(level => level.Key.Patient == patient).Select(level => new LatestPoint(level.Key.Signal, new Instant(0), level.Value, Questionable: false))]);
        }
    }
}
