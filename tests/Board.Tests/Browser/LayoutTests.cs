using System.Text.RegularExpressions;
using IoTGateway.Board.Tests.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.Browser;

/// <summary>
/// How the board fits a wall screen and a phone. With IOTGATEWAY_SCREENSHOTS set to a directory each test also leaves a picture there, to be looked at.
/// </summary>
[Collection(BrowserTests.Name)]
public class LayoutTests(BrowserFixture browser)
{
    // A long page is pictured in slices that can be looked at without shrinking them.
    private const int SliceHeight = 1700;

    [Fact]
    public async Task Board_EightBedsOnAWallScreen_FitsWithoutScrolling()
    {
        var ward = Scenes.EightBeds(TimeProvider.System);
        await using var host = await BoardHost.StartAsync(ward, TimeProvider.System, Scenes.HistoryOf(ward), configure: options => options.TimeZone = "Europe/Berlin");
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(8);
        await Expect(open.Page.Locator(".trace-line[d^='M']").First).ToBeAttachedAsync();
        await PictureAsync(open, "wall-eight");

        Assert.True(await ScrollsAsync(open) is (false, false), "The page scrolls.");
        Assert.Empty(await ClippedAsync(open));
    }

    /// <summary>With two escalated alerts in one tile, a silence, a care pause, a standby and changed limits.</summary>
    [Fact]
    public async Task Board_EightBedsWithEverythingOnAWallScreen_FitsWithoutScrolling()
    {
        await using var host = await new NightScene(TimeProvider.System).StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(8);
        await Expect(open.Page.Locator(".trace-line[d^='M']").First).ToBeAttachedAsync();
        await PictureAsync(open, "wall-night");

        Assert.True(await ScrollsAsync(open) is (false, false), "The page scrolls.");
        Assert.Empty(await ClippedAsync(open));
    }

    /// <summary>One bed with many alerts makes neither the page longer nor all other tiles as high.</summary>
    [Fact]
    public async Task Board_ThreeAlertsInOneOfEightTiles_FitsWithoutScrolling()
    {
        var ward = Scenes.EightBeds(TimeProvider.System);
        Scenes.ThreeAlerts(ward.Bed("ICU-1"), ward.Now);
        await using var host = await BoardHost.StartAsync(ward, TimeProvider.System, Scenes.HistoryOf(ward), configure: options => options.TimeZone = "Europe/Berlin");
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Tile("ICU-1").Locator(".alert")).ToHaveCountAsync(3);
        await Expect(open.Page.Locator(".trace-line[d^='M']").First).ToBeAttachedAsync();
        await PictureAsync(open, "wall-three-alerts");

        Assert.True(await ScrollsAsync(open) is (false, false), "The page scrolls.");
        Assert.Empty(await ClippedAsync(open));
    }

    /// <summary>Six rows of tiles are more than a wall screen is high: the page may scroll down, but nothing is cut.</summary>
    [Fact]
    public async Task Board_TwentyFourBedsOnAWallScreen_CutsNothing()
    {
        var ward = Scenes.TwentyFourBeds(TimeProvider.System);
        await using var host = await BoardHost.StartAsync(ward, TimeProvider.System, Scenes.HistoryOf(ward));
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(24);
        await Expect(open.Page.Locator(".trace-line[d^='M']").First).ToBeAttachedAsync();
        await PictureAsync(open, "wall-twenty-four");

        Assert.False((await ScrollsAsync(open)).Sideways, "The page scrolls sideways.");
        Assert.Empty(await ClippedAsync(open));
    }

    /// <summary>Nobody can scroll a wall screen: what does not fit becomes smaller, and then takes turns.</summary>
    [Theory]
    [InlineData(8, 1920, 1080, false)]
    [InlineData(24, 1920, 1080, false)]
    [InlineData(60, 1920, 1080, true)]
    [InlineData(8, 390, 844, true)]
    public async Task Display_SoManyBeds_ShowsAllOfThemAtOnceOrInTurn(int beds, int width, int height, bool inTurn)
    {
        var ward = new FakeWard(TimeProvider.System);
        for (var number = 1; number <= beds; number++)
        {
            Scenes.Vitals(ward.Add(new FakeBed("ICU", $"ICU-{number}", $"P-{number}", $"mon-{number}")), 72, 97, 14, 120, 70, 36.8);
        }

        await using var host = await BoardHost.StartAsync(ward, TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, "display?ward=ICU"), width: width, height: height);
        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(beds);
        await Expect(open.Page.Locator(".wall-page")).ToHaveTextAsync(new Regex(inTurn ? "^Page 1 of [0-9]+: ICU-1 to ICU-[0-9]+. The others follow in turn.$" : "^$"));
        await PictureAsync(open, $"display-{beds}-{width}");
        Assert.True(await ScrollsAsync(open) is (false, false), "The page scrolls.");
        Assert.Empty(await ClippedAsync(open));

        var seen = new HashSet<string>(await ShownAsync(open));
        for (var turn = 0; turn < beds && inTurn && seen.Count < beds; turn++)
        {
            var before = await open.Page.Locator(".wall-page").TextContentAsync();
            await Expect(open.Page.Locator(".wall-page")).Not.ToHaveTextAsync(before!, new LocatorAssertionsToHaveTextOptions { Timeout = 15_000 });
            seen.UnionWith(await ShownAsync(open));
        }

        Assert.Equal(beds, seen.Count);
    }

    /// <summary>The tiles that are seen whole.</summary>
    private static Task<string[]> ShownAsync(OpenPage open) => open.Page.EvaluateAsync<string[]>(
        """
        () => {
          const room = document.getElementById("content").getBoundingClientRect();
          return [...document.querySelectorAll(".tile")].filter((tile) => {
            const { top, bottom } = tile.getBoundingClientRect();
            return !tile.hasAttribute("data-away") && top >= room.top - 1 && bottom <= room.bottom + 1;
          }).map((tile) => tile.querySelector(".bed").textContent);
        }
        """);

    [Fact]
    public async Task Board_SixteenBedsOnAWallScreen_FitsWithoutScrolling()
    {
        var ward = Scenes.SixteenBeds(TimeProvider.System);
        await using var host = await BoardHost.StartAsync(ward, TimeProvider.System, Scenes.HistoryOf(ward));
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(16);
        await Expect(open.Page.Locator(".trace-line[d^='M']").First).ToBeAttachedAsync();
        await PictureAsync(open, "wall-sixteen");

        Assert.True(await ScrollsAsync(open) is (false, false), "The page scrolls.");
        Assert.Empty(await ClippedAsync(open));
    }

    [Fact]
    public async Task Board_EightBedsOnAPhone_NeverScrollsSideways()
    {
        var ward = Scenes.EightBeds(TimeProvider.System);
        await using var host = await BoardHost.StartAsync(ward, TimeProvider.System, Scenes.HistoryOf(ward));
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address, width: 390, height: 844);
        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(8);
        await PictureAsync(open, "phone-eight", fullPage: true);

        Assert.Empty(await open.OutsideAsync());
        Assert.False((await ScrollsAsync(open)).Sideways, "The page scrolls sideways.");
        Assert.Empty(await ClippedAsync(open));
        var button = await open.Page.Locator(".acknowledge:visible").First.BoundingBoxAsync();
        Assert.True(button!.Height >= 44, $"A finger needs 44 px, the button has {button.Height}.");
    }

    [Fact]
    public async Task Board_WithoutAnyBed_SaysSoInWords()
    {
        var ward = new FakeWard(TimeProvider.System);
        await using var host = await BoardHost.StartAsync(ward, TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);

        await Expect(open.Page.Locator("main")).ToContainTextAsync("No beds and no devices are known yet");
        await PictureAsync(open, "wall-nothing");
    }

    [Fact]
    public async Task Board_RuleFilesInvalid_ShowsSinceWhenAndWhere()
    {
        var ward = Scenes.EightBeds(TimeProvider.System);
        ward.RuleErrors = ["10-adult.yaml:14:11: error R040: 'spo3' is no signal; did you mean 'spo2'?"];
        await using var host = await BoardHost.StartAsync(ward, TimeProvider.System, Scenes.HistoryOf(ward));
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);

        var troubles = open.Page.Locator("#troubles");
        await Expect(troubles).ToContainTextAsync("The rule files are invalid since ");
        await Expect(troubles).ToContainTextAsync("The last good rules stay in force.");
        await Expect(troubles).ToContainTextAsync("10-adult.yaml:14:11: error R040");
        await PictureAsync(open, "wall-rules-invalid");
    }

    /// <summary>Leaves a picture where a person asked for one.</summary>
    internal static async Task PictureAsync(OpenPage open, string name, bool fullPage = false)
    {
        if (Environment.GetEnvironmentVariable("IOTGATEWAY_SCREENSHOTS") is { Length: > 0 } directory)
        {
            await open.Page.WaitForFunctionAsync("() => document.body.matches('.is-lost') || [...document.querySelectorAll('.trace-line')].every((line) => line.getAttribute('d')?.length > 500)");
            var size = await open.Page.EvaluateAsync<int[]>("() => [innerWidth, document.documentElement.scrollHeight]");
            for (var (top, number) = (0, 1); top < (fullPage ? size[1] : 1); top += SliceHeight, number++)
            {
                await open.Page.ScreenshotAsync(new PageScreenshotOptions
                {
                    Path = Path.Combine(directory, fullPage ? $"{name}-{number}.png" : name + ".png"),
                    FullPage = fullPage,
                    Clip = fullPage ? new Clip { X = 0, Y = top, Width = size[0], Height = Math.Min(SliceHeight, size[1] - top) } : null,
                });
            }
        }
    }

    private static async Task<(bool Down, bool Sideways)> ScrollsAsync(OpenPage open)
    {
        var over = await open.Page.EvaluateAsync<int[]>(
            "() => { const page = document.documentElement; return [page.scrollHeight - page.clientHeight, page.scrollWidth - page.clientWidth]; }");
        return (over[0] > 0, over[1] > 0);
    }

    // Numbers, units and buttons that are wider than the place they have.
    private static async Task<string[]> ClippedAsync(OpenPage open) =>
        await open.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.tile .number, .tile .acknowledge, .tile .alert, .tile .cell, .tile .tile-head')]
              .filter((node) => node.offsetParent && node.scrollWidth > node.clientWidth + 1)
              .map((node) => `${node.closest('.tile').getAttribute('aria-label')}: ${node.className} "${node.textContent}"`)
            """);
}
