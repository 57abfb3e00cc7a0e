using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using IoTGateway.Notifications.Plan;

namespace IoTGateway.Notifications.Channels;

/// <summary>Posts pages to a web address.</summary>
internal sealed class WebhookSender : IPageSender
{
    private const int AnswerBytesAtMost = 64 << 10;

    private readonly WebhookSettings _settings;
    private readonly TimeProvider _clock;
    private readonly Func<DateTimeOffset> _wallClock;
    private readonly HttpClient _http;

    /// <summary>Makes a sender; nothing is sent yet.</summary>
    /// <param name="settings">Where to.</param>
    /// <param name="clock">Measures the time a try takes.</param>
    /// <param name="wallClock">The machine's time, which stands in the signature.</param>
    public WebhookSender(WebhookSettings settings, TimeProvider clock, Func<DateTimeOffset> wallClock)
    {
        _settings = settings;
        _clock = clock;
        _wallClock = wallClock;
        _http = CreateClient();
    }

    /// <summary>A client for addresses of the configuration: it follows no redirection, which could lead anywhere.</summary>
    public static HttpClient CreateClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = AnswerBytesAtMost,
    };

    /// <summary>A post with its signature.</summary>
    public static HttpRequestMessage CreateRequest(Uri url, byte[] body, string? secret, DateTimeOffset now)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("IoTGateway");
        var seconds = now.ToUnixTimeSeconds();
        request.Headers.Add(PageSignature.TimestampHeader, seconds.ToString(CultureInfo.InvariantCulture));
        if (secret is not null)
        {
            request.Headers.Add(PageSignature.SignatureHeader, PageSignature.Of(secret, seconds, body));
        }

        return request;
    }

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(PageMessage message, CancellationToken cancellation)
    {
        string? secret = null;
        if (_settings.Secret is { } source && (secret = source.Read(out var missing)) is null)
        {
            return new SendResult(SendOutcome.Away, $"The secret cannot be had: {missing}.", false);
        }

        using var request = CreateRequest(_settings.Url, WebhookJson.Of(message, _settings.Template), secret, _wallClock());
        request.Headers.Add(PageSignature.KeyHeader, message.Page.Key);
        if (message.IsRepeat)
        {
            request.Headers.Add(PageSignature.RepeatHeader, "true");
        }

        using var limit = new CancellationTokenSource(_settings.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode
                ? SaysDelivered(await answer.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false)) ? SendResult.Delivered : SendResult.Taken
                : Refused(answer.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SendResult(SendOutcome.Unclear, $"It did not answer within {_settings.Timeout.TotalSeconds:0.#} s.", true);
        }
        catch (HttpRequestException failure)
        {
            // Before there is a connection nothing can have arrived.
            var nothingLeft = failure.HttpRequestError
                is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
            return new SendResult(nothingLeft ? SendOutcome.Away : SendOutcome.Unclear, $"{_settings.Url.Host} cannot be reached: {failure.Message}", !nothingLeft);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>
    /// What is wrong with this page, and what with the channel as a whole. A server that failed within may have taken it, and may have failed over this
    /// person's address alone.
    /// </summary>
    private static SendResult Refused(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict =>
            new SendResult(SendOutcome.Refused, $"It answers {(int)status}: it does not take this page.", false),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new SendResult(SendOutcome.Away, $"It answers {(int)status}: check the secret on both sides.", false),
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable => new SendResult(SendOutcome.Away, $"It answers {(int)status}.", true),
        >= HttpStatusCode.InternalServerError => new SendResult(SendOutcome.Unclear, $"It answers {(int)status}.", true),
        _ => new SendResult(SendOutcome.Away, $"It answers {(int)status}: check the address.", false),
    };

    private static bool SaysDelivered(byte[] answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("delivered", out var delivered)
                && delivered.ValueKind == JsonValueKind.True;
        }
        catch (JsonException)
        {
            return false; // It took it; what it says besides is its own affair.
        }
    }
}
