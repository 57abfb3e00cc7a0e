using Deque.AxeCore.Playwright;
using IoTGateway.Board.Tests.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.Browser;

/// <summary>That the pages can be used without a mouse and without seeing them, in dark and in light.</summary>
[Collection(BrowserTests.Name)]
public class AccessTests(BrowserFixture browser)
{
    private readonly NightScene _scene = new(TimeProvider.System);

    /// <summary>The pages, what stands there once a page is filled, and the theme.</summary>
    public static TheoryData<string, string, string> Pages
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var row in PicturesTests.Pages)
            {
                all.Add(row.Data.Item1, row.Data.Item2, "dark");
                all.Add(row.Data.Item1, row.Data.Item2, "light");
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_HeldAgainstAxe_HasNoSeriousViolation(string page, string filled, string theme)
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, page), bypassPolicy: true);
        await Expect(open.Page.Locator(filled).First).ToBeAttachedAsync();
        await open.Page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme; }", theme);

        var result = await open.Page.RunAxe();

        Assert.Empty(result.Violations.Where(violation => violation.Impact is "serious" or "critical").SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html} {node.Any.FirstOrDefault()?.Message}")));
    }

    [Fact]
    public async Task Ward_ByKeyboardAlone_AcknowledgesAndSilences()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(8);

        await open.Page.Keyboard.PressAsync("j");
        await open.Page.Keyboard.PressAsync("j");
        await Expect(open.Tile("ICU-2")).ToBeFocusedAsync();
        await open.Page.Keyboard.PressAsync("a");
        await Expect(open.Tile("ICU-2").Locator(".alert").First.Locator(".seen")).ToContainTextAsync("anna");

        await open.Tile("ICU-8").Locator(".silence").FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        await Expect(open.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Silence: SpO2 low" })).ToBeVisibleAsync();
        await open.Page.GetByLabel("Reason").FillAsync("being seen to");
        await open.Page.Keyboard.PressAsync("Enter");

        await Expect(open.Tile("ICU-8").Locator(".silenced-line")).ToContainTextAsync("silenced for 1:5");
        await Expect(open.Tile("ICU-8").Locator(".silenced-line")).ToContainTextAsync("by anna: being seen to");
        await Expect(open.Tile("ICU-8")).ToHaveAttributeAsync("data-attention", "none");
        Assert.Empty(open.Complaints);
    }

    /// <summary>A page begins its clock anew: its first second is not the second after a "g".</summary>
    [Fact]
    public async Task Keys_LetterOfAPageRightAfterOpening_LeadsNowhere()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(8);

        // The moment is set back, since a busy machine may need longer to press a key than the page waits for the letter.
        await open.Page.EvaluateAsync("() => { performance.now = () => 1; }");
        await open.Page.Keyboard.PressAsync("q");
        await open.Page.Keyboard.PressAsync("g");
        await open.Page.Keyboard.PressAsync("r");

        await Expect(open.Page).ToHaveURLAsync(new Uri(host.Address, "rules").ToString());
        Assert.DoesNotContain(open.Requests, request => request.AbsolutePath.EndsWith("/queues", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_Asked_AreListedAndLeadToPages()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(8);

        await open.Page.Keyboard.PressAsync("?");
        await Expect(open.Page.Locator(".keys")).ToContainTextAsync("Go to the hand-over");
        await open.Page.Keyboard.PressAsync("Escape");
        await open.Page.Keyboard.PressAsync("g");
        await open.Page.Keyboard.PressAsync("a");

        await Expect(open.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Standing now" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Observation_ByKeyboardAlone_IsRecorded()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, "patient?id=P-1018"));
        await Expect(open.Page.Locator("#observe input").First).ToBeVisibleAsync();

        await open.Page.Keyboard.PressAsync("o");
        await open.Page.GetByLabel("Temperature, °C").FocusAsync();
        await open.Page.Keyboard.TypeAsync("37.4");
        await open.Page.GetByLabel("Consciousness").SelectOptionAsync("A");
        await open.Page.GetByLabel("Temperature, °C").PressAsync("Enter");

        await Expect(open.Page.Locator(".observations")).ToContainTextAsync("Temperature 37.4 °C");
        await Expect(open.Page.Locator("#now-values")).ToContainTextAsync("37.4");
        Assert.Single(_scene.Gateway.Observations.Of("P-1018"));
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Page_TabPressedFirst_OffersToSkipTheBar()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, "alerts"));

        await open.Page.Keyboard.PressAsync("Tab");
        await Expect(open.Page.Locator(".skip")).ToBeFocusedAsync();
        await Expect(open.Page.Locator(".skip")).ToBeInViewportAsync();
        await open.Page.Keyboard.PressAsync("Enter");

        await Expect(open.Page.Locator("main")).ToBeFocusedAsync();
    }
}
