using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using IoTGateway.Board.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IoTGateway.Board.Feed;

/// <summary>
/// The live streams as server-sent events: the whole first, then what changed, and something once a second, so that silence can be told from calm. Who asks for
/// a WebSocket is told the same events, one a message: a browser keeps only six HTTP connections to a host, and with six pages open none would be left to
/// acknowledge over.
/// </summary>
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
        var patient = context.Request.Query["patient"].ToString() is { Length: > 0 } asked ? asked : null;
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
            if (!context.WebSockets.IsWebSocketRequest)
            {
                await FollowAsync(context.Response, write, end.Token);
            }
            else if (SameOrigin.IsForeign(context.Request))
            {
                // A browser lets any page open one, whatever its origin.
                await TypedResults.Problem(SameOrigin.ForeignSentence, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
            }
            else
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                await FollowAsync(socket, write, end.Token);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or WebSocketException)
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

    private async Task FollowAsync(WebSocket socket, Action<BoardFrame, IBufferWriter<byte>, long> write, CancellationToken end)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(end);
        var leaving = WaitUntilLeftAsync(socket, left);
        try
        {
            var output = new ArrayBufferWriter<byte>();
            for (long seen = 0; ;)
            {
                var frame = await feed.NextAsync(seen, left.Token);
                output.ResetWrittenCount();
                write(frame, output, seen);
                seen = frame.Number;
                await socket.SendAsync(output.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, left.Token);
            }
        }
        finally
        {
            await left.CancelAsync();
            await leaving;
        }
    }

    /// <summary>Nothing is expected of a page but that it leaves.</summary>
    private static async Task WaitUntilLeftAsync(WebSocket socket, CancellationTokenSource left)
    {
        try
        {
            await socket.ReceiveAsync(new byte[1], left.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // It has left without a word, or the gateway ends the stream.
        }

        await left.CancelAsync();
    }
}
