using IoTGateway.Board.Tests.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.Browser;

/// <summary>Every page on a wall screen and on a phone. With IOTGATEWAY_SCREENSHOTS set to a directory each leaves a picture there, to be looked at.</summary>
[Collection(BrowserTests.Name)]
public class PicturesTests(BrowserFixture browser)
{
    /// <summary>The pages, and what stands there once a page is filled.</summary>
    public static TheoryData<string, string> Pages => new()
    {
        { "", ".trace-line[d^='M']" },
        { "display?ward=ICU", ".tile .cell" },
        { "patient?id=P-1007", "canvas[data-points]" },
        { "alerts", "#history tbody tr" },
        { "handover", ".hand-over-bed" },
        { "load", ".bars" },
        { "rules", "#editor textarea" },
        { "queues", "#topics tbody tr" },
        { "devices", "#devices tbody tr" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OnAWallScreen_FitsItsWidth(string page, string filled) => await LookAsync(page, filled, 1920, 1080);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OnAPhone_FitsItsWidth(string page, string filled) => await LookAsync(page, filled, 390, 844);

    private async Task LookAsync(string page, string filled, int width, int height)
    {
        var scene = new NightScene(TimeProvider.System);
        await using var host = await scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, page), width, height);
        await Expect(open.Page.Locator(filled).First).ToBeAttachedAsync();
        if (Environment.GetEnvironmentVariable("IOTGATEWAY_SCREENSHOTS") is { Length: > 0 } directory)
        {
            await open.Page.WaitForTimeoutAsync(1500);
            var name = page.Length == 0 ? "ward" : page.Split('?')[0];
            await open.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(directory, $"{name}-{width}.png"), FullPage = width > 1000 && page.StartsWith("patient", StringComparison.Ordinal) });
        }

        Assert.Empty(open.Complaints);
        Assert.Empty(await open.OutsideAsync());
    }
}
