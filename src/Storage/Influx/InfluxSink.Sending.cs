using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using IoTGateway.Readings;

namespace IoTGateway.Storage.Influx;

public sealed partial class InfluxSink
{
    /// <summary>A server that asks for a longer pause is asked again after this time all the same.</summary>
    private static readonly TimeSpan RetryAfterAtMost = TimeSpan.FromMinutes(10);

    /// <summary>Tries of one request before the lines are suspected; a server that only restarts is not troubled.</summary>
    private const int TriesBeforeSuspicion = 3;

    /// <summary>How long after a line was at fault the next failure is looked into at once.</summary>
    private static readonly TimeSpan SuspicionTime = TimeSpan.FromMinutes(10);

    /// <summary>How much of an error's body is read: enough for words, too little to be harmed by.</summary>
    private const int ErrorSizeBytesAtMost = 64 << 10;

    /// <summary>
    /// Sends lines until each is stored or handed on as refused. A request that is refused or too large is cut in halves, down to single
    /// lines; what was stored already is stored again, which changes nothing.
    /// </summary>
    private async Task SendAsync(RowBatch rows, int first, int count, CancellationToken cancellation)
    {
        var answer = await SendUntilAnsweredAsync(first, count, cancellation).ConfigureAwait(false);
        if (answer.Verdict == WriteVerdict.Stored)
        {
            Stored(count);
        }
        else if (count == 1)
        {
            Rejected(rows, first, answer.Reason);
        }
        else
        {
            var half = count / 2;
            await SendAsync(rows, first, half, cancellation).ConfigureAwait(false);
            await SendAsync(rows, first + half, count - half, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<WriteAnswer> SendUntilAnsweredAsync(int first, int count, CancellationToken cancellation)
    {
        Compress(_lines.Lines(first, count).Span);
        for (var tries = 1; ; tries++)
        {
            var answer = await SendOnceAsync(cancellation).ConfigureAwait(false);
            if (answer.Verdict != WriteVerdict.Later)
            {
                if (answer.Verdict == WriteVerdict.Stored)
                {
                    _lastStoredLine = _lines.Lines(first + count - 1, 1).ToArray();
                }

                return answer;
            }

            Retrying(answer.Reason);
            if (answer.MayBeTheLines && tries >= (Instant.Now(_clock) < _suspectsUntil ? 1 : TriesBeforeSuspicion))
            {
                await ThrowIfTheLinesAsync(answer.Reason, cancellation).ConfigureAwait(false);
                Compress(_lines.Lines(first, count).Span);
            }

            var delay = _backoff.Next();
            if (answer.RetryAfter is { } asked)
            {
                var pause = asked < RetryAfterAtMost ? asked : RetryAfterAtMost;
                delay = delay > pause ? delay : pause;
            }

            await Task.Delay(delay, _clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// A server that fails again and again may be ill, or stumble over one of the lines: it is ill if it does not take the line either that it
    /// took last. (A line that comes again changes nothing.)
    /// </summary>
    private async Task ThrowIfTheLinesAsync(string reason, CancellationToken cancellation)
    {
        var isCertain = false;
        if (_lastStoredLine is { } line)
        {
            Compress(line);
            if ((await SendOnceAsync(cancellation).ConfigureAwait(false)).Verdict != WriteVerdict.Stored)
            {
                return;
            }

            isCertain = true;
        }

        _suspectsUntil = Instant.Now(_clock) + SuspicionTime;
        _backoff.Reset();
        _state = _state with { RetryingSince = null };
        throw new RowsFailException(reason, isCertain);
    }

    private void Compress(ReadOnlySpan<byte> lines)
    {
        _body.SetLength(0);
        using var gzip = new GZipStream(_body, CompressionLevel.Fastest, leaveOpen: true);
        gzip.Write(lines);
    }

    private async Task<WriteAnswer> SendOnceAsync(CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, _target.WriteAddress)
        {
            Content = new ReadOnlyMemoryContent(_body.GetBuffer().AsMemory(0, (int)_body.Length)),
        };
        request.Headers.Authorization = _target.Authorization;
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        request.Content.Headers.ContentEncoding.Add("gzip");
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var error = response.IsSuccessStatusCode ? null : await ServerErrorAsync(response, either.Token).ConfigureAwait(false);
            return _target.Interpret(response.StatusCode, error) with { RetryAfter = RetryAfter(response.Headers.RetryAfter) };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new WriteAnswer(WriteVerdict.Later, $"{_options.Url} did not answer within {_options.Timeout.TotalSeconds:0.#} s.", MayBeTheLines: true);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new WriteAnswer(WriteVerdict.Later, $"{_options.Url} cannot be reached ({failure.Message}).");
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - Instant.Now(_clock).ToDateTimeOffset() : null);

    /// <summary>The server's words: the member <c>error</c> of a JSON body, or its own header; null where there is neither.</summary>
    private static async Task<string?> ServerErrorAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var header = response.Headers.TryGetValues("X-Influxdb-Error", out var values) ? string.Join(", ", values) : null;
        var body = new byte[ErrorSizeBytesAtMost];
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        try
        {
            using var json = JsonDocument.Parse(body.AsMemory(0, length));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String
                ? error.GetString()
                : header;
        }
        catch (JsonException)
        {
            return header;
        }
    }
}
