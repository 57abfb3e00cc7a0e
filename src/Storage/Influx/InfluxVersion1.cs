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
    private readonly string _shownUrl;

    public InfluxVersion1(InfluxOptions options)
    {
        _options = options;
        _shownUrl = options.Url.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var policy = options.RetentionPolicy is null ? "" : "&rp=" + Uri.EscapeDataString(options.RetentionPolicy);
        WriteAddress = new Uri($"{_shownUrl}/write?db={Uri.EscapeDataString(options.Database)}&precision=ms{policy}");
        Authorization = options.Token is null
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(options.Token)));
    }

    /// <inheritdoc/>
    public Uri WriteAddress { get; }

    /// <inheritdoc/>
    public AuthenticationHeaderValue? Authorization { get; }

    /// <inheritdoc/>
    public WriteAnswer Interpret(HttpStatusCode status, string? serverError) => status switch
    {
        // Only 204: a login page or a wrong server answers 200, and nothing would be stored.
        HttpStatusCode.NoContent => new WriteAnswer(WriteVerdict.Stored),
        HttpStatusCode.BadRequest when serverError is not null && !RequestErrors.Any(error => serverError.Contains(error, StringComparison.Ordinal)) =>
            new WriteAnswer(WriteVerdict.Refused, serverError),
        HttpStatusCode.RequestEntityTooLarge => new WriteAnswer(WriteVerdict.TooLarge, serverError ?? "the request is too large"),
        HttpStatusCode.NotFound when serverError?.Contains("database not found", StringComparison.Ordinal) == true =>
            Later($"{_shownUrl} has no database '{_options.Database}'. Create it: influx -execute 'CREATE DATABASE \"{_options.Database}\"'"),
        HttpStatusCode.NotFound => Later($"{_shownUrl}/write does not exist (404). Check Storage:Influx:Url and Version: is this InfluxDB 1?"),
        HttpStatusCode.Unauthorized => Later($"{_shownUrl} does not accept the credentials (401{Words(serverError)}). Set Storage:Influx:Token to user:password"),
        HttpStatusCode.Forbidden => Later(
            $"{_shownUrl} forbids writing to '{_options.Database}' (403{Words(serverError)}). Grant it: GRANT WRITE ON \"{_options.Database}\" TO \"USER\""),
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests => Later($"{_shownUrl} is overloaded ({(int)status}{Words(serverError)})"),
        >= HttpStatusCode.InternalServerError => Later($"{_shownUrl} reports a fault of its own ({(int)status}{Words(serverError)}). Look into its log") with { MayBeTheLines = true },
        _ => Later($"{_shownUrl} answers {(int)status}{Words(serverError)}, where InfluxDB 1 answers 204. Check Storage:Influx:Url"),
    };

    private static WriteAnswer Later(string reason) => new(WriteVerdict.Later, reason + ".");

    /// <summary>The server's words, unless they may quote a reading.</summary>
    private string Words(string? serverError)
    {
        const int ShownAtMost = 200;
        if (string.IsNullOrWhiteSpace(serverError) || serverError.Contains(_options.Measurement, StringComparison.Ordinal))
        {
            return "";
        }

        var line = serverError.ReplaceLineEndings(" ");
        return ": " + (line.Length > ShownAtMost ? line[..ShownAtMost] + "…" : line);
    }
}
