using IoTGateway.Readings;

namespace IoTGateway.Storage;

/// <summary>Reads what was stored. Readers never block the writer.</summary>
public interface IHistory
{
    /// <summary>A signal of a patient between two times, thinned to about <paramref name="points"/> points that keep the peaks.</summary>
    /// <param name="patient">The patient's id.</param>
    /// <param name="signal">The signal's id.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The instant behind the last.</param>
    /// <param name="points">How many points at most; 1 to 10,000.</param>
    /// <param name="cancellation">Ends the query.</param>
    Task<IReadOnlyList<SeriesPoint>> SeriesAsync(string patient, string signal, Instant from, Instant to, int points, CancellationToken cancellation);

    /// <summary>The last value of every signal of a patient, by the signals' ids; empty where nothing is stored of him.</summary>
    /// <param name="patient">The patient's id.</param>
    /// <param name="cancellation">Ends the query.</param>
    Task<IReadOnlyList<LatestPoint>> LatestAsync(string patient, CancellationToken cancellation);
}
