using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace IoTGateway.Storage.Influx.History;

/// <summary>Sends questions to the server and returns its answers.</summary>
internal sealed class InfluxQueries(InfluxOptions options, HttpClient http, AuthenticationHeaderValue? authorization, TimeProvider clock)
{
    /// <summary>The server's address without a path at its end.</summary>
    public string Url { get; } = options.Url.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>The answer as JSON.</summary>
    /// <exception cref="HistoryException">There is none, or it is an error.</exception>
    public Task<JsonDocument> AskJsonAsync(Func<HttpRequestMessage> request, CancellationToken cancellation) =>
        AskAsync(request, async (content, either) => await JsonDocument.ParseAsync(await content.ReadAsStreamAsync(either).ConfigureAwait(false), default, either).ConfigureAwait(false), cancellation);

    /// <summary>The answer as text.</summary>
    /// <exception cref="HistoryException">There is none, or it is an error.</exception>
    public Task<string> AskTextAsync(Func<HttpRequestMessage> request, CancellationToken cancellation) =>
        AskAsync(request, (content, either) => content.ReadAsStringAsync(either), cancellation);

    private async Task<T> AskAsync<T>(Func<HttpRequestMessage> make, Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.QueryTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        using var request = make();
        request.Headers.Authorization = authorization;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await read(response.Content, either.Token).ConfigureAwait(false);
            }

            var error = await ServerErrorReader.ReadAsync(response, either.Token).ConfigureAwait(false);
            throw IsNothingThere(error.Words) ? new NothingThereException() : Failed(response.StatusCode, error.Words);
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new HistoryException($"{Url} did not answer within {options.QueryTimeout.TotalSeconds:0.#} s.", failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or IOException and not HistoryException)
        {
            throw new HistoryException($"{Url} cannot be asked ({failure.Message}).", failure);
        }
    }

    private HistoryException Failed(HttpStatusCode status, string? words) => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        ? new HistoryException($"{Url} does not let the gateway read ({(int)status}). The user or token of Storage:Influx:Token needs the right to read, too.")
        : new HistoryException($"{Url} cannot answer ({(int)status}{new TargetWords(options).Quoted(words)}).");

    /// <summary>Before the first write InfluxDB 3 has no table, and before the first value of a signal no column.</summary>
    private static bool IsNothingThere(string? words) =>
        words is not null && (words.Contains("No field named", StringComparison.Ordinal)
            || (words.Contains("table", StringComparison.Ordinal) && words.Contains("not found", StringComparison.Ordinal)));
}
