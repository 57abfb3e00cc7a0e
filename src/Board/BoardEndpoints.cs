using IoTGateway.Board.Api;
using IoTGateway.Board.Http;
using IoTGateway.Board.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace IoTGateway.Board;

/// <summary>Puts the board's pages and its HTTP interface into the composition root's web application.</summary>
public static class BoardEndpoints
{
    /// <summary>Puts in front of the endpoints what the board needs: errors told in sentences, and WebSockets. To be called before anything is mapped.</summary>
    public static IApplicationBuilder UseBoard(this IApplicationBuilder application)
    {
        ArgumentNullException.ThrowIfNull(application);
        BoardProblems.Use(application);
        return application.UseWebSockets();
    }

    /// <summary>
    /// Maps the pages, <c>/assets/…</c>, <c>/api/…</c>, <c>/healthz</c> and <c>/readyz</c>. All addresses in pages are relative: the board works under a
    /// sub-path behind a reverse proxy. Returns the group, so that the caller can add conventions (hosts, authorization) to all of them.
    /// </summary>
    public static RouteGroupBuilder MapBoard(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var board = endpoints.MapGroup("");
        board.AddEndpointFilter(SecurityHeaders.Add);
        Page<BoardPage>(board, "/");
        Page<DisplayPage>(board, "/display");
        Page<PatientPage>(board, "/patient");
        Page<AlertsPage>(board, "/alerts");
        Page<HandOverPage>(board, "/handover");
        Page<LoadPage>(board, "/load");
        Page<RulesPage>(board, "/rules");
        Page<QueuesPage>(board, "/queues");
        Page<DevicesPage>(board, "/devices");
        board.MapGet("/assets/{name}", AssetOf).ExcludeFromDescription();
        ApiRoutes.Map(board);
        OpenApiDocument.Map(board);
        return board;
    }

    private static void Page<TPage>(RouteGroupBuilder board, string path)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        board.MapGet(path, (HttpContext context, PageRenderer pages) => PageAsync<TPage>(context, pages)).ExcludeFromDescription();

    private static async Task<IResult> PageAsync<TPage>(HttpContext context, PageRenderer pages)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        // The addresses in a page are relative to one level: "/ward" needs its slash, "/ward/alerts/" must lose it.
        var request = context.Request;
        var path = request.Path.Value ?? "";
        return path.Length == 0 && request.PathBase.HasValue ? TypedResults.LocalRedirect(request.PathBase + "/" + request.QueryString)
            : path.Length > 1 && path.EndsWith('/') ? TypedResults.LocalRedirect(request.PathBase + path.TrimEnd('/') + request.QueryString)
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
