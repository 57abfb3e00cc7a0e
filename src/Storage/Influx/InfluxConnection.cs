using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using IoTGateway.Readings;

namespace IoTGateway.Storage.Influx;

/// <summary>Single requests to the server, and what their answers mean. From any thread.</summary>
internal sealed class InfluxConnection(InfluxOptions options, ILineProtocolTarget target, HttpClient http, TimeProvider clock)
{
    private const int PingSizeBytesAtMost = 16 << 10;
    private readonly TargetWords _words = new(options);

    /// <summary>Packs lines for <see cref="WriteAsync"/>.</summary>
    public static void Compress(ReadOnlySpan<byte> lines, MemoryStream packed)
    {
        packed.SetLength(0);
        using var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true);
        gzip.Write(lines);
    }

    /// <summary>Writes packed lines once.</summary>
    /// <returns>What the server said, and whether it could not be reached at all.</returns>
    public async Task<(WriteAnswer Answer, bool IsAway)> WriteAsync(ReadOnlyMemory<byte> packed, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target.WriteAddress) { Content = new ReadOnlyMemoryContent(packed) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        request.Content.Headers.ContentEncoding.Add("gzip");
        return await SendAsync(
            request,
            async (response, either) =>
            {
                var error = response.IsSuccessStatusCode ? ServerError.None : await ServerErrorReader.ReadAsync(response, either).ConfigureAwait(false);
                return target.Interpret(response.StatusCode, error) with { RetryAfter = RetryAfter(response.Headers.RetryAfter) };
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Asks the server what it is, and holds it against what the settings say.</summary>
    /// <returns>
    /// <see cref="WriteVerdict.Stored"/> where it is what it is taken for, with its version as the reason, which is empty where it does not say (a proxy may pass
    /// on nothing but writes, and others than InfluxDB speak its protocol); otherwise what to do.
    /// </returns>
    public async Task<(WriteAnswer Answer, bool IsAway)> CheckAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_words.Url + "/ping"));
        return await SendAsync(
            request,
            async (response, either) =>
            {
                if (response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests)
                {
                    return target.Interpret(response.StatusCode, ServerError.None) with { RetryAfter = RetryAfter(response.Headers.RetryAfter), MayBeTheLines = false };
                }

                var version = response.IsSuccessStatusCode ? await VersionAsync(response, either).ConfigureAwait(false) : null;
                return MajorOf(version) is { } major && major != target.Version
                    ? TargetWords.Mend($"{_words.Url} says that it is InfluxDB {version}, and Storage:Influx:Version is {target.Version}. Set it to {major}, or Storage:Influx:Url to the right server")
                    : new WriteAnswer(WriteVerdict.Stored, version ?? "");
            },
            cancellation).ConfigureAwait(false);
    }

    private async Task<(WriteAnswer Answer, bool IsAway)> SendAsync(
        HttpRequestMessage request, Func<HttpResponseMessage, CancellationToken, Task<WriteAnswer>> read, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        request.Headers.Authorization = target.Authorization;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return (await read(response, either.Token).ConfigureAwait(false), false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (new WriteAnswer(WriteVerdict.Later, $"{_words.Url} did not answer within {options.Timeout.TotalSeconds:0.#} s.", MayBeTheLines: true), true);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return (new WriteAnswer(WriteVerdict.Later, $"{_words.Url} cannot be reached ({failure.Message})."), true);
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - Instant.Now(clock).ToDateTimeOffset() : null);

    /// <summary>InfluxDB 1 and 2 say it in a header, 3 (also) in JSON.</summary>
    private static async Task<string?> VersionAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Headers.TryGetValues("X-Influxdb-Version", out var values) && values.FirstOrDefault() is { Length: > 0 } told)
        {
            return told.TrimStart('v');
        }

        var body = new byte[PingSizeBytesAtMost];
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        try
        {
            using var json = JsonDocument.Parse(body.AsMemory(0, length));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("version", out var version) ? version.ToString().TrimStart('v') : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int? MajorOf(string? version) => version?.Split('.')[0] is { Length: 1 } first && char.IsAsciiDigit(first[0]) ? first[0] - '0' : null;
}
