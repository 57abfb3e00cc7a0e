using IoTGateway.Readings;

namespace IoTGateway.Storage.Influx.History;

/// <content>The last values of a patient.</content>
public sealed partial class InfluxHistory
{
    /// <summary>Where the last values of a signal do not count, it is asked on in steps that double, beginning with this one.</summary>
    private static readonly TimeSpan AskedBackFirst = TimeSpan.FromHours(1);

    /// <summary>How far it is asked back in all.</summary>
    private static readonly TimeSpan AskedBackAtMost = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    /// <remarks>A signal of which no value has counted in the 7 days before its last is left out.</remarks>
    /// <exception cref="HistoryException">The database does not answer, or not as it should.</exception>
    public Task<IReadOnlyList<LatestPoint>> LatestAsync(string patient, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(patient);
        return InWordsAsync(() => ReadLatestAsync(patient.TrimEnd('\\'), cancellation)); // As it was written: see LineBuffer.
    }

    private async Task<IReadOnlyList<LatestPoint>> ReadLatestAsync(string patient, CancellationToken cancellation)
    {
        var values = new List<LatestPoint>();
        foreach (var (signal, last) in await _reader.LatestAsync(patient, [.. _catalogue.Signals.Select(signal => signal.Id)], cancellation).ConfigureAwait(false))
        {
            if ((Counts(last, signal) ? last : await LastThatCountsAsync(patient, signal, last.Time, cancellation).ConfigureAwait(false)) is { } point)
            {
                values.Add(new LatestPoint(signal, point.Time, point.Value, QualityText.Of(point.Quality, signal) == Quality.Questionable));
            }
        }

        return [.. values.OrderBy(value => value.Signal, StringComparer.Ordinal)];
    }

    private async Task<StoredPoint?> LastThatCountsAsync(string patient, string signal, Instant last, CancellationToken cancellation)
    {
        var to = last;
        for (var step = AskedBackFirst; to > last - AskedBackAtMost; step *= 2)
        {
            var from = Instant.Later(to - step, last - AskedBackAtMost);
            var points = await _reader.PointsAsync(new SeriesQuery(patient, signal, from, to), onlyMarked: false, cancellation).ConfigureAwait(false);
            if (points.Where(point => Counts(point, signal)).OrderBy(point => point.Time).Cast<StoredPoint?>().LastOrDefault() is { } found)
            {
                return found;
            }

            to = from;
        }

        return null;
    }
}
