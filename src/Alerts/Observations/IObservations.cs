using IoTGateway.Readings.Observations;

namespace IoTGateway.Alerts.Observations;

/// <summary>Takes observations of people. Safe from any thread. Each is a record of the log before it has an effect.</summary>
public interface IObservations
{
    /// <summary>Records an observation. Completes when it is durable and the rules have seen it.</summary>
    Task<ObservationAnswer> RecordAsync(ObservationEntry entry, string by, CancellationToken cancellation);

    /// <summary>Puts another version in the place of an observation; the one before stays in the log.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="revision">The version the person saw; if there is a newer one the correction is refused.</param>
    /// <param name="entry">What it is to say.</param>
    /// <param name="by">Who corrects it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task<ObservationAnswer> CorrectAsync(string id, int revision, ObservationEntry entry, string by, CancellationToken cancellation);

    /// <summary>Takes an observation back: its values count as never measured.</summary>
    Task<ObservationAnswer> RetractAsync(string id, int revision, string reason, string by, CancellationToken cancellation);

    /// <summary>The newest observations of a patient, newest first: at least those of the last 24 h.</summary>
    IReadOnlyList<Observation> Of(string patient);

    /// <summary>
    /// What scores of a patient need and no device of the patient has sent within <c>valid for</c>: somebody has to look. In the order of the signal catalogue;
    /// empty for a patient without scores.
    /// </summary>
    IReadOnlyList<DueObservation> Due(string patient);
}
