using IoTGateway.Readings;
using IoTGateway.Storage.BuiltIn;

namespace IoTGateway.Storage.Influx.History;

/// <summary>
/// Reads what was written to InfluxDB. The database thins a series by itself, and does not know what <c>quality</c> means: the few values that are marked are asked for
/// one by one, and so are all values of an interval in which one of them does not count.
/// </summary>
public sealed partial class InfluxHistory : IHistory
{
    private const int PointsAtMost = 10_000;

    /// <summary>Longer than anybody has been measured: then it is asked first what there is.</summary>
    private static readonly TimeSpan AskedForExtentFrom = TimeSpan.FromDays(400);

    private readonly IInfluxReader _reader;
    private readonly SignalCatalogue _catalogue;
    private readonly string _whose;

    /// <summary>Makes a reader; nothing is asked yet.</summary>
    /// <param name="options">Which server; without errors.</param>
    /// <param name="catalogue">Which signals are letters.</param>
    /// <param name="http">Sends the questions; see <see cref="InfluxSink.CreateHttpClient"/>. Not disposed here.</param>
    /// <param name="clock">Measures timeouts.</param>
    public InfluxHistory(InfluxOptions options, SignalCatalogue catalogue, HttpClient http, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _catalogue = catalogue;
        _whose = $"{options.Url.GetLeftPart(UriPartial.Path).TrimEnd('/')} answers in a form that is not that of InfluxDB {options.Version}";
        var queries = new InfluxQueries(options, http, ILineProtocolTarget.Of(options).Authorization, clock);
        _reader = options.Version switch
        {
            1 => new InfluxReader1(options, queries),
            2 => new InfluxReader2(options, queries),
            _ => new InfluxReader3(options, queries),
        };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The number of points is below 1 or above 10,000.</exception>
    /// <exception cref="HistoryException">The database does not answer, or not as it should.</exception>
    public async Task<IReadOnlyList<SeriesPoint>> SeriesAsync(string patient, string signal, Instant from, Instant to, int points, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points, PointsAtMost);
        var query = new SeriesQuery(patient.TrimEnd('\\'), signal, from, to); // As it was written: see LineBuffer.
        return await InWordsAsync(() => ReadAsync(query, points, cancellation)).ConfigureAwait(false);
    }

    /// <summary>An answer of another form is told in a sentence.</summary>
    private async Task<T> InWordsAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HistoryException($"{_whose} ({failure.Message}).", failure);
        }
    }

    private async Task<IReadOnlyList<SeriesPoint>> ReadAsync(SeriesQuery query, int points, CancellationToken cancellation)
    {
        var (from, to) = (query.From, query.To);
        if ((double)to.UnixMilliseconds - from.UnixMilliseconds > AskedForExtentFrom.TotalMilliseconds)
        {
            if (await _reader.ExtentAsync(query, cancellation).ConfigureAwait(false) is not { } extent)
            {
                return [];
            }

            query = query with { From = Instant.Later(from, extent.First), To = to > extent.Last ? new Instant(extent.Last.UnixMilliseconds + 1) : to };
        }

        if (query.To <= query.From)
        {
            return [];
        }

        var length = query.To.UnixMilliseconds - query.From.UnixMilliseconds;
        var width = (length + points - 1) / points;
        var count = (int)((length + width - 1) / width);
        var buckets = new SeriesBuckets(query.From, new Instant(query.From.UnixMilliseconds + (width * count)), count);
        if (_catalogue.Find(query.Signal)?.Form == SignalForm.Letter)
        {
            AddEach(buckets, await _reader.PointsAsync(query, onlyMarked: false, cancellation).ConfigureAwait(false), query.Signal);
        }
        else
        {
            await AddNumbersAsync(buckets, query, width, cancellation).ConfigureAwait(false);
        }

        return buckets.ToPoints();
    }

    private async Task AddNumbersAsync(SeriesBuckets buckets, SeriesQuery query, long width, CancellationToken cancellation)
    {
        var marked = await _reader.PointsAsync(query, onlyMarked: true, cancellation).ConfigureAwait(false);
        var mixed = marked.Where(point => !Counts(point, query.Signal)).Select(point => Place(point.Time)).ToHashSet();
        foreach (var interval in await _reader.IntervalsAsync(query, width, cancellation).ConfigureAwait(false))
        {
            if (!mixed.Contains(Place(interval.Start)))
            {
                buckets.Add(interval.Start, interval.Lowest, interval.Highest, interval.Sum, interval.Count);
            }
        }

        foreach (var (first, last) in Runs(mixed))
        {
            var part = query with
            {
                From = new Instant(query.From.UnixMilliseconds + (first * width)),
                To = new Instant(Math.Min(query.To.UnixMilliseconds, query.From.UnixMilliseconds + ((last + 1) * width))),
            };
            AddEach(buckets, await _reader.PointsAsync(part, onlyMarked: false, cancellation).ConfigureAwait(false), query.Signal);
        }

        foreach (var point in marked.Where(point => QualityText.Of(point.Quality, query.Signal) == Quality.Questionable && !mixed.Contains(Place(point.Time))))
        {
            buckets.MarkQuestionable(point.Time);
        }

        long Place(Instant time) => (time.UnixMilliseconds - query.From.UnixMilliseconds) / width;
    }

    private static void AddEach(SeriesBuckets buckets, IEnumerable<StoredPoint> points, string signal)
    {
        foreach (var point in points.Where(point => Counts(point, signal)))
        {
            buckets.Add(point.Time, point.Value, QualityText.Of(point.Quality, signal) == Quality.Questionable, late: false);
        }
    }

    private static bool Counts(StoredPoint point, string signal) => QualityText.Of(point.Quality, signal) is Quality.Valid or Quality.Questionable;

    private static IEnumerable<(long First, long Last)> Runs(IEnumerable<long> places)
    {
        (long First, long Last)? run = null;
        foreach (var place in places.Order())
        {
            if (run is { } open && place == open.Last + 1)
            {
                run = (open.First, place);
                continue;
            }

            if (run is { } ended)
            {
                yield return ended;
            }

            run = (place, place);
        }

        if (run is { } last)
        {
            yield return last;
        }
    }
}
