using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Board.Pages;

/// <summary>Renders Razor components to static HTML. No circuits, no antiforgery, no key ring: the pages have no state on the server.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory logs)
{
    /// <summary>The page's HTML.</summary>
    public async Task<string> RenderAsync<TPage>()
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>()).ToHtmlString());
    }
}
