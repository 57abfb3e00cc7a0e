using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace IoTGateway.Storage.Influx;

/// <summary>InfluxDB 1: <c>POST /write?db=…</c>, Basic authentication, 204 for success.</summary>
/// <remarks>
/// The server stores the good lines of a request and answers 400 for the bad ones. An unknown database is 404: writing never creates one.
/// The unit of times is given as <c>ms</c>, which every 1.x knows (<c>us</c> and <c>ns</c> are taken for nanoseconds without a word).
/// </remarks>
internal sealed class InfluxVersion1 : ILineProtocolTarget
{
    /// <summary>Complaints about the request as a whole: no line is at fault, and none may be given up for it.</summary>
    private static readonly string[] RequestErrors = ["database is required", "gzip"];

    private readonly InfluxOptions _options;
    private readonly TargetWords _words;

    public InfluxVersion1(InfluxOptions options)
    {
        _options = options;
        _words = new TargetWords(options);
        var policy = options.RetentionPolicy is null ? "" : "&rp=" + Uri.EscapeDataString(options.RetentionPolicy);
        WriteAddress = new Uri($"{_words.Url}/write?db={Uri.EscapeDataString(options.Database)}&precision=ms{policy}");
        Authorization = options.Token is null
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(options.Token)));
    }

    /// <inheritdoc/>
    public int Version => 1;

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
            HttpStatusCode.BadRequest when words is not null && !RequestErrors.Any(complaint => words.Contains(complaint, StringComparison.Ordinal)) =>
                new WriteAnswer(WriteVerdict.Refused, words),
            HttpStatusCode.NotFound when words?.Contains("database not found", StringComparison.Ordinal) == true => TargetWords.Mend(
                $"{_words.Url} has no database '{_options.Database}'. Create it: influx -execute 'CREATE DATABASE \"{_options.Database}\"'"),
            HttpStatusCode.NotFound => TargetWords.Mend($"{_words.Url}/write does not exist (404). Check Storage:Influx:Url and Version: is this InfluxDB 1?"),
            HttpStatusCode.Unauthorized => TargetWords.Mend(
                $"{_words.Url} does not accept the credentials (401{_words.Quoted(words)}). Set Storage:Influx:Token to user:password"),
            HttpStatusCode.Forbidden => TargetWords.Mend(
                $"{_words.Url} forbids writing to '{_options.Database}' (403{_words.Quoted(words)}). Grant it: GRANT WRITE ON \"{_options.Database}\" TO \"USER\""),
            _ => _words.Common(status, words),
        };
    }
}
