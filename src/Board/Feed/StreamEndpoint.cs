using System.Buffers;
using System.Globalization;
using System.Text;
using IoTGateway.Board.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IoTGateway.Board.Feed;

/// <summary>The live streams as server-sent events: the whole first, then what changed, and something once a second, so that silence can be told from calm.</summary>
internal sealed class StreamEndpoint(BoardFeed feed, IHostApplicationLifetime lifetime, IOptions<BoardOptions> options, ILogger<StreamEndpoint> logger)
{
    // How long the browser waits before it connects again by itself.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private int _open;

    /// <summary><c>GET /api/stream</c>: what the ward board shows.</summary>
    public Task BoardAsync(HttpContext context) => FollowAsync(context, (frame, output, seen) => frame.WriteEvent(output, seen));

    /// <summary><c>GET /api/alerts/stream</c>: the alerts that stand.</summary>
    public Task AlertsAsync(HttpContext context) => FollowAsync(context, (frame, output, seen) => frame.Alerts.WriteEvent(output, seen, frame.Header));

    /// <summary><c>GET /api/patients/stream?patient=</c>: the patients with their values.</summary>
    public Task PatientsAsync(HttpContext context)
    {
        var asked = context.Request.Query["patient"].ToString();
        var patient = asked.Length == 0 ? null : RequestText.Unescape(asked);
        return FollowAsync(context, (frame, output, seen) => frame.Patients.WriteEvent(output, seen, frame, patient));
    }

    /// <summary>Follows the feed until the page leaves or the gateway stops.</summary>
    private async Task FollowAsync(HttpContext context, Action<BoardFrame, IBufferWriter<byte>, long> write)
    {
        var open = Interlocked.Increment(ref _open);
        try
        {
            if (open > options.Value.StreamsMost || feed.Failure is not null)
            {
                if (feed.Failure is null)
                {
                    BoardLog.StreamRefused(logger, open - 1);
                }

                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            // An open stream must not hold up the stop of the gateway.
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            await FollowAsync(context.Response, write, end.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The page has left, the gateway stops, or the feed has ended: in each case the stream ends here.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task FollowAsync(HttpResponse response, Action<BoardFrame, IBufferWriter<byte>, long> write, CancellationToken end)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers["X-Accel-Buffering"] = "no"; // A reverse proxy (nginx) must pass each event on at once.
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var output = response.BodyWriter;
        var retry = string.Create(CultureInfo.InvariantCulture, $"retry: {Retry.TotalMilliseconds:F0}\n\n");
        await output.WriteAsync(Encoding.UTF8.GetBytes(retry), end);
        for (long seen = 0; ;)
        {
            var frame = await feed.NextAsync(seen, end);
            write(frame, output, seen);
            seen = frame.Number;
            if ((await output.FlushAsync(end)).IsCompleted)
            {
                return;
            }
        }
    }
}
