using IoTGateway.Alerts;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.Feed;
using IoTGateway.Board.Ports;
using IoTGateway.Board.View;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IoTGateway.Board.Api;

/// <summary>Devices, rules, and whether people can rely on what they see.</summary>
internal static class WardApi
{
    private const int RejectsMost = 500;

    /// <summary><c>GET /api/devices</c></summary>
    public static IResult Devices(IWardView ward, HttpContext context)
    {
        var snapshot = ward.Snapshot();
        var details = (context.RequestServices.GetService<IDeviceDetails>()?.All() ?? []).ToDictionary(each => each.Device, StringComparer.Ordinal);
        var devices = snapshot.Tiles
            .SelectMany(tile => tile.Devices.Select(device => ReplyMaker.ListedDevice(tile, device, snapshot.Time, details.GetValueOrDefault(device.Device))))
            .ToList();
        var listed = devices.Select(device => device.Device).ToHashSet(StringComparer.Ordinal);
        devices.AddRange(details.Values.Where(each => !listed.Contains(each.Device)).OrderBy(each => each.Device, StringComparer.Ordinal).Select(ReplyMaker.SilentDevice));
        return TypedResults.Json(new DevicesReply(snapshot.Time.ToString(), devices), BoardJson.Default.DevicesReply);
    }

    /// <summary><c>GET /api/devices/rejects?most=</c></summary>
    public static async Task<IResult> RejectsAsync(HttpContext context, string? most)
    {
        if (context.RequestServices.GetService<IDeviceDetails>() is not { } details)
        {
            return OrderResults.Missing("What devices sent in vain cannot be seen at this board. On its machine: iotgateway queue dead-letters");
        }

        var saying = new Saying();
        var count = HistoryApi.Whole(most, "most", 100, RejectsMost, saying);
        return saying.Wrong is { } wrong
            ? RequestText.Bad(wrong)
            : TypedResults.Json(
                new DeviceRejectsReply([.. (await details.RejectsAsync(count, context.RequestAborted)).Select(reject => new DeviceRejectReply(
                    reject.Device, reject.Topic, reject.Received.ToString(), reject.Reason))]),
                BoardJson.Default.DeviceRejectsReply);
    }

    /// <summary><c>GET /api/rules</c></summary>
    public static IResult Rules(IWardView ward)
    {
        var snapshot = ward.Snapshot();
        var valid = snapshot.RuleErrors.Count == 0 && snapshot.RuleNotes.Count == 0 && snapshot.RuleSet.Length > 0;
        return TypedResults.Json(
            new RulesReply(snapshot.RuleSet, valid, snapshot.RuleErrors, snapshot.RulesBehind.TotalSeconds, snapshot.RuleNotes),
            BoardJson.Default.RulesReply);
    }

    /// <summary>
    /// <c>GET /healthz</c>: 200 while the process answers and warns, else 503: a supervisor restarts by it. A line for each thing that has stopped; what a
    /// restart would not mend is told too, with 200.
    /// </summary>
    public static IResult Health(IGatewayHealth health)
    {
        var stopped = health.Stopped;
        var lines = stopped.Concat(health.Degraded.Select(reason => "degraded: " + reason)).Prepend(stopped.Count == 0 ? "ok" : "failed");
        return TypedResults.Text(
            string.Concat(lines.Select(line => line + "\n")),
            statusCode: stopped.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>
    /// <c>GET /readyz</c>: 200 when people can rely on the board, else 503 with the reasons. Ingest does not wait for it. Rule files that are invalid or wait
    /// for approval are told as degraded: the last good rules go on, and traffic must not stop for it.
    /// </summary>
    public static IResult Ready(IWardView ward, IGatewayHealth health, BoardFeed feed)
    {
        var snapshot = ward.Snapshot();
        List<string> reasons = [.. health.Stopped, .. health.NotReady, .. Monitoring.Troubles(snapshot)];
        List<string> degraded = [.. health.Degraded, .. snapshot.RuleNotes];
        if (snapshot.RuleErrors.Count > 0)
        {
            degraded.Add($"The rule files are invalid: {snapshot.RuleErrors[0]}");
        }

        if (feed.Failure is { } failure)
        {
            reasons.Add($"The board has stopped following the ward ({failure.GetType().Name}); the log has the details.");
        }

        return TypedResults.Json(
            new HealthReply(reasons.Count == 0, reasons, degraded),
            BoardJson.Default.HealthReply,
            statusCode: reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
