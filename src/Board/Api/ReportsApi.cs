using IoTGateway.Alerts;
using IoTGateway.Alerts.Observations;
using IoTGateway.Archive;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.View;
using IoTGateway.Notifications;
using IoTGateway.Readings;
using IoTGateway.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IoTGateway.Board.Api;

/// <summary>What a shift hands over, how many alerts there were, and who is told of them.</summary>
internal static class ReportsApi
{
    private const int EntriesMost = 5000;

    // Somebody has to plan the round: what will be due within the hour is told too.
    private static readonly TimeSpan DueSoon = TimeSpan.FromHours(1);

    private static readonly TimeSpan LoadDefault = TimeSpan.FromDays(7);

    /// <summary><c>GET /api/handover?ward=&amp;from=&amp;to=</c>: by default the last 12 hours of all wards.</summary>
    public static async Task<IResult> HandOverAsync(HttpContext context, IWardView view, TimeProvider clock, string? ward, string? from, string? to)
    {
        var saying = new Saying();
        var (begin, end) = HistoryApi.Span(from, to, clock, saying);
        if (saying.Wrong is { } wrong)
        {
            return RequestText.Bad(wrong);
        }

        var name = HistoryApi.Given(ward);
        var snapshot = view.Snapshot();
        var tiles = snapshot.Tiles.Where(tile => SubjectOf(tile) is not null && tile.Bed.Length > 0 && (name is null || tile.Ward == name)).ToList();
        var observations = context.RequestServices.GetService<IObservations>();
        var archive = context.RequestServices.GetService<IArchive>();
        var (entries, episodes, more) = archive is null ? ([], [], false) : await EntriesAsync(archive, tiles, begin, end, context.RequestAborted);
        var alerts = episodes.ToLookup(episode => episode.Last.Patient, StringComparer.Ordinal);
        var of = entries.ToLookup(entry => entry.Patient, StringComparer.Ordinal);
        List<HandOverBedReply> beds = [.. tiles.Select(tile => new HandOverBedReply(
            ReplyMaker.Patient(snapshot, tile), [.. Due(observations, SubjectOf(tile)!, snapshot.Time)], [.. Alerts(alerts[SubjectOf(tile)!])], [.. of[SubjectOf(tile)!].OrderBy(entry => entry.Time).Select(ReplyMaker.Entry)]))];
        return TypedResults.Json(new HandOverReply(begin.ToString(), end.ToString(), name, archive is not null, beds, more), BoardJson.Default.HandOverReply);
    }

    /// <summary><c>GET /api/load?ward=&amp;from=&amp;to=</c>: by default the last 7 days of all wards.</summary>
    public static async Task<IResult> LoadAsync(HttpContext context, TimeProvider clock, string? ward, string? from, string? to)
    {
        if (context.RequestServices.GetService<IArchive>() is not { } archive)
        {
            return OrderResults.Missing("This gateway keeps no archive of its alerts.");
        }

        var saying = new Saying();
        var (begin, end) = HistoryApi.Span(from, to, clock, saying, LoadDefault);
        if (saying.Wrong is { } wrong)
        {
            return RequestText.Bad(wrong);
        }

        var name = HistoryApi.Given(ward);
        var load = await archive.AlarmLoadAsync(name, begin, end, context.RequestAborted);
        return TypedResults.Json(
            new LoadReply(
                begin.ToString(),
                end.ToString(),
                name,
                load.BedDays,
                load.Episodes,
                load.PerBedDay,
                load.MedianToAcknowledge?.TotalSeconds,
                load.ShorterThan30Seconds,
                [.. load.ByRule.Select(Row)],
                [.. load.ByBed.Select(Row)],
                load.ByHour),
            BoardJson.Default.LoadReply);
    }

    /// <summary><c>GET /api/channels</c></summary>
    public static IResult Channels(HttpContext context)
    {
        var escalations = context.RequestServices.GetService<IEscalations>();
        var channels = (escalations?.Channels ?? []).Select(channel => new ChannelReply(
            channel.Name, channel.Kind, channel.Waiting, channel.AwaySince?.ToString(), channel.Reason.Length == 0 ? null : channel.Reason, channel.LastSent?.ToString()));
        return TypedResults.Json(new ChannelsReply(escalations is not null, escalations?.Troubles ?? [], [.. channels]), BoardJson.Default.ChannelsReply);
    }

    /// <summary>Whose alerts stand on a tile: the patient's, or of an empty bed those of a device that goes on sending there; null for nobody's.</summary>
    private static string? SubjectOf(TileView tile) => tile.Patient ?? (tile.Alerts is [var alert, ..] ? alert.Patient : null);

    private static async Task<(IReadOnlyList<TimelineEntry> Entries, IReadOnlyList<ArchivedEpisode> Episodes, bool More)> EntriesAsync(
        IArchive archive, List<TileView> tiles, Instant from, Instant to, CancellationToken cancellation)
    {
        var entries = new List<TimelineEntry>();
        var episodes = new List<ArchivedEpisode>();
        var more = false;
        foreach (var ward in tiles.Select(tile => tile.Ward).Distinct(StringComparer.Ordinal))
        {
            var found = await archive.WardTimelineAsync(ward, from, to, EntriesMost + 1, cancellation);
            more |= found.Count > EntriesMost;
            entries.AddRange(found.Take(EntriesMost));
            var raised = await archive.EpisodesAsync(new EpisodeFilter { From = from, To = to, Ward = ward, AtMost = EntriesMost + 1 }, cancellation);
            more |= raised.Count > EntriesMost;
            episodes.AddRange(raised.Take(EntriesMost));
        }

        return (entries, episodes, more);
    }

    private static IEnumerable<HandOverAlertReply> Alerts(IEnumerable<ArchivedEpisode> episodes) => episodes
        .GroupBy(episode => episode.Last.Alert, StringComparer.Ordinal)
        .Select(group => new HandOverAlertReply(
            group.Key,
            AlertPainter.PriorityWord(group.Max(episode => episode.Highest)),
            group.First().Last.Kind == AlertKind.Technical,
            group.Count(),
            group.Count(episode => episode.FirstAcknowledged is not null),
            group.Max(episode => episode.Raised).ToString()))
        .OrderByDescending(reply => reply.Episodes)
        .ThenBy(reply => reply.Alert, StringComparer.Ordinal);

    private static IEnumerable<DueReply> Due(IObservations? observations, string patient, Instant now) => (observations?.Due(patient) ?? [])
        .Where(due => due.DueAt is not { } at || at - now <= DueSoon)
        .Select(due => new DueReply(due.Signal.Id, due.Signal.Name, due.LastTaken?.ToString(), due.DueAt is { } at && at > now ? at.ToString() : null));

    private static LoadRowReply Row(AlarmLoadRow row) => new(
        row.Name,
        AlertPainter.PriorityWord(row.Highest),
        row.Episodes,
        row.Share,
        row.Acknowledged,
        row.MedianToAcknowledge?.TotalSeconds,
        row.MedianLength?.TotalSeconds,
        row.ShorterThan30Seconds);
}
