using IoTGateway.Alerts;
using IoTGateway.Archive;
using IoTGateway.Readings;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>What has been, as a test wants it.</summary>
internal sealed class FakeArchive : IArchive
{
    public List<ArchivedEpisode> Episodes { get; } = [];

    public List<TimelineEntry> Entries { get; } = [];

    public List<AlertEvent> Events { get; } = [];

    public AlarmLoad Load { get; set; } = new(0, 0, 0, null, 0, [], [], new int[24]);

    /// <summary>What was asked for last.</summary>
    public EpisodeFilter? Filter { get; private set; }

    public Task<IReadOnlyList<ArchivedEpisode>> EpisodesAsync(EpisodeFilter filter, CancellationToken cancellation)
    {
        Filter = filter;
        return Task.FromResult<IReadOnlyList<ArchivedEpisode>>([.. Episodes
            .Where(each => each.Raised < filter.To && (each.Ended ?? Instant.MaxValue) >= filter.From)
            .Where(each => filter.Ward is null || each.Last.Ward == filter.Ward)
            .Where(each => filter.Patient is null || each.Last.Patient == filter.Patient)
            .Where(each => filter.Alert is null || each.Last.Alert == filter.Alert)
            .Where(each => filter.Priority is null || each.Highest == filter.Priority)
            .Where(each => filter.Kind is null || each.Last.Kind == filter.Kind)
            .Where(each => filter.Acknowledged is null || each.FirstAcknowledged is not null == filter.Acknowledged)
            .Where(each => filter.BeforeEpisodeNumber is null || each.Number < filter.BeforeEpisodeNumber)
            .OrderByDescending(each => each.Number)
            .Take(filter.AtMost)]);
    }

    public Task<IReadOnlyList<AlertEvent>> EventsAsync(string episode, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<AlertEvent>>([.. Events.Where(each => each.Status.Episode == episode)]);

    public Task<IReadOnlyList<TimelineEntry>> TimelineAsync(string patient, Instant from, Instant to, int atMost, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<TimelineEntry>>([.. Between(from, to).Where(each => each.Patient == patient).Take(atMost)]);

    public Task<IReadOnlyList<TimelineEntry>> WardTimelineAsync(string ward, Instant from, Instant to, int atMost, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<TimelineEntry>>([.. Between(from, to).Where(each => each.Ward == ward).Take(atMost)]);

    public Task<AlarmLoad> AlarmLoadAsync(string? ward, Instant from, Instant to, CancellationToken cancellation) => Task.FromResult(Load);

    private IEnumerable<TimelineEntry> Between(Instant from, Instant to) => Entries.Where(each => each.Time >= from && each.Time < to).OrderByDescending(each => each.Time);
}
