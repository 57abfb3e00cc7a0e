using IoTGateway.Board.Api;
using IoTGateway.Board.Feed;
using IoTGateway.Board.Http;
using IoTGateway.Board.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace IoTGateway.Board;

/// <summary>Puts the board's pages and its HTTP interface into the composition root's web application.</summary>
public static class BoardEndpoints
{
    /// <summary>
    /// Maps <c>/</c>, <c>/assets/…</c>, <c>/api/…</c>, <c>/healthz</c> and <c>/readyz</c>. All addresses in pages are relative: the board works under a sub-path
    /// behind a reverse proxy. Returns the group, so that the caller can add conventions (hosts, authorization) to all of them.
    /// </summary>
    public static RouteGroupBuilder MapBoard(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var board = endpoints.MapGroup("");
        board.AddEndpointFilter(SecurityHeaders.Add);

        board.MapGet("/", (HttpContext context, PageRenderer pages) => PageAsync<BoardPage>(context, pages)).ExcludeFromDescription();
        board.MapGet("/assets/{name}", AssetOf).ExcludeFromDescription();

        board.MapGet("/api/stream", (HttpContext context, StreamEndpoint stream) => stream.FollowAsync(context)).ExcludeFromDescription();
        board.MapGet("/api/patients", PatientsApi.List);
        board.MapGet("/api/patients/{id}/series", PatientsApi.SeriesAsync);
        board.MapGet("/api/alerts", AlertsApi.List);
        board.MapPost("/api/alerts/{id}/ack", AlertsApi.AcknowledgeAsync)
            .AddEndpointFilter(SameOrigin.Require)
            .WithMetadata(new RequestSizeLimitAttribute(AlertsApi.BodyBytesMost));
        board.MapGet("/api/devices", WardApi.Devices);
        board.MapGet("/api/rules", WardApi.Rules);
        board.MapGet("/healthz", WardApi.Health);
        board.MapGet("/readyz", WardApi.Ready);
        return board;
    }

    private static async Task<IResult> PageAsync<TPage>(HttpContext context, PageRenderer pages)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        // Without the slash at its end the relative addresses of the page would lead beside the sub-path.
        var request = context.Request;
        return request.PathBase.HasValue && !request.Path.HasValue
            ? TypedResults.LocalRedirect(request.PathBase + "/" + request.QueryString)
            : TypedResults.Content(await pages.RenderAsync<TPage>(), "text/html; charset=utf-8");
    }

    private static IResult AssetOf(string name, HttpContext context, AssetStore assets)
    {
        if (assets.Find(name) is not { } asset)
        {
            return TypedResults.NotFound();
        }

        // Asked for each time, but sent only if it changed: after an update of the gateway no browser runs an old script.
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue(asset.EntityTag));
    }
}
