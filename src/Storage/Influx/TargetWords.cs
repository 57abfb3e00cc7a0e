using System.Net;

namespace IoTGateway.Storage.Influx;

/// <summary>The sentences that the generations have in common.</summary>
internal sealed class TargetWords(InfluxOptions options)
{
    private const int ShownAtMost = 200;

    /// <summary>The server's address as it is shown: without a query, and without a slash at the end.</summary>
    public string Url { get; } = options.Url.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>The server does not take the lines now.</summary>
    /// <param name="reason">Why, and what to do, without the full stop.</param>
    public static WriteAnswer Later(string reason) => new(WriteVerdict.Later, reason + ".");

    /// <summary>It does not, until somebody mends what the sentence names: waiting alone does not help.</summary>
    public static WriteAnswer Mend(string reason) => Later(reason) with { NeedsSomebody = true };

    /// <summary>The answers that mean the same in all generations.</summary>
    public WriteAnswer Common(HttpStatusCode status, string? serverError) => status switch
    {
        // Only 204: a login page or a wrong server answers 200, and nothing would be stored.
        HttpStatusCode.NoContent => new WriteAnswer(WriteVerdict.Stored),
        HttpStatusCode.RequestEntityTooLarge => new WriteAnswer(WriteVerdict.TooLarge, serverError ?? "the request is too large"),
        HttpStatusCode.RequestTimeout => Later($"{Url} did not get the request in time (408{Quoted(serverError)})"),
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests => Later($"{Url} is overloaded ({(int)status}{Quoted(serverError)})"),
        >= HttpStatusCode.InternalServerError => Later($"{Url} reports a fault of its own ({(int)status}{Quoted(serverError)}). Look into its log") with { MayBeTheLines = true },

        // A refusal of a kind that is not known may be that of a line: whether it is, is found out by a line that was taken before.
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => Mend(
            $"{Url} does not understand the request ({(int)status}{Quoted(serverError)}). Check Storage:Influx") with
        { MayBeTheLines = true },
        _ => Mend($"{Url} answers {(int)status}{Quoted(serverError)}, where InfluxDB {options.Version} answers 204. Check Storage:Influx:Url and Version"),
    };

    /// <summary>The server's words behind a colon, unless they may quote a reading.</summary>
    public string Quoted(string? serverError)
    {
        if (string.IsNullOrWhiteSpace(serverError) || serverError.Contains(options.Measurement, StringComparison.Ordinal))
        {
            return "";
        }

        var line = serverError.ReplaceLineEndings(" ");
        return ": " + (line.Length > ShownAtMost ? line[..ShownAtMost] + "…" : line);
    }
}
