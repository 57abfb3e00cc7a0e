using IoTGateway.Alerts;
using IoTGateway.Readings;

namespace IoTGateway.Archive;

/// <summary>Reads what has been. Readers never block the writer. Times are event times unless said otherwise.</summary>
public interface IArchive
{
    /// <summary>The episodes that match, newest first.</summary>
    Task<IReadOnlyList<ArchivedEpisode>> EpisodesAsync(EpisodeFilter filter, CancellationToken cancellation);

    /// <summary>Every event of one episode, oldest first.</summary>
    Task<IReadOnlyList<AlertEvent>> EventsAsync(string episode, CancellationToken cancellation);

    /// <summary>What happened to a patient, newest first: alerts, what people did, observations, moves, pages.</summary>
    Task<IReadOnlyList<TimelineEntry>> TimelineAsync(string patient, Instant from, Instant to, int atMost, CancellationToken cancellation);

    /// <summary>What happened in a ward, newest first, for a hand-over.</summary>
    Task<IReadOnlyList<TimelineEntry>> WardTimelineAsync(string ward, Instant from, Instant to, int atMost, CancellationToken cancellation);

    /// <summary>How many alerts there were, of which rule, at which bed, and how they were answered.</summary>
    Task<AlarmLoad> AlarmLoadAsync(string? ward, Instant from, Instant to, CancellationToken cancellation);
}
