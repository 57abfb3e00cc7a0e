using System.Globalization;
using System.Text.RegularExpressions;
using IoTGateway.Alerts;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.View;
using IoTGateway.Readings;
using IoTGateway.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IoTGateway.Board.Api;

/// <summary>The patients and their series.</summary>
internal static partial class PatientsApi
{
    private const int PointsDefault = 300;
    private const int PointsMost = 10_000;

    private static readonly TimeSpan SpanDefault = TimeSpan.FromHours(1);
    private static readonly TimeSpan SpanMost = TimeSpan.FromDays(366);

    /// <summary><c>GET /api/patients</c></summary>
    public static IResult List(IWardView ward, HttpContext context)
    {
        var snapshot = ward.Snapshot();
        var escalations = Escalations.Of(context.RequestServices);
        var patients = snapshot.Tiles.Select(tile => ReplyMaker.Patient(snapshot, tile, escalations)).ToList();
        return TypedResults.Json(new PatientsReply(snapshot.Time.ToString(), patients), BoardJson.Default.PatientsReply);
    }

    /// <summary><c>GET /api/patients/{id}</c></summary>
    public static IResult One(string id, IWardView ward, HttpContext context)
    {
        var snapshot = ward.Snapshot();
        return Find(snapshot, id) is { } tile
            ? TypedResults.Json(
                new PatientDetailReply(snapshot.Time.ToString(), ReplyMaker.Patient(snapshot, tile, Escalations.Of(context.RequestServices))), BoardJson.Default.PatientDetailReply)
            : OrderResults.Missing("There is no such patient here now.");
    }

    /// <summary><c>GET /api/patients/{id}/limits</c></summary>
    public static IResult Limits(string id, IWardView ward, HttpContext context)
    {
        if (Find(ward.Snapshot(), id) is not { Patient: { } patient })
        {
            return OrderResults.Missing("There is no such patient here now.");
        }

        var catalogue = ObservationsApi.CatalogueOf(context);
        var limits = ward.Limits(patient).Select(limit => new LimitReply(
            limit.Limit,
            CarePainter.LimitWords(limit.Limit),
            limit.Value,
            limit.FromFiles,
            limit.Lowest,
            limit.Highest,
            limit.Signals.Select(catalogue.Find).FirstOrDefault(signal => signal is not null) is { } signal ? ValueReading.UnitOf(signal) : "",
            limit.Signals,
            limit.AtBedside is { } bedside ? ReplyMaker.Limit(bedside) : null));
        return TypedResults.Json(new LimitsReply(patient, [.. limits]), BoardJson.Default.LimitsReply);
    }

    /// <summary><c>GET /api/patients/{id}/series?signal=&amp;from=&amp;to=&amp;points=</c>: by default the last hour in at most 300 points.</summary>
    public static async Task<IResult> SeriesAsync(
        string id, string? signal, string? from, string? to, string? points, HttpContext context, TimeProvider clock, CancellationToken cancellation)
    {
        if (context.RequestServices.GetService<IHistory>() is not { } history)
        {
            return TypedResults.Problem("This gateway keeps no history: turn on Storage:BuiltIn:Enabled, or set Storage:Influx:Url.", statusCode: StatusCodes.Status404NotFound);
        }

        if (signal is null || !SignalId().IsMatch(signal))
        {
            return RequestText.Bad("Name one signal by its id: signal=spo2.");
        }

        if (Read(to, Instant.Now(clock)) is not { } end)
        {
            return RequestText.Bad($"'to' is no time: give Unix milliseconds or ISO 8601 with an offset, for example 2026-11-22T22:14:05Z.");
        }

        if (Read(from, end - SpanDefault) is not { } begin)
        {
            return RequestText.Bad($"'from' is no time: give Unix milliseconds or ISO 8601 with an offset, for example 2026-11-22T21:14:05Z.");
        }

        if (begin >= end || end - begin > SpanMost)
        {
            return RequestText.Bad("'from' must be earlier than 'to', by at most 366 days.");
        }

        var count = PointsDefault;
        if (points is not null && (!int.TryParse(points, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > PointsMost))
        {
            return RequestText.Bad("'points' must be a whole number from 1 to 10000.");
        }

        IReadOnlyList<SeriesPoint> series;
        try
        {
            series = await history.SeriesAsync(id, signal, begin, end, count, cancellation);
        }
        catch (HistoryException failure)
        {
            return TypedResults.Problem(failure.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        List<PointReply> shown = [.. series.Select(point =>
            new PointReply(point.Time.UnixMilliseconds, point.Lowest, point.Highest, point.Average, point.Questionable ? true : null, point.Late ? true : null))];
        return TypedResults.Json(new SeriesReply(id, signal, begin.ToString(), end.ToString(), shown), BoardJson.Default.SeriesReply);
    }

    private static TileView? Find(WardSnapshot snapshot, string id) => snapshot.Tiles.FirstOrDefault(tile => tile.Patient == id);

    private static Instant? Read(string? text, Instant absent) => string.IsNullOrEmpty(text) ? absent : RequestText.Time(text);

    [GeneratedRegex("^[a-z0-9_]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex SignalId();
}
