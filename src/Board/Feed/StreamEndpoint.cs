using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IoTGateway.Board.Feed;

/// <summary><c>GET /api/stream</c>: server-sent events, the whole ward first, then what changed.</summary>
internal sealed class StreamEndpoint(BoardFeed feed, IHostApplicationLifetime lifetime, IOptions<BoardOptions> options, ILogger<StreamEndpoint> logger)
{
    // How long the browser waits before it connects again by itself.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private int _open;

    /// <summary>Follows the feed until the page leaves or the gateway stops.</summary>
    public async Task FollowAsync(HttpContext context)
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
            await FollowAsync(context.Response, end.Token);
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

    private async Task FollowAsync(HttpResponse response, CancellationToken end)
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
            frame.WriteEvent(output, seen);
            seen = frame.Number;
            if ((await output.FlushAsync(end)).IsCompleted)
            {
                return;
            }
        }
    }
}
