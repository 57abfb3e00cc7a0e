using System.Text.Json;
using IoTGateway.Alerts;
using IoTGateway.Notifications.Channels;
using IoTGateway.Notifications.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IoTGateway.Notifications.Http;

/// <summary>What a pager's server can tell the gateway of a page.</summary>
public static class PageEndpoints
{
    private const int BodyBytesAtMost = 4_096;

    /// <summary>
    /// Maps <c>POST /api/pages/{key}/receipt</c>: the page has reached the person, or the person acknowledges its alerts. The request carries the same two
    /// headers as what the gateway sends, signed with the channel's secret; its body names the key too, so that a signature serves for one page only.
    /// </summary>
    public static void MapNotifications(this IEndpointRouteBuilder endpoints, NotificationService notifications, IAlertCommands alerts)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapPost("/api/pages/{key}/receipt", (string key, HttpRequest request, CancellationToken cancellation) =>
                TakeAsync(key, request, notifications, alerts, cancellation))
            .WithMetadata(new RequestSizeLimitAttribute(BodyBytesAtMost));
    }

    private static async Task<IResult> TakeAsync(string key, HttpRequest request, NotificationService notifications, IAlertCommands alerts, CancellationToken cancellation)
    {
        if (notifications.FindPage(key) is not { } page)
        {
            return Problem(StatusCodes.Status404NotFound, "There is no such page, or its alert is over.");
        }

        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, cancellation).ConfigureAwait(false);
        }
        catch (BadHttpRequestException)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, $"A receipt has at most {BodyBytesAtMost} bytes.");
        }

        var bytes = body.ToArray();
        if (notifications.SecretOf(page.Channel) is not { } secret
            || !PageSignature.IsValid(secret, request.Headers[PageSignature.TimestampHeader], request.Headers[PageSignature.SignatureHeader], bytes, notifications.WallClockNow))
        {
            return Problem(StatusCodes.Status401Unauthorized, "The signature is missing, wrong or older than 5 minutes, or the channel has no secret.");
        }

        return PageReply.TryRead(bytes, key, out var mistake) is { } reply
            ? await TakeAsync(page, reply, notifications, alerts, cancellation).ConfigureAwait(false)
            : Problem(StatusCodes.Status400BadRequest, mistake);
    }

    private static async Task<IResult> TakeAsync(Page page, PageReply reply, NotificationService notifications, IAlertCommands alerts, CancellationToken cancellation)
    {
        // Whoever acknowledges has it.
        await notifications.ReportDeliveredAsync(page).ConfigureAwait(false);
        if (reply.AcknowledgedBy.Length == 0)
        {
            return Results.NoContent();
        }

        var results = new List<(string Id, AcknowledgeResult Result)>();
        foreach (var item in page.Items)
        {
            var result = await alerts.AcknowledgeAsync(item.AlertId, item.Episode, new SeenState(item.State, item.Priority), reply.AcknowledgedBy, reply.Note, cancellation).ConfigureAwait(false);
            results.Add((item.AlertId, result));
        }

        var all = results.TrueForAll(row => row.Result is AcknowledgeResult.Acknowledged or AcknowledgeResult.AlreadyAcknowledged);
        return Results.Text(Write(results), "application/json", all ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }

    private static byte[] Write(List<(string Id, AcknowledgeResult Result)> results)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("alerts");
            foreach (var (id, result) in results)
            {
                json.WriteStartObject();
                json.WriteString("id", id);
                json.WriteString("result", result switch
                {
                    AcknowledgeResult.Acknowledged => "acknowledged",
                    AcknowledgeResult.AlreadyAcknowledged => "already acknowledged",
                    AcknowledgeResult.Stale => "stale",
                    _ => "unknown",
                });
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static IResult Problem(int status, string detail) => Results.Problem(detail, statusCode: status);
}
