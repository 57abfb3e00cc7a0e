using System.Diagnostics;
using IoTGateway.Board.Tests.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.Browser;

/// <summary>The gateway goes away and comes back on the same port, as at a restart.</summary>
[Collection(BrowserTests.Name)]
public class LostGatewayTests(BrowserFixture browser)
{
    private const string Lost = "CONNECTION TO THE GATEWAY LOST";

    // Within 5 s is the promise; a browser that has to share two cores is given a little more.
    private static readonly TimeSpan SaidWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 15_000 };
    private static readonly LocatorAssertionsToBeHiddenOptions SoonHidden = new() { Timeout = 15_000 };

    private readonly TimeProvider _clock = TimeProvider.System;

    [Fact]
    public async Task Board_GatewayStoppedAndBack_SaysSoAndRecoversWithItsValues()
    {
        var ward = Scenes.EightBeds(_clock);
        var history = Scenes.HistoryOf(ward);
        var first = await BoardHost.StartAsync(ward, _clock, history);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), first.Address);
        await Expect(open.Cell("ICU-1", "hr")).ToContainTextAsync("72");
        var cover = open.Page.GetByText(Lost);
        await Expect(cover).ToBeHiddenAsync();
        var lastClock = await open.Page.Locator("#clock").TextContentAsync();

        var watch = Stopwatch.StartNew();
        await first.StopAsync();
        await Expect(cover).ToBeVisibleAsync(Soon);
        var took = watch.Elapsed;
        Assert.True(took < SaidWithin + Slack, $"The page said so after {took.TotalSeconds:F1} s.");
        await Expect(open.Page.Locator("#lost-since")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^since \d\d:\d\d:\d\d: values are not current$"));
        Assert.True(string.CompareOrdinal(lastClock, (await open.Page.Locator("#clock").TextContentAsync())!) <= 0);
        Assert.Contains("grayscale", await open.Page.Locator("main").EvaluateAsync<string>("(main) => getComputedStyle(main).filter"), StringComparison.Ordinal);
        Assert.True(await open.Page.Locator("main").EvaluateAsync<bool>("(main) => main.inert"));
        await LayoutTests.PictureAsync(open, "wall-lost");

        // Nothing new has been measured while the gateway was away: what it knew is shown again.
        await using var second = await BoardHost.StartAsync(ward, _clock, history, first.Address.Port);
        await Expect(cover).ToBeHiddenAsync(SoonHidden);
        await Expect(open.Cell("ICU-1", "hr")).ToContainTextAsync("72");
        await Expect(open.Cell("ICU-7", "rr")).ToContainTextAsync("12");
        await Expect(open.Cell("ICU-7", "rr")).ToHaveAttributeAsync("data-state", "stale");
        Assert.False(await open.Page.Locator("main").EvaluateAsync<bool>("(main) => main.inert"));

        // And it is live again.
        ward.Bed("ICU-1").Has("hr", 151);
        await Expect(open.Cell("ICU-1", "hr")).ToContainTextAsync("151");
    }

    [Fact]
    public async Task Board_WardViewFails_IsToldAsLost()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(8);

        ward.Change(() => ward.Failure = new InvalidOperationException("broken"));

        await Expect(open.Page.GetByText(Lost)).ToBeVisibleAsync(Soon);
        ward.Failure = null;
    }

    [Fact]
    public async Task Board_OnAPhone_SaysSoOverTheWholePage()
    {
        var ward = Scenes.EightBeds(_clock);
        var host = await BoardHost.StartAsync(ward, _clock);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address, width: 390, height: 844);
        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(8);

        await host.StopAsync();

        await Expect(open.Page.GetByText(Lost)).ToBeVisibleAsync(Soon);
        var cover = await open.Page.Locator("#lost").BoundingBoxAsync();
        Assert.Equal((0, 0, 390, 844), ((int)cover!.X, (int)cover.Y, (int)cover.Width, (int)cover.Height));
        await LayoutTests.PictureAsync(open, "phone-lost");
    }
}
