using System.Globalization;
using IoTGateway.Alerts;
using IoTGateway.Archive;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.Ports;
using IoTGateway.Notifications;
using IoTGateway.Readings;
using IoTGateway.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IoTGateway.Board.Api;

/// <summary>What has been: the history of the alerts, of one episode, of one patient, and why an alert is as it is.</summary>
internal static class HistoryApi
{
    private const int EpisodesMost = 500;
    private const int EntriesMost = 2000;
    private const string NoArchive = "This gateway keeps no archive of its alerts.";

    private static readonly TimeSpan SpanDefault = TimeSpan.FromHours(12);
    private static readonly TimeSpan SpanMost = TimeSpan.FromDays(800);

    /// <summary><c>GET /api/alerts/history?from=&amp;to=&amp;ward=&amp;patient=&amp;alert=&amp;priority=&amp;kind=&amp;acknowledged=&amp;most=&amp;before=</c></summary>
    public static async Task<IResult> EpisodesAsync(
        HttpContext context,
        TimeProvider clock,
        string? from,
        string? to,
        string? ward,
        string? patient,
        string? alert,
        string? priority,
        string? kind,
        string? acknowledged,
        string? most,
        string? before)
    {
        if (context.RequestServices.GetService<IArchive>() is not { } archive)
        {
            return OrderResults.Missing(NoArchive);
        }

        var saying = new Saying();
        var (begin, end) = Span(from, to, clock, saying);
        var count = Whole(most, "most", 100, EpisodesMost, saying);
        saying.Check(priority is null or "" or "high" or "medium" or "low", "'priority' must be \"high\", \"medium\" or \"low\".");
        saying.Check(kind is null or "" or "physiological" or "technical", "'kind' must be \"physiological\" or \"technical\".");
        saying.Check(acknowledged is null or "" or "true" or "false", "'acknowledged' must be true or false.");
        long older = 0;
        saying.Check(string.IsNullOrEmpty(before) || long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out older), "'before' must be the number that the page before told.");
        if (saying.Wrong is { } wrong)
        {
            return RequestText.Bad(wrong);
        }

        var found = await archive.EpisodesAsync(
            new EpisodeFilter
            {
                From = begin,
                To = end,
                Ward = Given(ward),
                Patient = Given(patient),
                Alert = Given(alert),
                Priority = priority switch { "high" => AlertPriority.High, "medium" => AlertPriority.Medium, "low" => AlertPriority.Low, _ => null },
                Kind = kind switch { "physiological" => AlertKind.Physiological, "technical" => AlertKind.Technical, _ => null },
                Acknowledged = acknowledged switch { "true" => true, "false" => false, _ => null },

                // One more than asked for tells whether there is another page.
                AtMost = count + 1,
                BeforeEpisodeNumber = string.IsNullOrEmpty(before) ? null : older,
            },
            context.RequestAborted);
        List<EpisodeReply> page = [.. found.Take(count).Select(ReplyMaker.Episode)];
        return TypedResults.Json(new EpisodesReply(page, found.Count > count ? page[^1].Number : null), BoardJson.Default.EpisodesReply);
    }

    /// <summary><c>GET /api/alerts/episodes/{episode}</c></summary>
    public static async Task<IResult> EventsAsync(string episode, HttpContext context)
    {
        if (context.RequestServices.GetService<IArchive>() is not { } archive)
        {
            return OrderResults.Missing(NoArchive);
        }

        var events = await archive.EventsAsync(episode, context.RequestAborted);
        if (events.Count == 0)
        {
            return OrderResults.Missing("There is no such episode, or it is older than the archive keeps.");
        }

        var escalation = context.RequestServices.GetService<IEscalations>()?.Standing().FirstOrDefault(status => status.Episode == episode);
        return TypedResults.Json(
            new EpisodeEventsReply(
                episode,
                [.. events.Where(each => each.IsShown).Select(each => new EpisodeEventReply(
                    each.Time.ToString(), ReplyMaker.Word(each.Change.ToString()), each.By, ReplyMaker.Alert(each.Status)))],
                escalation is null ? null : ReplyMaker.Escalation(escalation)),
            BoardJson.Default.EpisodeEventsReply);
    }

    /// <summary><c>GET /api/patients/{id}/timeline?from=&amp;to=&amp;most=</c></summary>
    public static async Task<IResult> TimelineAsync(string id, HttpContext context, TimeProvider clock, string? from, string? to, string? most)
    {
        if (context.RequestServices.GetService<IArchive>() is not { } archive)
        {
            return OrderResults.Missing(NoArchive);
        }

        var saying = new Saying();
        var (begin, end) = Span(from, to, clock, saying);
        var count = Whole(most, "most", 200, EntriesMost, saying);
        if (saying.Wrong is { } wrong)
        {
            return RequestText.Bad(wrong);
        }

        var entries = await archive.TimelineAsync(id, begin, end, count + 1, context.RequestAborted);
        return TypedResults.Json(
            new TimelineReply(begin.ToString(), end.ToString(), [.. entries.Take(count).Select(ReplyMaker.Entry)], entries.Count > count), BoardJson.Default.TimelineReply);
    }

    /// <summary><c>GET /api/alerts/{id}/explain</c></summary>
    public static async Task<IResult> ExplainAsync(string id, HttpContext context, IWardView ward)
    {
        if (context.RequestServices.GetService<IExplanations>() is not { } explanations)
        {
            return OrderResults.Missing("This gateway cannot explain its alerts at the board. On its machine: iotgateway rules explain");
        }

        return AlertNames.Find(ward, id) is not { } alert
            ? OrderResults.Missing("There is no such alert: it may have ended.")
            : await explanations.ExplainAsync(alert.Patient, alert.Slug, context.RequestAborted) is { } explanation
                ? TypedResults.Json(ReplyMaker.Explanation(explanation), BoardJson.Default.ExplanationReply)
                : OrderResults.Missing("No rule in force raises this alert: it is the gateway's own, or its rule is gone.");
    }

    /// <summary>The time a request is about; by default the last 12 hours.</summary>
    public static (Instant From, Instant To) Span(string? from, string? to, TimeProvider clock, Saying saying, TimeSpan? absent = null)
    {
        var end = saying.Time(to, "to", Instant.Now(clock));
        var begin = saying.Time(from, "from", end - (absent ?? SpanDefault));
        saying.Check(begin < end && end - begin <= SpanMost, "'from' must be earlier than 'to', by at most 800 days.");
        return (begin, end);
    }

    /// <summary>A whole number of the query.</summary>
    public static int Whole(string? text, string name, int absent, int most, Saying saying)
    {
        if (string.IsNullOrEmpty(text))
        {
            return absent;
        }

        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return saying.Number(isNumber ? number : null, name, 1, most);
    }

    /// <summary>What was given; null where nothing was.</summary>
    public static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
