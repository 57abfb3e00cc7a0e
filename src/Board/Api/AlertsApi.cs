using System.Globalization;
using System.Text.Json;
using IoTGateway.Alerts;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Queue;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Board.Api;

/// <summary>The alerts, and their acknowledgement.</summary>
internal static class AlertsApi
{
    /// <summary>An acknowledgement is a few lines; a longer body is refused before it is read (413).</summary>
    public const int BodyBytesMost = 16 * 1024;

    private const int RecentMost = 1000;
    private const int ByLengthMost = 60;
    private const int NoteLengthMost = 500;
    private const int EpisodeLengthMost = 200;

    /// <summary><c>GET /api/alerts?recent=N</c>: those that have not ended; with <c>recent</c> also the newest transitions.</summary>
    public static IResult List(IWardView ward, string? recent)
    {
        var most = 0;
        if (recent is not null && (!int.TryParse(recent, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is < 1 or > RecentMost))
        {
            return RequestText.Bad("'recent' must be a whole number from 1 to 1000.");
        }

        var snapshot = ward.Snapshot();
        var alerts = snapshot.Tiles.SelectMany(tile => tile.Alerts).Select(ReplyMaker.Alert).ToList();
        List<AlertReply>? transitions = recent is null ? null : [.. ward.RecentTransitions(most).Select(ReplyMaker.Alert)];
        return TypedResults.Json(new AlertsReply(snapshot.Time.ToString(), snapshot.AlertsComplete, alerts, transitions), BoardJson.Default.AlertsReply);
    }

    /// <summary>
    /// <c>POST /api/alerts/{id}/ack</c> with <c>{"episode","by","note"}</c>: 200 when it is durable (or somebody was first), 409 when the episode is not
    /// the present one, 404 when there is no such alert, 503 when it could not be recorded.
    /// </summary>
    public static async Task<IResult> AcknowledgeAsync(
        string id, HttpRequest request, IWardView ward, IAlertCommands commands, ILoggerFactory logs, CancellationToken cancellation)
    {
        AcknowledgeRequest? said;
        try
        {
            said = await JsonSerializer.DeserializeAsync(request.Body, BoardJson.Default.AcknowledgeRequest, cancellation);
        }
        catch (JsonException)
        {
            said = null;
        }
        catch (BadHttpRequestException failure)
        {
            // A body without a length is found to be too long, or cut off, only while it is read.
            return TypedResults.Problem("The body could not be read: it is longer than an acknowledgement may be, or was cut off.", statusCode: failure.StatusCode);
        }

        if (said is null)
        {
            return RequestText.Bad("The body is not the JSON expected: {\"episode\":\"…\",\"by\":\"your name\",\"note\":\"…\"}.");
        }

        var (episode, by, note) = (said.Episode ?? "", (said.By ?? "").Trim(), (said.Note ?? "").Trim());
        if (episode.Length is 0 or > EpisodeLengthMost)
        {
            return RequestText.Bad("Name the episode that was seen: an alert may have ended and been raised again since.");
        }

        if (by.Length is 0 or > ByLengthMost || !RequestText.IsLine(by))
        {
            return RequestText.Bad("Say who acknowledges: 'by' is a name or initials of 1 to 60 characters on one line.");
        }

        if (note.Length > NoteLengthMost)
        {
            return RequestText.Bad("The note may have 500 characters at most.");
        }

        var alertId = KnownId(ward, id);
        try
        {
            // Nobody is signed in yet: the record says so, so that no one takes the name for proven later.
            var result = await commands.AcknowledgeAsync(alertId, episode, seen: null, $"{by} (board, unauthenticated)", note, cancellation);
            return Answer(result, alertId, ward);
        }
        catch (LogFailedException failure)
        {
            BoardLog.AcknowledgementNotRecorded(logs.CreateLogger(typeof(AlertsApi)), failure);
            return TypedResults.Problem(
                "The acknowledgement was not recorded: the gateway cannot write to its log. The alert goes on; tell the gateway's operator.",
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Answer(AcknowledgeResult result, string alertId, IWardView ward)
    {
        var alert = Find(ward, alertId);
        var shown = alert is null ? null : ReplyMaker.Alert(alert);
        return result switch
        {
            AcknowledgeResult.Acknowledged =>
                Reply(StatusCodes.Status200OK, new AcknowledgeReply("acknowledged", "Acknowledged.", shown)),
            AcknowledgeResult.AlreadyAcknowledged =>
                Reply(StatusCodes.Status200OK, new AcknowledgeReply("alreadyAcknowledged", "Somebody had acknowledged it before; the first acknowledgement stands.", shown)),
            AcknowledgeResult.Stale =>
                Reply(StatusCodes.Status409Conflict, new AcknowledgeReply("stale", "Not acknowledged: this alert has changed since you saw it. Look again.", shown)),
            _ => TypedResults.Problem("There is no such alert: it may have ended.", statusCode: StatusCodes.Status404NotFound),
        };
    }

    private static JsonHttpResult<AcknowledgeReply> Reply(int status, AcknowledgeReply reply) => TypedResults.Json(reply, BoardJson.Default.AcknowledgeReply, statusCode: status);

    // A slash in a name arrives escaped; but a name may also really contain "%2F", and then it is known as it came.
    private static string KnownId(IWardView ward, string routeValue) => Find(ward, routeValue) is null ? RequestText.Unescape(routeValue) : routeValue;

    private static AlertStatus? Find(IWardView ward, string id) =>
        ward.Snapshot().Tiles.SelectMany(tile => tile.Alerts).FirstOrDefault(alert => alert.Id == id);
}
