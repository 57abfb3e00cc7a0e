using IoTGateway.Notifications.Plan;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Notifications.Channels;

/// <summary>Says at a web address that the gateway lives, and whether it is ready: whoever hears nothing for three times the interval has to alarm.</summary>
internal sealed class Heartbeat(Func<NotificationPlan?> plan, Func<IReadOnlyList<string>> notReady, TimeProvider clock, Func<DateTimeOffset> wallClock, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = WebhookSender.CreateClient();
    private bool _fails;

    /// <summary>Beats until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var began = clock.GetTimestamp();
                var settings = plan()?.Heartbeat;
                if (settings is not null)
                {
                    await BeatAsync(settings, stop).ConfigureAwait(false);
                }

                var rest = (settings?.Every ?? Idle) - clock.GetElapsedTime(began);
                await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.FromMilliseconds(1), clock, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task BeatAsync(HeartbeatSettings settings, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        var reason = "";
        try
        {
            var secret = settings.Secret?.Read(out reason);
            if (settings.Secret is null || secret is not null)
            {
                var reasons = notReady();
                using var request = WebhookSender.CreateRequest(settings.Url, WebhookJson.Heartbeat(wallClock(), reasons.Count == 0, reasons), secret, wallClock());
                using var answer = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
                reason = answer.IsSuccessStatusCode ? "" : $"{settings.Url.Host} answers {(int)answer.StatusCode}.";
            }
        }
        catch (HttpRequestException failure)
        {
            reason = $"{settings.Url.Host} cannot be reached: {failure.Message}.";
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            reason = $"{settings.Url.Host} did not answer within {Timeout.TotalSeconds:0} s.";
        }

        if (reason.Length > 0 && !_fails)
        {
            logger.HeartbeatFails(reason);
        }
        else if (reason.Length == 0 && _fails)
        {
            logger.HeartbeatWorksAgain();
        }

        _fails = reason.Length > 0;
    }
}
