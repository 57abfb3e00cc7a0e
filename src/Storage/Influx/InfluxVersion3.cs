using System.Net;
using System.Net.Http.Headers;

namespace IoTGateway.Storage.Influx;

/// <summary>InfluxDB 3: <c>POST /api/v3/write_lp?db=…</c>, <c>Authorization: Bearer …</c>, 204 for success; a database is made by the first write.</summary>
/// <remarks>
/// The precision is always named: without it the server guesses it from the size of the number. Partial writes are asked for: 400 then names the lines that were
/// refused, and all others are stored; 422 says the same where a limit of databases, tables or columns is reached. The answer comes when the write-ahead log has
/// the lines (<c>no_sync=false</c>).
/// </remarks>
internal sealed class InfluxVersion3 : ILineProtocolTarget
{
    private readonly InfluxOptions _options;
    private readonly TargetWords _words;

    public InfluxVersion3(InfluxOptions options)
    {
        _options = options;
        _words = new TargetWords(options);
        WriteAddress = new Uri($"{_words.Url}/api/v3/write_lp?db={Uri.EscapeDataString(options.Database)}&precision=millisecond&accept_partial=true&no_sync=false");
        Authorization = options.Token is null ? null : new AuthenticationHeaderValue("Bearer", options.Token);
    }

    /// <inheritdoc/>
    public int Version => 3;

    /// <inheritdoc/>
    public Uri WriteAddress { get; }

    /// <inheritdoc/>
    public AuthenticationHeaderValue? Authorization { get; }

    /// <inheritdoc/>
    public WriteAnswer Interpret(HttpStatusCode status, in ServerError error)
    {
        var words = error.Words;
        return status switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity when !error.Lines.IsEmpty =>
                new WriteAnswer(WriteVerdict.Refused, words ?? "refused") { Lines = error.Lines },
            HttpStatusCode.BadRequest when words?.Contains("pars", StringComparison.Ordinal) == true || words?.Contains("partial write", StringComparison.Ordinal) == true =>
                new WriteAnswer(WriteVerdict.Refused, words!),
            HttpStatusCode.Unauthorized => TargetWords.Mend($"{_words.Url} does not accept the token (401{_words.Quoted(words)}). Set Storage:Influx:Token"),
            HttpStatusCode.Forbidden => TargetWords.Mend(
                $"{_words.Url} forbids writing to the database '{_options.Database}' (403{_words.Quoted(words)}). Give the token write access to it: influxdb3 create token"),
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => TargetWords.Mend(
                $"{_words.Url}/api/v3/write_lp does not exist ({(int)status}). Check Storage:Influx:Url and Version: is this InfluxDB 3?"),
            _ => _words.Common(status, words),
        };
    }
}
