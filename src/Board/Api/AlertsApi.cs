using System.Globalization;
using IoTGateway.Alerts;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.Api.Requests;
using IoTGateway.Board.View;
using IoTGateway.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IoTGateway.Board.Api;

/// <summary>The alerts, and their acknowledgement.</summary>
internal static class AlertsApi
{
    private const int RecentMost = 1000;
    private const int EpisodeLengthMost = 200;

    /// <summary><c>GET /api/alerts?recent=N</c>: those that have not ended; with <c>recent</c> also the newest transitions.</summary>
    public static IResult List(IWardView ward, HttpContext context, string? recent)
    {
        var most = 0;
        if (recent is not null && (!int.TryParse(recent, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is < 1 or > RecentMost))
        {
            return RequestText.Bad("'recent' must be a whole number from 1 to 1000.");
        }

        var snapshot = ward.Snapshot();
        var escalations = Escalations.Of(context.RequestServices);
        var alerts = snapshot.Tiles.SelectMany(tile => tile.Alerts).Select(alert => ReplyMaker.Alert(alert, escalations.GetValueOrDefault(alert.Episode))).ToList();
        List<AlertReply>? transitions = recent is null ? null : [.. ward.RecentTransitions(most).Select(ReplyMaker.Alert)];
        return TypedResults.Json(new AlertsReply(snapshot.Time.ToString(), snapshot.AlertsComplete, alerts, transitions), BoardJson.Default.AlertsReply);
    }

    /// <summary>
    /// <c>POST /api/alerts/{id}/ack</c> with <c>{"episode","by","note","state","priority"}</c>: 200 when it is durable (or somebody was first), 409 when the
    /// episode is not the present one or is more urgent than the person saw, 404 when there is no such alert, 503 when it could not be recorded.
    /// </summary>
    public static async Task<IResult> AcknowledgeAsync(string id, HttpContext context, IWardView ward, IAlertCommands commands)
    {
        var (said, refused) = await RequestBody.ReadAsync(
            context.Request, BoardJson.Default.AcknowledgeRequest, """{"episode":"…","by":"your name","note":"…"}""", context.RequestAborted);
        if (said is null)
        {
            return refused!;
        }

        var saying = new Saying();
        var episode = saying.Needed(said.Episode, "episode", "Name the episode that was seen: an alert may have ended and been raised again since.", EpisodeLengthMost);
        var by = saying.Person(said.By);
        var note = saying.Text(said.Note, "note");
        var seen = SeenOf(said, saying);
        if (saying.Wrong is { } wrong)
        {
            return RequestText.Bad(wrong);
        }

        return await OrderResults.RunAsync(context, async cancellation => Answer(await commands.AcknowledgeAsync(id, episode, seen, by, note, cancellation), id, ward));
    }

    private static SeenState? SeenOf(AcknowledgeRequest said, Saying saying)
    {
        if (said.State is null && said.Priority is null)
        {
            return null;
        }

        var states = new[] { AlertState.Active, AlertState.Clearing, AlertState.Latched };
        var priorities = new[] { AlertPriority.High, AlertPriority.Medium, AlertPriority.Low };
        saying.Check(
            states.Any(state => AlertPainter.StateWord(state) == said.State) && priorities.Any(priority => AlertPainter.PriorityWord(priority) == said.Priority),
            "'state' must be \"active\", \"clearing\" or \"latched\", and 'priority' \"high\", \"medium\" or \"low\": both as the person saw them.");
        return saying.Wrong is not null ? null : new SeenState(
            states.First(state => AlertPainter.StateWord(state) == said.State), priorities.First(priority => AlertPainter.PriorityWord(priority) == said.Priority));
    }

    private static IResult Answer(AcknowledgeResult result, string alertId, IWardView ward)
    {
        var alert = AlertNames.Find(ward, alertId);
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
}
