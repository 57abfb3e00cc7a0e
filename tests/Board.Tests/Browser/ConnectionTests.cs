using IoTGateway.Board.Tests.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.Browser;

/// <summary>Many windows of one browser, and a proxy that passes no WebSockets.</summary>
[Collection(BrowserTests.Name)]
public class ConnectionTests(BrowserFixture browser)
{
    private readonly NightScene _scene = new(TimeProvider.System);

    [Fact]
    public async Task Windows_EightOfOneBrowser_AllLiveAndOneStillAcknowledges()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        var pages = new List<IPage> { open.Page };
        foreach (var path in new[] { "", "display?ward=ICU", "alerts", "patient?id=P-1007", "handover", "queues", "devices" })
        {
            var page = await open.Page.Context.NewPageAsync();
            await page.GotoAsync(new Uri(host.Address, path).ToString());
            pages.Add(page);
        }

        foreach (var page in pages)
        {
            await Expect(page.Locator("#clock")).Not.ToBeEmptyAsync();
        }

        await open.Page.BringToFrontAsync();
        var alert = open.Tile("ICU-2").Locator(".alert").First;
        await alert.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge" }).ClickAsync();
        await Expect(alert).ToContainTextAsync("Acknowledged by anna");
        foreach (var page in pages)
        {
            await Expect(page.Locator("#lost")).ToBeHiddenAsync();
        }
    }

    [Fact]
    public async Task Page_NoWebSocketIsPassed_IsToldOverHttp()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await open.Page.AddInitScriptAsync("window.WebSocket = class { constructor() { setTimeout(() => this.onclose?.(), 10); } close() {} };");
        await open.Page.ReloadAsync();

        await Expect(open.Cell("ICU-1", "hr")).ToContainTextAsync("72");
        _scene.Ward.Bed("ICU-1").Has("hr", 151);
        await Expect(open.Cell("ICU-1", "hr")).ToContainTextAsync("151");
        Assert.Contains(open.Requests, request => request.AbsolutePath == "/api/stream");
        await Expect(open.Page.Locator("#lost")).ToBeHiddenAsync();
    }
}
