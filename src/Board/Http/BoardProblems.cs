using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IoTGateway.Board.Http;

/// <summary>What is refused before anything of the interface has seen it (no such address, another method, another kind of content), and what failed, is told in a sentence too.</summary>
internal static class BoardProblems
{
    /// <summary>Gives answers of <c>/api</c> that are an error without a word their sentence.</summary>
    public static void Use(IApplicationBuilder application)
    {
        application.UseStatusCodePages(TellAsync);
        application.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = _ => Task.CompletedTask });
    }

    private static async Task TellAsync(StatusCodeContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        if (request.Path.StartsWithSegments("/api") && SentenceOf(response) is { } sentence)
        {
            response.Headers.CacheControl = "no-store";
            response.Headers.XContentTypeOptions = "nosniff";
            await TypedResults.Problem(sentence, statusCode: response.StatusCode).ExecuteAsync(context.HttpContext);
        }
    }

    private static string? SentenceOf(HttpResponse response) => response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "There is no such address. What there is stands at /api/openapi.json.",
        StatusCodes.Status405MethodNotAllowed => $"This address takes {response.Headers[HeaderNames.Allow]}, nothing else.",
        StatusCodes.Status415UnsupportedMediaType => SameOrigin.JsonSentence,
        StatusCodes.Status500InternalServerError => "The gateway failed at this; its log says at what. Look again before doing it once more.",
        _ => null,
    };
}
