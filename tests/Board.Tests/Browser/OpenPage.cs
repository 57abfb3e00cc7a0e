using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace IoTGateway.Board.Tests.Browser;

/// <summary>A page in a browser context of its own, which notes what it asks for and complains of.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<Uri> _requests = new();

    private OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Dialog += (_, dialog) => _complaints.Enqueue("dialog: " + dialog.Message);
        page.Request += (_, request) => _requests.Enqueue(new Uri(request.Url));
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, exceptions of scripts, dialogs.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Everything the page asked for.</summary>
    public IReadOnlyCollection<Uri> Requests => _requests;

    public static async Task<OpenPage> OpenAsync(IBrowser browser, Uri address, int width = 1920, int height = 1080, bool named = true, bool bypassPolicy = false)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,

            // Only for a tool that puts its own script into the page.
            BypassCSP = bypassPolicy,
        });
        if (named)
        {
            await context.AddInitScriptAsync("localStorage.setItem('iotgateway.acknowledging-as', 'anna')");
        }

        var open = new OpenPage(context, await context.NewPageAsync());
        await open.Page.GotoAsync(address.ToString());
        return open;
    }

    /// <summary>What stands beyond the right edge of the page, but for what is meant to be pushed sideways.</summary>
    public async Task<string[]> OutsideAsync() => await Page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('body *')]
          .filter((node) => !node.closest('.urgent, .spoken, .pages, .table-box, .code-box') && node.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .map((node) => `${node.tagName} ${node.className} "${node.textContent.slice(0, 40)}"`)
        """);

    public ILocator Tile(string bed) => Page.Locator(".tile", new PageLocatorOptions { Has = Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = bed, Exact = true }) });

    public ILocator Cell(string bed, string cell) => Tile(bed).Locator($"[data-cell='{cell}']");

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
