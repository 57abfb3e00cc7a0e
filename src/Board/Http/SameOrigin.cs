using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IoTGateway.Board.Http;

/// <summary>
/// Keeps a page of another origin from acting in the name of whoever looks at it. A browser says where a request comes from
/// (Sec-Fetch-Site, and Origin where the connection is not secure); a program that is no browser says nothing and is let through.
/// </summary>
internal static class SameOrigin
{
    /// <summary>How a request has to come.</summary>
    public const string JsonSentence = "Send the request as JSON, with Content-Type: application/json.";

    /// <summary>What a page of another origin is told.</summary>
    public const string ForeignSentence = "This request comes from a page of another origin. Open the board itself and act there.";

    /// <summary>Refuses a request that is no JSON (415) or comes from a foreign page (403).</summary>
    public static ValueTask<object?> Require(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!request.HasJsonContentType())
        {
            return ValueTask.FromResult<object?>(Refuse(StatusCodes.Status415UnsupportedMediaType, JsonSentence));
        }

        return IsForeign(request)
            ? ValueTask.FromResult<object?>(Refuse(StatusCodes.Status403Forbidden, ForeignSentence))
            : next(context);
    }

    /// <summary>Whether a browser says that the request comes from a page of another origin.</summary>
    public static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site != "same-origin";
        }

        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return false;
        }

        // Behind a reverse proxy the scheme seen here may differ from the browser's; the host, which the proxy passes on, must not.
        return !Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            || !request.Host.HasValue
            || !string.Equals(uri.Authority, new HostString(request.Host.Value!).ToUriComponent(), StringComparison.OrdinalIgnoreCase);
    }

    private static ProblemHttpResult Refuse(int status, string sentence) => TypedResults.Problem(sentence, statusCode: status);
}
