using IoTGateway.Board.Tests.Browser;
using Microsoft.Playwright;

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>What nurses see and do at the board of a real gateway. The gateway is shared: a test speaks of its own bed only.</summary>
public abstract class WardTest(BrowserFixture browser, WardGateway gateway)
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected WardGateway Gateway => gateway;

    /// <summary>Opens a page of the board in a window of its own; the first starts the gateway.</summary>
    internal async Task<OpenPage> OpenAsync(string page = "")
    {
        var chromium = await browser.GetAsync();
        return await OpenPage.OpenAsync(chromium, new Uri(await gateway.StartAsync(), page));
    }

    /// <summary>The alert of this name in a tile.</summary>
    internal static ILocator Alert(OpenPage open, string bed, string name) =>
        open.Tile(bed).Locator(".alert").Filter(new LocatorFilterOptions { Has = open.Page.Locator(".alert-name").GetByText(name, new LocatorGetByTextOptions { Exact = true }) });

    /// <summary>Says what was measured, in the test's output.</summary>
    protected static void Tell(string words) => TestContext.Current.TestOutputHelper?.WriteLine(words);

    internal static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name });

    internal static ILocator Button(OpenPage open, string name) => open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name });
}
