using System.Net;
using System.Net.Http.Headers;

namespace IoTGateway.Storage.Influx;

/// <summary>InfluxDB 2: <c>POST /api/v2/write?org=…&amp;bucket=…</c>, <c>Authorization: Token …</c>, 204 for success.</summary>
/// <remarks>
/// 400 with "unable to parse" means that a line is wrong, and nothing of the request was stored; 422 means that points are refused (another type of the field,
/// older than the retention), and the others were stored. Which ones is not said in a form that can be relied on.
/// </remarks>
internal sealed class InfluxVersion2 : ILineProtocolTarget
{
    /// <summary>What a complaint about lines says; any other is about the request.</summary>
    private static readonly string[] LineErrors = ["unable to parse", "partial write", "failed to parse", "points", "field type conflict"];

    private readonly InfluxOptions _options;
    private readonly TargetWords _words;

    public InfluxVersion2(InfluxOptions options)
    {
        _options = options;
        _words = new TargetWords(options);
        WriteAddress = new Uri($"{_words.Url}/api/v2/write?org={Uri.EscapeDataString(options.Org ?? "")}&bucket={Uri.EscapeDataString(options.Target)}&precision=ms");
        Authorization = options.Token is null ? null : new AuthenticationHeaderValue("Token", options.Token);
    }

    /// <inheritdoc/>
    public int Version => 2;

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
            HttpStatusCode.UnprocessableEntity when words is not null => new WriteAnswer(WriteVerdict.Refused, words),
            HttpStatusCode.BadRequest when words is not null && LineErrors.Any(complaint => words.Contains(complaint, StringComparison.Ordinal)) =>
                new WriteAnswer(WriteVerdict.Refused, words),
            HttpStatusCode.NotFound when words is not null => TargetWords.Mend(
                $"{_words.Url} has no bucket '{_options.Target}' in the organization '{_options.Org}' (404{_words.Quoted(words)}). Create it: influx bucket create --org '{_options.Org}' --name '{_options.Target}'"),
            HttpStatusCode.NotFound => TargetWords.Mend($"{_words.Url}/api/v2/write does not exist (404). Check Storage:Influx:Url and Version: is this InfluxDB 2?"),
            HttpStatusCode.Unauthorized => TargetWords.Mend($"{_words.Url} does not accept the token (401{_words.Quoted(words)}). Set Storage:Influx:Token"),
            HttpStatusCode.Forbidden => TargetWords.Mend(
                $"{_words.Url} forbids writing to the bucket '{_options.Target}' (403{_words.Quoted(words)}). Give the token write access to it: influx auth create --write-bucket ID"),
            _ => _words.Common(status, words),
        };
    }
}
