using Microsoft.AspNetCore.Http;

namespace IoTGateway.Board.Http;

/// <summary>Tells the browser what the page may do: its own files and its own gateway, nothing else.</summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// No script or style but the page's own files, no other host, no frame around the page (a click in a foreign frame could acknowledge), and
    /// no text turned into markup: with trusted types required and none allowed, a browser that knows them refuses innerHTML altogether.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Sets the headers of an answer that is about patients: it is kept nowhere.</summary>
    public static ValueTask<object?> Add(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(context);
    }
}
